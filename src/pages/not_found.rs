//! Any other address: says so, and where to go.

use leptos::prelude::*;

use super::{PageKind, parts::Heading};
use crate::edition::Edition;

/// A 404 that helps.
#[component]
pub fn NotFoundPage(edition: Edition) -> impl IntoView {
    let links = PageKind::LINKED.map(|kind| {
        view! {
            <li>
                <a href=kind.href(edition)>{kind.name(edition)}</a>
            </li>
        }
    });
    view! {
        <Heading edition kind=PageKind::NotFound />
        <ul class="prose">
            {links}
            <li>
                <a href="/" rel="external">
                    {edition.frame().back_to_shop}
                </a>
            </li>
        </ul>
    }
}
