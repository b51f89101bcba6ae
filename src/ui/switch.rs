//! A purpose with its switch, and the row that has none because it is always on.

use doui_core::shop::Purpose;
use leptos::prelude::*;

use crate::edition::Edition;

/// One purpose: its label, what it does, and a real checkbox that looks and speaks as a switch.
#[component]
pub fn SwitchRow(
    edition: Edition,
    purpose: &'static Purpose,
    /// Where the switch stands; the visitor moves it, saving is another step.
    draft: RwSignal<bool>,
    /// What to say below the summary.
    more: impl IntoView,
) -> impl IntoView {
    let id = purpose.id.as_str();
    let about = format!("about-{id}");
    view! {
        <li class="row">
            <label class="row-name">
                {edition.text(&purpose.label)}
                <input
                    type="checkbox"
                    role="switch"
                    name=id
                    aria-describedby=about.clone()
                    prop:checked=Signal::derive(move || draft.get())
                    on:change:target=move |event| draft.set(event.target().checked())
                />
            </label>
            <p id=about>{edition.text(&purpose.summary)}</p>
            {more}
        </li>
    }
}

/// What the shop can't work without: no switch, since there is nothing to choose.
#[component]
pub fn LockedRow(
    edition: Edition,
    /// What to say below the summary.
    more: impl IntoView,
) -> impl IntoView {
    let necessary = &edition.shop.necessary;
    view! {
        <li class="row">
            <div class="row-name">
                {edition.text(&necessary.label)}
                <span class="quiet">{edition.words.always_on}</span>
            </div>
            <p>{edition.text(&necessary.summary)}</p>
            {more}
        </li>
    }
}
