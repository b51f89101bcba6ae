//! A short link to an opt-out page that somebody else runs.

use doui_core::shop::OptOut;
use leptos::prelude::*;

use crate::edition::Edition;

/// It says that it opens a new tab, and tells the page nothing of ours.
#[component]
pub fn OptOutLink(edition: Edition, opt_out: &'static OptOut) -> impl IntoView {
    view! {
        <a href=opt_out.url.as_str() target="_blank" rel="noopener noreferrer">
            {edition.text(&opt_out.label)}
            " ↗"
            <span class="quiet">{edition.words.new_tab}</span>
        </a>
    }
}
