//! Any other address: says so, and where to go.

use leptos::prelude::*;

use super::PageKind;
use crate::edition::Edition;

/// A 404 that helps.
#[component]
pub fn NotFoundPage(edition: Edition) -> impl IntoView {
    let words = edition.words;
    view! {
        <h1 id="heading" tabindex="-1">
            {words.not_found_title}
        </h1>
        <p class="lead">{words.not_found_lead}</p>
        <ul class="prose">
            {[PageKind::Choices, PageKind::OptOut]
                .map(|kind| {
                    view! {
                        <li>
                            <a href=kind.href(edition)>{kind.name(edition)}</a>
                        </li>
                    }
                })}
            <li>
                <a href="/" rel="external">
                    {words.back_to_shop}
                </a>
            </li>
        </ul>
    }
}
