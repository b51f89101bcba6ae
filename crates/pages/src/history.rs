//! `/doui/history`: every decision that this browser keeps.

use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Heading, Live};

/// The record is the browser's, so all of it is live.
#[component]
pub fn HistoryPage(edition: PageEdition) -> impl IntoView {
    let pages = edition.pages();
    let mut words = pages.history.list();
    let shop = edition.shop;
    // The languages in which somebody may have chosen, each with its name.
    words.extend(edition.languages().flat_map(|(lang, name)| [lang, name]));
    // For the export: who asks, and where that is said in full.
    words.extend([
        edition.text(&shop.contact.operator),
        shop.contact.policy.as_deref().unwrap_or_default(),
    ]);
    view! {
        <Heading edition kind=PageKind::History />
        <noscript>
            <p class="note">{pages.page.history_script}</p>
        </noscript>
        <Live kind="history" words />
    }
}
