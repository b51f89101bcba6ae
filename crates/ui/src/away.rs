//! A link that leaves the shop.

use leptos::prelude::*;

use crate::Edition;

/// It says that it opens a new tab, and tells the page nothing of ours.
#[component]
pub fn Away(edition: Edition, href: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <a href=href target="_blank" rel="noopener noreferrer">
            {text}
            " "
            <span class="quiet">{edition.words.new_tab}</span>
        </a>
    }
}
