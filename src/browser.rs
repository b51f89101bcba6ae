//! Every reading of the browser but its storage: clock, signals, language, address, other tabs.

use doui_core::language::lookup;
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{
    HtmlElement,
    js_sys::{Date, JSON, Reflect},
};

/// Now, in Unix seconds, by the visitor's clock.
pub fn now() -> u64 {
    (Date::now() / 1000.0) as u64
}

/// Whether the browser sends Global Privacy Control. Anything but a plain `true` is no signal.
pub fn gpc() -> bool {
    Reflect::get(&window().navigator(), &"globalPrivacyControl".into())
        .is_ok_and(|value| value.as_bool() == Some(true))
}

/// The first of these languages that is among those `known`: the one asked for, the one that the visitor chose in, or the
/// browser's.
pub fn language<'k>(
    asked: Option<String>,
    chosen: Option<String>,
    known: &[&'k str],
) -> Option<&'k str> {
    let browser = window().navigator().languages();
    let mut wanted = Vec::new();
    wanted.extend(asked);
    wanted.extend(chosen);
    for tag in browser.iter() {
        wanted.extend(tag.as_string());
    }
    lookup(known, &wanted)
}

/// Moves focus to the element with this id.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // What can't take focus leaves it where it is.
        let _ = element.focus();
    }
}

/// A moment as the language writes it, in local time.
pub fn moment(seconds: u64, lang: &str) -> String {
    written(
        seconds as f64 * 1000.0,
        lang,
        &[("dateStyle", "long"), ("timeStyle", "short")],
    )
}

/// Likewise, with seconds: two moments of one minute are told apart.
pub fn moment_to_the_second(seconds: u64, lang: &str) -> String {
    written(
        seconds as f64 * 1000.0,
        lang,
        &[("dateStyle", "long"), ("timeStyle", "medium")],
    )
}

/// A day, given as `2023-12-01`, as the language writes it.
pub fn day(iso: &str, lang: &str) -> String {
    written(
        Date::parse(iso),
        lang,
        &[("dateStyle", "long"), ("timeZone", "UTC")],
    )
}

fn written(milliseconds: f64, lang: &str, styles: &[(&str, &str)]) -> String {
    let date = Date::new(&JsValue::from_f64(milliseconds));
    let options = web_sys::js_sys::Object::new();
    for (name, style) in styles {
        // Setting a property of an object made here can't fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*style).into());
    }
    date.to_locale_string(lang, &options).into()
}

/// A moment as ISO 8601 writes it, in UTC.
pub fn iso(seconds: u64) -> String {
    Date::new(&JsValue::from_f64(seconds as f64 * 1000.0))
        .to_iso_string()
        .into()
}

/// The time of day now, in UTC, to the second.
pub fn time() -> String {
    iso(now()).get(11..19).unwrap_or_default().to_owned()
}

/// Calls back when another tab may have changed what the browser keeps.
///
/// `storage` tells of other tabs; a page back from the back/forward cache, or shown again, missed it.
pub fn on_change_elsewhere(act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(act).into_js_value();
    let listener = listener.unchecked_ref();
    // A window and a document always take listeners.
    let _ = window().add_event_listener_with_callback("storage", listener);
    let _ = window().add_event_listener_with_callback("pageshow", listener);
    let _ = document().add_event_listener_with_callback("visibilitychange", listener);
}

/// Whether the window is as narrow as a phone's.
pub fn is_narrow() -> bool {
    let narrow = window().match_media("(max-width:40em)");
    narrow.is_ok_and(|narrow| narrow.is_some_and(|narrow| narrow.matches()))
}

/// How something is sent without anything of who sends it, even if the page is left meanwhile.
const ANONYMOUSLY: &str = r#"{"method":"POST","mode":"same-origin","credentials":"omit","referrerPolicy":"no-referrer","redirect":"error","keepalive":true}"#;

/// Sends nothing but an address to the page's own origin. What becomes of it is nobody's matter.
pub fn post(path: &str) {
    let Ok(how) = JSON::parse(ANONYMOUSLY) else {
        return;
    };
    let sent = window().fetch_with_str_and_init(path, how.unchecked_ref());
    let ignore = Closure::<dyn FnMut(JsValue)>::new(|_| ());
    let _ = sent.catch(&ignore);
    ignore.forget();
}

/// Tells a developer, on the console, what keeps the page from coming alive.
pub fn complain(message: &str) {
    web_sys::console::error_1(&message.into());
}
