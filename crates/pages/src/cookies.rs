//! `/doui/cookies`: what is in this browser now.

use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Heading, Live};

/// The list is live; what cannot be in it is said here.
#[component]
pub fn CookiesPage(edition: PageEdition) -> impl IntoView {
    let pages = edition.pages();
    let words = pages.cookies.list();
    view! {
        <Heading edition kind=PageKind::Cookies />
        <p class="quiet">{pages.page.cookies_limits}</p>
        <noscript>
            <p class="note">{pages.page.cookies_script}</p>
        </noscript>
        <Live kind="cookies" words />
    }
}
