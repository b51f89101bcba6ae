//! The search of the services. The services themselves are static: those that do not match are hidden.

use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use web_sys::js_sys::JsString;

#[cfg(not(feature = "ssr"))]
use super::whenever;
#[cfg(not(feature = "ssr"))]
use crate::page;
use crate::{edition::Edition, text::SearchWords};

/// A field for words, a choice of purpose, and how many services match.
#[component]
pub fn Search(edition: Edition, words: SearchWords) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let purpose = RwSignal::new(String::new());
    let found = RwSignal::new(words.found(edition.shop.services.len()));
    #[cfg(not(feature = "ssr"))]
    whenever(Box::new(move || {
        let wanted = plain(&wanted.read());
        let purpose = purpose.read();
        let mut matches = 0;
        for card in page::all("[data-purpose]") {
            let is_of_purpose =
                purpose.is_empty() || card.get_attribute("data-purpose").as_ref() == Some(&purpose);
            let text = card.text_content().unwrap_or_default();
            let is_match = is_of_purpose && plain(&text).contains(&wanted);
            card.set_hidden(!is_match);
            matches += usize::from(is_match);
        }
        found.set(words.found(matches));
    }));
    let purposes = edition.shop.purposes.iter();
    let purposes = purposes.map(|purpose| {
        view! { <option value=purpose.id.as_str()>{edition.text(&purpose.label)}</option> }
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

/// The text without what a searcher does not mind: case, and the width of letters.
#[cfg(not(feature = "ssr"))]
fn plain(text: &str) -> String {
    JsString::from(text)
        .normalize("NFKC")
        .to_lower_case()
        .trim()
        .into()
}
