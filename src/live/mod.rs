//! The live parts of pages, one a file: what a visitor's choice, browser or search changes. Each is an element that the
//! build marked with `data-doui-live`; its words are in the page, in `data-doui-words`.

#[cfg(not(feature = "ssr"))]
mod banner_host;
mod choices;
#[cfg(not(feature = "ssr"))]
mod cookies;
#[cfg(not(feature = "ssr"))]
mod developers;
#[cfg(not(feature = "ssr"))]
mod history;
#[cfg(not(feature = "ssr"))]
mod kept;
#[cfg(not(feature = "ssr"))]
mod search;

pub use choices::Choices;

#[cfg(not(feature = "ssr"))]
pub use {
    banner_host::BannerHost,
    enliven::{enliven, words_of},
    kept::kept,
};

#[cfg(not(feature = "ssr"))]
mod enliven {
    use leptos::{mount::mount_to, prelude::*};
    use web_sys::HtmlElement;

    use super::{
        Choices,
        cookies::Cookies,
        developers::{Copy, LiveState},
        history::History,
        kept::Before,
        search::Search,
    };
    use crate::{edition::Edition, page, state::Consent};

    /// Makes the live parts of the page live. Each ends when what is returned for it is dropped.
    pub fn enliven(edition: Edition, consent: Consent) -> Vec<Box<dyn std::any::Any>> {
        let places = page::all("[data-doui-live]");
        places
            .into_iter()
            .map(|place| {
                let kind = place.dataset().get("douiLive").unwrap_or_default();
                let words = words_of(&place);
                // What is live takes the place of what was not, in one step.
                let touched = page::touched(&place);
                let before = Before::take(&place);
                let copied = place.clone();
                let live = show(place.clone(), move || {
                    provide_context(before);
                    match kind.as_str() {
                        "choices" => view! { <Choices edition consent /> }.into_any(),
                        "cookies" => view! { <Cookies edition consent words /> }.into_any(),
                        "history" => view! { <History edition consent words /> }.into_any(),
                        "search" => view! { <Search edition words /> }.into_any(),
                        "copy" => view! { <Copy place=copied words /> }.into_any(),
                        "state" => view! { <LiveState edition consent words /> }.into_any(),
                        _ => ().into_any(),
                    }
                });
                page::touch(&place, touched);
                live
            })
            .collect()
    }

    /// The words that an element carries.
    pub fn words_of(place: &HtmlElement) -> &'static [String] {
        let words = place.dataset().get("douiWords").unwrap_or_default();
        serde_json::from_str::<Vec<String>>(&words)
            .unwrap_or_default()
            .leak()
    }

    fn show(
        place: HtmlElement,
        view: impl FnOnce() -> AnyView + 'static,
    ) -> Box<dyn std::any::Any> {
        Box::new(mount_to(place, view))
    }
}
