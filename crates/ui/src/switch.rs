//! A purpose with its switch, and the row that has none because it is always on.

use leptos::prelude::*;

use crate::{Edition, labels::Named};

/// One purpose: its label, what it does, and a real checkbox that looks and speaks as a switch.
#[component]
pub fn SwitchRow(
    id: &'static str,
    named: &'static Named,
    /// Where the switch stands; the visitor moves it, saving is another step.
    draft: RwSignal<bool>,
    /// What to say below the summary.
    more: impl IntoView,
) -> impl IntoView {
    let about = format!("about-{id}");
    view! {
        <li class="row">
            <h3>
                <label class="row-name">
                    {named.label.as_str()}
                    <input
                        type="checkbox"
                        role="switch"
                        name=id
                        aria-describedby=about.clone()
                        prop:checked=Signal::derive(move || draft.get())
                        on:change:target=move |event| draft.set(event.target().checked())
                    />
                </label>
            </h3>
            <p id=about>{named.summary.as_str()}</p>
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
    let necessary = &edition.labels.necessary;
    view! {
        <li class="row">
            <h3 class="row-name">
                {necessary.label.as_str()}
                <span class="quiet">{edition.words.always_on}</span>
            </h3>
            <p>{necessary.summary.as_str()}</p>
            {more}
        </li>
    }
}
