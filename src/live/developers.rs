//! What developers see live: the state and what happens to it, and copying code.

use doui_core::State;
use doui_ui::{Consent, Edition, LiveState, say, words::DeveloperWords};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    Clipboard, HtmlButtonElement,
    js_sys::{Function, Reflect},
};

use super::effect;
use crate::browser;

/// The state as it is, what it means for the consent types, and what has happened since the page was opened.
#[component]
pub fn Developers(
    edition: Edition,
    consent: Consent,
    words: DeveloperWords,
    /// The consent types, each followed by the condition that grants it.
    types: Vec<&'static str>,
) -> impl IntoView {
    let state = consent.state;
    let events = RwSignal::new(String::new());
    let mut before = None::<State>;
    effect(Box::new(move || {
        let state = state.get();
        if let Some(before) = &before {
            let changed = state.purposes.iter().zip(&before.purposes);
            let changed: Vec<_> = changed
                .filter(|(now, before)| now.allowed != before.allowed)
                .map(|(now, _)| now.id.as_str())
                .collect();
            let line = format!("{} doui:change [{}]", browser::time(), changed.join(", "));
            events.update(|events| {
                if !events.is_empty() {
                    events.insert(0, '\n');
                }
                events.insert_str(0, &line);
            });
        }
        before = Some(state);
    }));
    view! { <LiveState edition consent words types events /> }
}

/// A button that copies the code beside it.
#[component]
pub fn Copy(
    /// What the button says, what is said when it has copied and when it could not, and what the code is in.
    words: [&'static str; 4],
) -> impl IntoView {
    let [verb, copied, not_copied, language] = words;
    let news = RwSignal::new(String::new());
    let copy = move |button: HtmlButtonElement| {
        let snippet = button.closest(".snippet").ok().flatten();
        let code = snippet.and_then(|it| it.query_selector("pre").ok()?);
        let code = code.and_then(|code| code.text_content());
        // A page without TLS has no clipboard, and a browser may refuse: then the code is there to be selected.
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into());
        let clipboard = clipboard.unwrap_or_default().dyn_into::<Clipboard>();
        let (Some(code), Ok(clipboard)) = (code, clipboard) else {
            return say(news, not_copied);
        };
        let done = Closure::once_into_js(move || say(news, copied));
        let refused = Closure::once_into_js(move || say(news, not_copied));
        let told = clipboard.write_text(&code);
        let then = Reflect::get(&told, &"then".into()).unwrap_or_default();
        // A promise has a `then`.
        let _ = then
            .unchecked_ref::<Function>()
            .call2(&told, &done, &refused);
    };
    // By ear a button says what it copies.
    let name = [verb, " ", language].concat();
    view! {
        <button aria-label=name on:click:target=move |event| copy(event.target())>
            {verb}
        </button>
        <span class="quiet" role="status">
            {Signal::derive(move || news.get())}
        </span>
    }
}
