//! The way from one page of the centre to the next: it is fetched and put in the place of the one that is shown, so that
//! nothing is loaded twice. Whatever cannot go that way the browser loads, which then says why.

use std::cell::Cell;

use doui_ui::{Consent, Edition};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_url},
    location::{BrowserUrl, LocationProvider},
};
use wasm_bindgen::prelude::*;
use web_sys::{Document, XmlHttpRequest, XmlHttpRequestResponseType};

use crate::{browser, document, live};

/// How many milliseconds a page may take to come. After that the browser loads it, and shows that it is at work.
const LIMIT: u32 = 10_000;

/// What is replaced when another page is shown.
const PARTS: [&str; 2] = ["#app", "#doui-data"];

/// What the app is doing about the address.
#[derive(Default)]
enum State {
    /// The page that the address names is shown, or the browser is loading it.
    #[default]
    Idle,
    /// The page is asked for.
    Fetching(XmlHttpRequest),
}

thread_local! {
    static STATE: Cell<State> = Cell::default();
}

/// Puts the page in place that the address names, and makes it live.
#[component]
pub fn Pages(edition: Edition, consent: Consent) -> impl IntoView {
    let pathname = use_location().pathname;
    let going = use_url();
    let location = use_context::<BrowserUrl>();
    // The live parts of the page before end when this is set again.
    let parts = StoredValue::new_local(Vec::new());
    let mut shown = None::<String>;
    live::effect(Box::new(move || {
        let path = pathname.get();
        match &shown {
            None => {
                document::name_language(edition.labels.centre.as_deref().unwrap_or_default());
                parts.set_value(live::mount_live_parts(edition, consent));
            }
            Some(shown) if *shown == path => {}
            Some(_) => {
                let location = location.clone();
                fetch_in(edition.lang, &path, move |page| {
                    let Some(page) = page else {
                        let going = going.read_untracked();
                        let search = going.search();
                        let query = if search.is_empty() { "" } else { "?" };
                        let address = [going.path(), query, search, going.hash()].concat();
                        let _ = window().location().assign(&address);
                        return;
                    };
                    parts.set_value(Vec::new());
                    show(&page);
                    document::name_language(edition.labels.centre.as_deref().unwrap_or_default());
                    parts.set_value(live::mount_live_parts(edition, consent));
                    if let Some(location) = location {
                        location.ready_to_complete();
                    }
                    browser::focus("heading");
                });
            }
        }
        shown = Some(path);
    }));
}

/// Fetches one of the centre's pages, and gives up the one that was asked for before. `None`: it could not be had in time,
/// or is none that this program can show.
pub fn fetch(address: &str, then: impl FnOnce(Option<Document>) + 'static) {
    // A browser parses what it fetches this way, and runs no script in it.
    let Ok(request) = XmlHttpRequest::new() else {
        return;
    };
    if let State::Fetching(former) = STATE.replace(State::Fetching(request.clone())) {
        former.set_onloadend(None);
        // What has ended already has nothing to abort.
        let _ = former.abort();
    }
    let answered = request.clone();
    let arrive = Closure::once_into_js(move || {
        STATE.set(State::Idle);
        set_busy("false");
        then(
            answered
                .response_xml()
                .ok()
                .flatten()
                .filter(is_of_this_build),
        );
    });
    // This comes after each end: an answer, an error, the limit.
    request.set_onloadend(Some(arrive.unchecked_ref()));
    // An address of this origin can be opened and asked for; what fails then fails with the event above.
    let _ = request.open("GET", address);
    request.set_response_type(XmlHttpRequestResponseType::Document);
    request.set_timeout(LIMIT);
    set_busy("true");
    let _ = request.send();
}

/// Says, to eyes and screen readers, whether another page is on its way.
fn set_busy(is_busy: &str) {
    if let Ok(Some(app)) = document().query_selector(PARTS[0]) {
        // An ordinary attribute; setting it can't fail.
        let _ = app.set_attribute("aria-busy", is_busy);
    }
}

/// Fetches one of the centre's pages in a language: where the address is that of another one, the page says where to look.
fn fetch_in(lang: &'static str, address: &str, then: impl FnOnce(Option<Document>) + 'static) {
    fetch(address, move |page| {
        let selector = format!("a.language[hreflang={lang}]");
        let link = page
            .as_ref()
            .and_then(|page| page.query_selector(&selector).ok()?);
        match link.and_then(|link| link.get_attribute("href")) {
            Some(address) => fetch(&address, then),
            None => then(page),
        }
    });
}

/// Whether a page is of the very build that runs here: of the same program, and in the same language with the same data.
/// The program reads a page's words by their places, so those of another build would be taken for others.
fn is_of_this_build(page: &Document) -> bool {
    let here = document();
    let is_same = |selector| part(page, selector) == part(&here, selector);
    let lang = |page: &Document| page.document_element()?.get_attribute("lang");
    is_same("script[type=module]") && (lang(page) != lang(&here) || is_same(PARTS[1]))
}

/// An element of a page, with all that is in it, as text.
fn part(page: &Document, selector: &str) -> Option<String> {
    Some(page.query_selector(selector).ok()??.outer_html())
}

/// Puts a fetched page in the place of the one that is shown.
pub fn show(page: &Document) {
    for part in PARTS {
        let there = document().query_selector(part).ok().flatten();
        let next = page.query_selector(part).ok().flatten();
        if let (Some(there), Some(next)) = (there, next) {
            // An element of another document can take another's place.
            let _ = there.replace_with_with_node_1(&next);
        }
    }
    document().set_title(&page.title());
    let root = |page: &Document| page.document_element();
    if let (Some(here), Some(next)) = (root(&document()), root(page)) {
        let lang = next.get_attribute("lang").unwrap_or_default();
        // `lang` is an ordinary attribute; setting it can't fail.
        let _ = here.set_attribute("lang", &lang);
    }
}
