//! The preference centre as one app: it makes the static pages live, and goes from one to the next without loading.
//!
//! The page that the build wrote stays the page: what never changes in it is not rendered again, so nothing moves,
//! flashes or loses the focus. Only its live parts are ([`crate::live`]), each in its own place.

use doui_core::Shop;
use leptos::{mount::mount_to, prelude::*};
use leptos_router::{
    components::Router,
    hooks::{use_location, use_url},
    location::{BrowserUrl, LocationProvider},
};

use crate::{
    BASE, browser,
    edition::Edition,
    live::{self, BannerHost, whenever},
    page,
    state::Consent,
    storage,
    text::Words,
};
use web_sys::HtmlElement;

/// Makes the page live, in the language that the visitor asks for.
///
/// A page without its data stays as it is, readable, and says on the console what is missing.
pub fn start() {
    console_error_panic_hook::set_once();
    let lang = page::language();
    let asked = page::asked_language();
    let carried = carried();
    let record = |shop| storage::read(shop, browser::now()).record;
    let stored = carried.as_ref().and_then(|(_, shop)| record(shop));
    // A page whose address names its language has been asked for in it.
    let is_named = format!("{}/", page::path()).starts_with(&format!("{BASE}/{lang}/"));
    let others = page::other_languages();
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
        Some((_, address)) => page::fetch(address, move |page| {
            if let Some(page) = page {
                page::show(&page);
            }
            begin(self::carried());
        }),
        None => begin(carried),
    }
}

/// What the page carries, and the shop in it.
type Carried = (HtmlElement, &'static Shop);

fn carried() -> Option<Carried> {
    let data = page::all("#doui-data").pop()?;
    let shop = Shop::from_page(&data.text_content()?)?;
    Some((data, Box::leak(Box::new(shop))))
}

fn begin(carried: Option<Carried>) {
    // The page carries the shop, and the words of the banner and the choices, both in its language.
    let Some((data, shop)) = carried else {
        return browser::complain(
            "doui: this page has no data in #doui-data; build it with `cargo xtask build`",
        );
    };
    let words = Words::from_list(live::words_of(&data));
    let edition = Edition::new(shop, page::language().leak(), Box::leak(Box::new(words)));
    let Some(place) = page::place_for_banner() else {
        return;
    };
    mount_to(place, move || view! { <App edition /> }).forget();
}

#[component]
fn App(edition: Edition) -> impl IntoView {
    let consent = Consent::from_browser(edition);
    browser::on_change_elsewhere(move || consent.reread());
    view! {
        <BannerHost edition consent />
        <Router base=BASE>
            <Pages edition consent />
        </Router>
    }
}

/// Puts the page in place that the address names, and makes it live.
#[component]
fn Pages(edition: Edition, consent: Consent) -> impl IntoView {
    let pathname = use_location().pathname;
    let going = use_url();
    let location = use_context::<BrowserUrl>();
    // The live parts of the page before end when this is set again.
    let parts = StoredValue::new_local(Vec::new());
    let mut shown = None::<String>;
    whenever(Box::new(move || {
        let path = pathname.get();
        match &shown {
            None => {
                page::name_language();
                parts.set_value(live::enliven(edition, consent));
            }
            Some(shown) if *shown == path => {}
            Some(_) => {
                let location = location.clone();
                let wanted = path.clone();
                page::fetch_in(edition.lang, &path, move |page| {
                    // The visitor may have gone on meanwhile.
                    if *pathname.read_untracked() != wanted {
                        return;
                    }
                    // A page that cannot be fetched is loaded, so that the browser says why.
                    let Some(page) = page else {
                        let going = going.read_untracked();
                        let search = going.search();
                        let query = if search.is_empty() { "" } else { "?" };
                        return page::load(&[going.path(), query, search, going.hash()].concat());
                    };
                    parts.set_value(Vec::new());
                    page::show(&page);
                    page::name_language();
                    parts.set_value(live::enliven(edition, consent));
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
