//! The document that the build wrote: its languages, its elements, and what a visitor did in it before it was live.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Element, FocusOptions, HtmlAnchorElement, HtmlElement, HtmlInputElement};

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

/// Lets the page's links name the language that the address names. The centre lies at `path`.
pub fn name_language(path: &str) {
    let Some(lang) = asked_language() else { return };
    for link in all("#app a:not([rel])") {
        if let Ok(link) = link.dyn_into::<HtmlAnchorElement>()
            && link.pathname().starts_with(path)
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

/// Scrolls to what the address names: in the page of another language it lies elsewhere.
pub fn go_to_fragment() {
    let fragment = window().location().hash().unwrap_or_default();
    let named = fragment.strip_prefix('#').unwrap_or_default();
    if let Some(named) = document().get_element_by_id(named) {
        named.scroll_into_view();
    }
}

/// A new element before the page, for what is live on every page. Only the link that skips to the heading is before it.
pub fn place_for_banner() -> Option<HtmlElement> {
    let place = document().create_element("div").ok()?;
    let app = document().query_selector("#app").ok()??;
    app.before_with_node_1(&place).ok()?;
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
