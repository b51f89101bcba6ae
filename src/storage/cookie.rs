//! The cookie of the decision, through `document.cookie`.
//!
//! `cookieStore` would be tidier, but its writes come back later than a visitor may leave.

use doui_core::{Decision, Terms, sweep::PROBE};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// The whole jar as a Cookie header has it; empty where the browser refuses.
pub fn read() -> String {
    html_document().cookie().unwrap_or_default()
}

/// Whether the jar has this very decision.
pub fn holds(decision: &Decision, terms: &Terms) -> bool {
    has(&terms.cookie.name, &decision.to_cookie())
}

/// Whether the jar has a cookie of this name with this value.
pub fn has(name: &str, text: &str) -> bool {
    let pair = [name, "=", text].concat();
    pairs(&read()).any(|kept| kept == pair)
}

/// Writes the decision, up to its end. False: the browser did not keep it, or its time is over.
pub fn write(decision: &Decision, terms: &Terms, now: u64) -> bool {
    let seconds = decision.holds_until(terms.valid_days).saturating_sub(now);
    if seconds == 0 {
        return false;
    }
    let host = window().location().hostname().unwrap_or_default();
    let domain = terms.cookie.domain_at(&host);
    if domain.is_some() {
        // One of this host alone would stay as it is, and a server that takes the first of the two might obey it.
        set(&terms.cookie.name, "", 0, Scope::root(None));
    }
    set(
        &terms.cookie.name,
        &decision.to_cookie(),
        seconds,
        Scope::root(domain),
    );
    holds(decision, terms)
}

/// Deletes it, at the shop's domain and at this host.
pub fn delete(terms: &Terms) {
    for domain in [terms.cookie.domain.as_deref(), None] {
        set(&terms.cookie.name, "", 0, Scope::root(domain));
    }
}

/// All cookies that the page sees: names and values. What another tab only tries is none.
pub fn all() -> Vec<(String, String)> {
    let named = |pair: &str| {
        // One without a name is its value alone.
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let is_kept = !pair.is_empty() && !value.starts_with(PROBE);
        is_kept.then(|| (name.to_owned(), value.to_owned()))
    };
    pairs(&read()).filter_map(named).collect()
}

/// The names of all cookies that the page sees. That of one without a name is empty, whatever its value looks like: nobody
/// declares it.
pub fn names() -> impl Iterator<Item = String> {
    all().into_iter().map(|(name, _)| name)
}

/// The cookies of a jar. They are divided by `; `, and no part of a cookie begins with a space.
fn pairs(jar: &str) -> impl Iterator<Item = &str> {
    jar.split(';').map(|pair| pair.trim_matches(' '))
}

/// What makes a cookie another one than that of the same name elsewhere.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The `Domain`, or this host alone.
    pub domain: Option<&'a str>,
    pub path: &'a str,
    /// Whether it belongs to this site within another's page.
    pub is_partitioned: bool,
}

impl<'a> Scope<'a> {
    /// The whole of a domain.
    pub fn root(domain: Option<&'a str>) -> Self {
        Self {
            domain,
            path: "/",
            is_partitioned: false,
        }
    }
}

/// Sets a cookie, or deletes it with no seconds to live.
pub fn set(name: &str, text: &str, seconds: u64, scope: Scope<'_>) {
    let Scope { domain, path, .. } = scope;
    let domain = domain.map_or(String::new(), |domain| format!(";Domain={domain}"));
    let is_secure = window()
        .location()
        .protocol()
        .is_ok_and(|scheme| scheme == "https:");
    let secure = if is_secure { ";Secure" } else { "" };
    let partitioned = if scope.is_partitioned {
        ";Partitioned"
    } else {
        ""
    };
    // A refusal shows when the cookie is read back.
    let _ = html_document().set_cookie(&format!(
        "{name}={text};Path={path};SameSite=Lax;Max-Age={seconds}{domain}{secure}{partitioned}"
    ));
}

fn html_document() -> HtmlDocument {
    document().unchecked_into()
}
