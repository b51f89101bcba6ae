//! The preference centre as one app: it makes the static pages live, and goes from one to the next without loading.
//!
//! The page that the build wrote stays the page: what never changes in it is not rendered again, so nothing moves,
//! flashes or loses the focus. Only its live parts are ([`crate::live`]), each in its own place.

use doui_core::Terms;
use doui_ui::{Carried, Edition, Labels, words::Words};
use leptos::{mount::mount_to, prelude::*};
use leptos_router::components::Router;
use web_sys::HtmlElement;

use crate::{
    browser, document,
    live::{self, BannerHost},
    navigation::{self, Pages},
    state, storage,
};

/// Makes the page live, in the language that the visitor asks for.
///
/// A page without its data stays as it is, readable, and says on the console what is missing.
pub fn start() {
    console_error_panic_hook::set_once();
    let lang = document::language();
    let asked = document::asked_language();
    let carried = carried();
    let record = |terms| storage::read(terms, browser::now()).record;
    let stored = carried.as_ref().and_then(|carried| record(carried.terms));
    // A page whose address names its language has been asked for in it.
    let is_named = carried.as_ref().is_some_and(|carried| {
        let named = [base(carried.labels), "/", &lang, "/"].concat();
        [&document::path(), "/"].concat().starts_with(&named)
    });
    let others = document::other_languages();
    let mut known = vec![lang.as_str()];
    for (other, _) in &others {
        known.push(other);
    }
    let chosen = if is_named {
        Some(lang.clone())
    } else {
        stored.and_then(|record| record.current.lang)
    };
    let wanted = browser::language(asked, chosen, &known);
    let other = others.iter().find(|(other, _)| Some(&**other) == wanted);
    match other {
        Some((_, address)) => navigation::fetch(address, move |page| {
            if let Some(page) = page {
                navigation::show(&page);
                document::go_to_fragment();
            }
            begin(self::carried());
        }),
        None => begin(carried),
    }
}

/// What the page carries: the element that has it, and what it says of the shop.
struct Page {
    data: HtmlElement,
    terms: &'static Terms,
    labels: &'static Labels,
}

/// The path of the pages, without its slash at the end.
fn base(labels: &'static Labels) -> &'static str {
    let path = labels.centre.as_deref().unwrap_or_default();
    path.trim_end_matches('/')
}

fn carried() -> Option<Page> {
    let data = document::all("#doui-data").pop()?;
    let carried = Carried::from_json(&data.text_content()?).ok()?;
    let Carried { terms, labels } = Box::leak(Box::new(carried));
    Some(Page {
        data,
        terms,
        labels,
    })
}

fn begin(carried: Option<Page>) {
    // The page carries the shop, and the words of the banner and the choices, both in its language.
    let Some(page) = carried else {
        return browser::complain(
            "doui: this page has no data in #doui-data; build it with `cargo xtask build`",
        );
    };
    let words = Words::from_list(live::words_of(&page.data));
    let edition = Edition {
        terms: page.terms,
        labels: page.labels,
        lang: document::language().leak(),
        words: Box::leak(Box::new(words)),
    };
    let Some(place) = document::place_for_banner() else {
        return;
    };
    mount_to(place, move || view! { <App edition /> }).forget();
}

#[component]
fn App(edition: Edition) -> impl IntoView {
    let consent = state::from_browser(edition);
    browser::on_change_elsewhere(move || state::reread(&consent));
    view! {
        <BannerHost edition consent />
        <Router base=base(edition.labels)>
            <Pages edition consent />
        </Router>
    }
}
