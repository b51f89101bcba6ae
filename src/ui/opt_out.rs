//! The opt-out pages that others run, as a short link and as a card that explains.

use doui_core::shop::{OptOut, Stops};
use leptos::prelude::*;

use crate::edition::Edition;

/// A link to an opt-out page. It says that it opens a new tab, and tells the page nothing of ours.
#[component]
pub fn OptOutLink(edition: Edition, opt_out: &'static OptOut) -> impl IntoView {
    view! {
        <a href=opt_out.url.as_str() target="_blank" rel="noopener noreferrer">
            {edition.text(&opt_out.label)}
            " ↗ "
            <span class="quiet">{edition.words.new_tab}</span>
        </a>
    }
}

/// A card for each opt-out page of the shop.
#[component]
pub fn OptOutCards(edition: Edition) -> impl IntoView {
    let opt_outs = edition.shop.opt_outs.iter();
    let cards = opt_outs
        .map(|opt_out| view! { <OptOutCard edition opt_out /> })
        .collect_view();
    view! { <ul class="cards">{cards}</ul> }
}

/// An opt-out page: who runs it, what it stops, and its address now and as the shop's policy has it.
#[component]
fn OptOutCard(edition: Edition, opt_out: &'static OptOut) -> impl IntoView {
    let words = edition.words;
    let stops = match opt_out.stops {
        Stops::Use => words.stops_use,
        Stops::Sending => words.stops_sending,
    };
    let printed = opt_out.policy_url.as_deref();
    view! {
        <li class="card">
            <h3>
                <OptOutLink edition opt_out />
            </h3>
            <p>{words.run_by}{edition.text(&opt_out.operator)}</p>
            <p>{stops}</p>
            {opt_out.note.as_ref().map(|note| view! { <p>{edition.text(note)}</p> })}
            <p class="quiet address">{words.current_address}{opt_out.url.as_str()}</p>
            {printed
                .map(|url| view! { <p class="quiet address">{words.policy_address}{url}</p> })}
        </li>
    }
}
