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
    // An address of another language that is not there may be answered with this page.
    let others = edition.others().filter_map(|(lang, _)| {
        let other = PageEdition::new(edition.shop, lang);
        // A language without such pages is no language of theirs.
        other.pages_language().is_none().then(|| {
            view! {
                <p lang=lang>
                    {PageKind::NotFound.name(other)}<br />
                    <a href=PageKind::Choices.address(edition, lang) hreflang=lang rel="external">
                        {PageKind::Choices.name(other)}
                    </a>
                </p>
            }
        })
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
        {others.collect_view()}
    }
}
