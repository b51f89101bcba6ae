//! The document that the build wrote: its language, its live parts, and the way to the next one.

use doui_ui::BASE;
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, FocusOptions, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    XmlHttpRequest, XmlHttpRequestResponseType,
};

/// What is replaced when another page is shown.
const PARTS: [&str; 2] = ["#app", "#doui-data"];

/// The path of the address.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The language that the page is written in.
pub fn language() -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("lang"))
        .unwrap_or_default()
}

/// The other languages of this page, each with its address.
pub fn other_languages() -> Vec<(String, String)> {
    let links = all("a.language").into_iter();
    links
        .filter_map(|link| Some((link.get_attribute("hreflang")?, link.get_attribute("href")?)))
        .collect()
}

/// The language that the address names: the links within the centre go on naming it.
pub fn asked_language() -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get("lang")
}

/// Lets the page's links name the language that the address names.
pub fn name_language() {
    let Some(lang) = asked_language() else { return };
    for link in all("#app a:not([rel])") {
        if let Ok(link) = link.dyn_into::<HtmlAnchorElement>()
            && link.pathname().starts_with(BASE)
        {
            link.set_search(&format!("?lang={lang}"));
        }
    }
}

/// The elements of the page that a selector finds.
pub fn all(selector: &str) -> Vec<HtmlElement> {
    let found = document().query_selector_all(selector);
    // The selectors here are correct, so this fails in no browser.
    let Ok(found) = found else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

/// Fetches one of the centre's pages. `None`: it could not be had, or is none.
pub fn fetch(address: &str, then: impl FnOnce(Option<Document>) + 'static) {
    // A browser parses what it fetches this way, and runs no script in it.
    let Ok(request) = XmlHttpRequest::new() else {
        return;
    };
    let answered = request.clone();
    let arrive = Closure::once_into_js(move || {
        let page = answered.response_xml().ok().flatten();
        then(page.filter(|page| {
            page.query_selector(PARTS[1])
                .is_ok_and(|data| data.is_some())
        }));
    });
    request.set_onloadend(Some(arrive.unchecked_ref()));
    // An address of this origin can be opened and asked for; what fails then fails with the event above.
    let _ = request.open("GET", address);
    request.set_response_type(XmlHttpRequestResponseType::Document);
    let _ = request.send();
}

/// Fetches one of the centre's pages in a language: where the address is that of another one, the page says where to look.
pub fn fetch_in(lang: &'static str, address: &str, then: impl FnOnce(Option<Document>) + 'static) {
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

/// Loads another page, as a link does.
pub fn load(address: &str) {
    let _ = window().location().assign(address);
}

/// A new first element of the body, for what is live on every page.
pub fn place_for_banner() -> Option<HtmlElement> {
    let place = document().create_element("div").ok()?;
    document().body()?.prepend_with_node_1(&place).ok()?;
    place.dyn_into().ok()
}

/// What a visitor did within a part of the page before it was live: where the focus was, as the way down to it, and how
/// the switches stood.
pub struct Interaction {
    focus: Option<Vec<u32>>,
    switched: Vec<(String, bool)>,
}

/// Notes what a visitor did within `place`.
pub fn interaction(place: &HtmlElement) -> Interaction {
    let focus = document().active_element();
    let focus = focus.filter(|focus| place.contains(Some(focus)));
    let focus = focus.map(|focus| {
        let mut way = Vec::new();
        let mut at = focus;
        while &at != place.as_ref() as &Element {
            let mut before = 0;
            let mut sibling = at.previous_element_sibling();
            while let Some(one) = sibling {
                before += 1;
                sibling = one.previous_element_sibling();
            }
            way.push(before);
            let Some(parent) = at.parent_element() else {
                break;
            };
            at = parent;
        }
        way
    });
    Interaction {
        focus,
        switched: switches(place)
            .into_iter()
            .filter(|switch| switch.checked() != switch.default_checked())
            .map(|switch| (switch.name(), switch.checked()))
            .collect(),
    }
}

/// Does in the live `place` what the visitor did before it was live.
pub fn restore(place: &HtmlElement, interaction: Interaction) {
    for switch in switches(place) {
        let moved = interaction
            .switched
            .iter()
            .find(|(name, _)| *name == switch.name());
        if moved.is_some_and(|(_, checked)| *checked != switch.checked()) {
            switch.click();
        }
    }
    let Some(way) = interaction.focus else { return };
    let mut at: Element = place.clone().into();
    for place in way.into_iter().rev() {
        let Some(next) = at.children().item(place) else {
            return;
        };
        at = next;
    }
    if let Ok(at) = at.dyn_into::<HtmlElement>() {
        let stay = FocusOptions::new();
        stay.set_prevent_scroll(true);
        // What can't take focus leaves it where it is.
        let _ = at.focus_with_options(&stay);
    }
}

fn switches(place: &HtmlElement) -> Vec<HtmlInputElement> {
    let inputs = place.get_elements_by_tag_name("input");
    (0..inputs.length())
        .filter_map(|at| inputs.item(at)?.dyn_into().ok())
        .collect()
}
