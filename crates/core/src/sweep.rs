//! What a refused service has left in the browser, and where to look for it.
//!
//! A cookie is deleted only by its very name, domain and path
//! ([RFC 6265bis](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7), the storage model),
//! and a page sees no more than the names. So every domain and path that could apply is tried.

use crate::terms::{Service, Terms};

/// How the value of a cookie begins that is only tried, here or in another tab, to see whether a domain takes it.
pub const PROBE: &str = "doui-probe";

/// Where a service keeps something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Cookies, by name.
    Cookies,
    /// Local and session storage, by key.
    Storage,
}

impl Service {
    /// The names that the service declares at a place; one that ends in `*` stands for all that begin like it.
    pub fn names(&self, place: Place) -> impl Iterator<Item = &str> {
        let declared = match place {
            Place::Cookies => &self.cookies,
            Place::Storage => &self.storage,
        };
        declared.iter().map(String::as_str)
    }
}

impl Terms {
    /// Whether what has this name at this place must go: a service declares it, and all that do are such that
    /// `is_refused`. What nobody declares is not ours to delete.
    pub fn must_go(&self, place: Place, name: &str, is_refused: &dyn Fn(&Service) -> bool) -> bool {
        let mut is_declared = false;
        for service in &self.services {
            if service
                .names(place)
                .any(|declared| stands_for(declared, name))
            {
                is_declared = true;
                if !is_refused(service) {
                    return false;
                }
            }
        }
        is_declared
    }

    /// The declared cookies that must go, as far as a probe tells of them: one that two services declare is there twice. A
    /// page does not see a cookie for servers alone (`HttpOnly`), but neither can it put another in its place. A name that
    /// ends in `*` is no name to try, and those with a prefix (`__Secure-`) have rules of their own.
    pub fn probed_names(&self, is_refused: &dyn Fn(&Service) -> bool) -> Vec<&str> {
        let mut probed = Vec::new();
        for service in &self.services {
            for name in service.names(Place::Cookies) {
                let can_be_set = !name.ends_with('*') && !name.starts_with("__");
                if can_be_set && self.must_go(Place::Cookies, name, is_refused) {
                    probed.push(name);
                }
            }
        }
        probed
    }
}

/// Whether a declared name stands for this one: they are the same, or it ends in `*` and this one begins like it.
pub fn stands_for(declared: &str, name: &str) -> bool {
    match declared.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => declared == name,
    }
}

/// The domains that a cookie seen at `host` may have been set for, the host itself first. Browsers refuse cookies for
/// those that are public suffixes.
pub fn domains(host: &str) -> Vec<&str> {
    let mut domains = vec![host];
    for (at, byte) in host.bytes().enumerate() {
        if byte == b'.' {
            domains.push(&host[at + 1..]);
        }
    }
    domains
}

/// How many paths a cookie is looked for at. An address may have thousands of parts, which anybody can write, and each
/// path costs two writes for every cookie and domain: one of 4,000 parts froze a page for seconds.
pub const MAX_PATHS: usize = 32;

/// The paths that a cookie seen at `path` may have been set for: each part of it, with and without the slash after it,
/// from the root on, and no more than [`MAX_PATHS`].
pub fn paths(path: &str) -> Vec<&str> {
    let mut paths = Vec::new();
    for (at, byte) in path.bytes().enumerate() {
        if byte == b'/' {
            if at > 0 {
                paths.push(&path[..at]);
            }
            paths.push(&path[..=at]);
        }
    }
    if !path.ends_with('/') {
        paths.push(path);
    }
    paths.truncate(MAX_PATHS);
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    fn terms() -> Terms {
        let mut terms = Terms::from_json(include_str!("../../../tests/terms/four.json")).unwrap();
        let service = |id: &str, purpose: &str, cookies: &[&str]| Service {
            id: Id::new(id).unwrap(),
            purpose: Id::new(purpose).unwrap(),
            choosable: false,
            cookies: cookies.iter().map(|name| (*name).to_owned()).collect(),
            storage: vec!["visits".to_owned()],
        };
        terms.services = vec![
            service("counter", "traffic", &["_ga", "_ga_*", "shared"]),
            service("adverts", "ads", &["_gcl_*", "shared"]),
        ];
        terms
    }

    #[test]
    fn what_is_shared_goes_when_all_who_use_it_are_refused() {
        let terms = terms();
        let goes = |name, refused: &[&str]| {
            terms.must_go(Place::Cookies, name, &|service| {
                refused.contains(&service.purpose.as_str())
            })
        };
        assert!(goes("_ga", &["traffic"]) && goes("_ga_1A", &["traffic"]));
        assert!(!goes("_ga", &["ads"]) && !goes("_gat", &["traffic"]));
        assert!(!goes("shared", &["traffic"]) && goes("shared", &["traffic", "ads"]));
        assert!(!goes("doui", &["traffic", "ads", "auth", "affiliate"]));
        assert!(!goes("visits", &["traffic", "ads"]));
        assert!(terms.must_go(Place::Storage, "visits", &|_| true));
    }

    #[test]
    fn each_domain_from_the_host_up() {
        assert_eq!(
            domains("www.shop.co.jp"),
            ["www.shop.co.jp", "shop.co.jp", "co.jp", "jp"]
        );
        assert_eq!(domains("localhost"), ["localhost"]);
    }

    #[test]
    fn each_path_with_and_without_its_slash() {
        assert_eq!(
            paths("/shop/item/5"),
            [
                "/",
                "/shop",
                "/shop/",
                "/shop/item",
                "/shop/item/",
                "/shop/item/5"
            ]
        );
        assert_eq!(paths("/"), ["/"]);
        assert_eq!(paths("/a/"), ["/", "/a", "/a/"]);
    }

    #[test]
    fn a_path_of_thousands_of_parts_froze_a_page() {
        let long = "/a".repeat(4_000);
        let tried = paths(&long);
        assert_eq!(tried.len(), MAX_PATHS);
        assert_eq!(tried[..3], ["/", "/a", "/a/"]);
        assert_eq!(tried.last(), Some(&&long[..MAX_PATHS]));
    }
}
