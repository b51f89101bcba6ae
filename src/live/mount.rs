//! The static page's live parts, found and made live.

use std::any::Any;

use doui_ui::{
    Choices, Consent, Edition,
    words::{DeveloperWords, SearchWords},
};
use leptos::{
    mount::{UnmountHandle, mount_to},
    prelude::*,
};
use web_sys::HtmlElement;

use super::cookies::Cookies;
use super::developers::{Copy, Developers};
use super::history::History;
use super::search::Search;
use super::slot::{Static, slot};
use crate::document;

/// Makes the live parts of the page live. Each ends when what is returned for it is dropped.
pub fn mount_live_parts(edition: Edition, consent: Consent) -> Vec<Box<dyn Any>> {
    let places = document::all("[data-doui-live]").into_iter();
    places
        .filter_map(|place| {
            // What is live takes the place of what was not, in one step.
            let interaction = document::interaction(&place);
            let before = Static::take(&place);
            let live = show(place.clone(), edition, consent);
            before.give(&place);
            document::restore(&place, interaction);
            live
        })
        .collect()
}

/// Each part is mounted as what it is: a common type for all would cost the WebAssembly kilobytes.
fn show(place: HtmlElement, edition: Edition, consent: Consent) -> Option<Box<dyn Any>> {
    let words = words_of(&place);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let kind = place.dataset().get("douiLive")?;
    Some(match kind.as_str() {
        "choices" => held(mount_to(
            place,
            move || view! { <Choices edition consent below=slot /> },
        )),
        "cookies" => held(mount_to(
            place,
            move || view! { <Cookies edition consent words /> },
        )),
        "copy" => held({
            let words = [word(0), word(1), word(2), word(3)];
            mount_to(place, move || view! { <Copy words /> })
        }),
        "history" => held(mount_to(
            place,
            move || view! { <History edition consent words /> },
        )),
        "search" => {
            let words = SearchWords::from_list(words);
            held(mount_to(place, move || view! { <Search edition words /> }))
        }
        "state" => {
            // What follows the words are the consent types and their conditions.
            let types = words.iter().skip(DeveloperWords::COUNT);
            let types = types.map(String::as_str).collect();
            let words = DeveloperWords::from_list(words);
            held(mount_to(
                place,
                move || view! { <Developers edition consent words types /> },
            ))
        }
        _ => return None,
    })
}

fn held<M: Mountable + 'static>(handle: UnmountHandle<M>) -> Box<dyn Any> {
    Box::new(handle)
}

/// The words that an element carries.
pub fn words_of(place: &HtmlElement) -> &'static [String] {
    let words = place.dataset().get("douiWords").unwrap_or_default();
    serde_json::from_str::<Vec<String>>(&words)
        .unwrap_or_default()
        .leak()
}
