//! What refused services left in this browser, deleted where a script can.

use doui_core::{
    Terms,
    sweep::{PROBE, Place, domains, paths},
    terms::Service,
};
use leptos::prelude::window;
use web_sys::{Storage, js_sys::Math};

use super::cookie::{self, Scope};

/// Deletes what only refused services declare. Returns the names that could not be deleted.
///
/// The closure is not a type parameter, so that the WASM has this once.
pub fn sweep(terms: &Terms, is_refused: &dyn Fn(&Service) -> bool) -> Vec<String> {
    for storage in [window().local_storage(), window().session_storage()] {
        // A storage that the browser refuses holds nothing.
        if let Ok(Some(storage)) = storage {
            sweep_storage(&storage, terms, is_refused);
        }
    }
    let mut left = seen(terms, is_refused);
    let probed = terms.probed_names(is_refused);
    if left.is_empty() && probed.is_empty() {
        return left;
    }
    let host = window().location().hostname().unwrap_or_default();
    let at_domains = cookie_domains(&host);
    for name in &left {
        remove(name, &at_domains);
    }
    left = seen(terms, is_refused);
    for name in probed {
        let is_seen = left.iter().any(|seen| seen == name);
        if !is_seen && at_domains.iter().any(|domain| !takes(name, *domain)) {
            left.push(name.to_owned());
        }
    }
    left
}

/// Deletes every cookie of this name that a script of this page can.
pub fn remove_cookie(name: &str) {
    let host = window().location().hostname().unwrap_or_default();
    remove(name, &cookie_domains(&host));
}

/// The domains, from this host up, that take cookies: public suffixes do not. First comes the host alone.
fn cookie_domains(host: &str) -> Vec<Option<&str>> {
    let mut at_domains = vec![None];
    at_domains.extend(domains(host).into_iter().map(Some));
    let probe = probe();
    at_domains.retain(|domain| takes(&probe, *domain));
    at_domains
}

/// Deletes what has this name at any of the domains, by every path that this page is under. A cookie goes only by its
/// very path, and only by its partition.
fn remove(name: &str, at_domains: &[Option<&str>]) {
    let path = window().location().pathname().unwrap_or_default();
    for is_partitioned in [false, true] {
        for domain in at_domains {
            for path in paths(&path) {
                let scope = Scope {
                    domain: *domain,
                    path,
                    is_partitioned,
                };
                // What has neither name nor value is refused, so that one without a name could not be deleted.
                cookie::set(name, "gone", 0, scope);
            }
        }
    }
}

/// The cookies that the page sees and that must go, each once.
fn seen(terms: &Terms, is_refused: &dyn Fn(&Service) -> bool) -> Vec<String> {
    let mut seen = Vec::new();
    for name in cookie::names() {
        if !seen.contains(&name) && terms.must_go(Place::Cookies, &name, is_refused) {
            seen.push(name);
        }
    }
    seen
}

fn sweep_storage(storage: &Storage, terms: &Terms, is_refused: &dyn Fn(&Service) -> bool) {
    // From the end, so that the keys before keep their places.
    for index in (0..storage.length().unwrap_or_default()).rev() {
        if let Ok(Some(key)) = storage.key(index)
            && terms.must_go(Place::Storage, &key, is_refused)
        {
            // What cannot be removed could not have been written.
            let _ = storage.remove_item(&key);
        }
    }
}

/// A text that no other tab tries with.
fn probe() -> String {
    let random = Math::random() * f64::from(u32::MAX);
    [PROBE, &(random as u32).to_string()].concat()
}

/// Whether a script can set a cookie of this name at this domain. It is gone again afterwards.
///
/// Another tab that tries the same may delete it before it is read, so one look does not tell.
fn takes(name: &str, domain: Option<&str>) -> bool {
    let scope = Scope::root(domain);
    let probe = probe();
    let is_taken = (0..3).any(|_| {
        cookie::set(name, &probe, 9, scope);
        // Another of its name may be there from elsewhere: only the value says that it is this one.
        cookie::has(name, &probe)
    });
    cookie::set(name, "", 0, scope);
    is_taken
}
