//! What an act on a page has done, and the way back.

use doui_core::Door;
use doui_ui::{Act, Change, Consent, Edition, say};
use leptos::prelude::*;

/// A region that stands, empty, before there is anything to say, with the button that takes the last choice back.
#[component]
pub fn Told(
    edition: Edition,
    consent: Consent,
    news: RwSignal<String>,
    /// Whether what is told of can be taken back.
    can_undo: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="news" hidden=Signal::derive(move || news.read().is_empty())>
            <p class="lines" role="status">{Signal::derive(move || news.get())}</p>
            <span hidden=Signal::derive(move || !can_undo.get())>
                <Act
                    name="undo"
                    label=edition.words.undo
                    on_press=move |()| {
                        consent.change(Change::Undo, Door::Centre);
                        say(news, edition.words.undone);
                    }
                />
            </span>
        </div>
    }
}
