//! Any other address: says so, and where to go.

use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::Heading;

/// A 404 that helps.
#[component]
pub fn NotFoundPage(edition: PageEdition) -> impl IntoView {
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
