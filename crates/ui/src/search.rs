//! The search of the services. The services themselves are static: those that do not match are hidden.

use leptos::prelude::*;

use crate::{Edition, words::SearchWords};

/// A field for words, a choice of purpose, and how many services match.
#[component]
pub fn Search(
    edition: Edition,
    words: SearchWords,
    /// What is looked for.
    wanted: RwSignal<String>,
    /// The purpose that is looked in; empty for all.
    purpose: RwSignal<String>,
    /// How many services match, in words.
    found: RwSignal<String>,
) -> impl IntoView {
    let purposes = edition.purposes().map(|(purpose, named)| {
        view! { <option value=purpose.id.as_str()>{named.label.as_str()}</option> }
    });
    view! {
        <div class="search">
            <label>
                {words.label}
                <input type="search" on:input:target=move |event| wanted.set(event.target().value()) />
            </label>
            <label>
                {words.purpose}
                <select on:change:target=move |event| purpose.set(event.target().value())>
                    <option value="">{words.all_purposes}</option>
                    {purposes.collect_view()}
                </select>
            </label>
            <p role="status">{Signal::derive(move || found.get())}</p>
        </div>
    }
}
