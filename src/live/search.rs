//! The search of the services, live.

use doui_ui::{Edition, words::SearchWords};
use leptos::prelude::*;
use web_sys::js_sys::JsString;

use super::effect;
use crate::document;

/// Hides the services that do not match what is looked for.
#[component]
pub fn Search(edition: Edition, words: SearchWords) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let purpose = RwSignal::new(String::new());
    let found = RwSignal::new(words.found(edition.terms.services.len()));
    effect(Box::new(move || {
        let wanted = plain(&wanted.read());
        let purpose = purpose.read();
        let mut matches = 0;
        for card in document::all("[data-purpose]") {
            let is_of_purpose =
                purpose.is_empty() || card.get_attribute("data-purpose").as_ref() == Some(&purpose);
            let text = card.text_content().unwrap_or_default();
            let is_match = is_of_purpose && plain(&text).contains(&wanted);
            card.set_hidden(!is_match);
            matches += usize::from(is_match);
        }
        found.set(words.found(matches));
    }));
    view! { <doui_ui::Search edition words wanted purpose found /> }
}

/// The text without what a searcher does not mind: case, and the width of letters.
fn plain(text: &str) -> String {
    JsString::from(text)
        .normalize("NFKC")
        .to_lower_case()
        .trim()
        .into()
}
