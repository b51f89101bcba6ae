//! Conditions: what a tag on a page waits for, such as `ads`, `ads affiliate`, `!ads` or `ads/yahoo-ads`.
//!
//! A condition is a list of names, divided by white space. It holds when each name is allowed, or for a name after `!`,
//! when it is not. There are three kinds of names: `necessary`, which is always allowed; a purpose's id; and
//! `purpose/service`, which a shop has only if a visitor can refuse any of its services alone. An unknown name is never
//! allowed. So `video` never holds in a shop without that purpose, and `!video` always does.
//!
//! ```
//! use doui_core::{Condition, Terms, from_cookie_header};
//!
//! let terms = Terms::from_json(include_str!("../../../tests/terms/four.json"))?;
//! let state = from_cookie_header("doui=1.20231201.1764000000.ads1.traffic0", &terms, 1_764_000_060);
//!
//! assert!(Condition::parse("ads !traffic").holds(&state));
//! assert!(!Condition::parse("ads affiliate").holds(&state));
//! assert!(Condition::parse("ads video").unknown(&terms).eq(["video"]));
//! # Ok::<(), doui_core::TermsError>(())
//! ```

use crate::State;
use crate::signals::ConsentType;
use crate::terms::{Service, Terms};

/// The name that is always allowed.
pub const NECESSARY: &str = "necessary";

/// A condition, as `data-doui` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition<'a> {
    /// Its parts in order, at least one.
    parts: Vec<Part<'a>>,
}

/// One name of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The name without the `!`. It may be any text, the empty one too.
    pub name: &'a str,
    /// Whether the part holds while the name is *not* allowed.
    pub negated: bool,
}

impl<'a> Part<'a> {
    fn parse(text: &'a str) -> Self {
        let bare = text.strip_prefix('!');
        Self {
            name: bare.unwrap_or(text),
            negated: bare.is_some(),
        }
    }
}

impl<'a> Condition<'a> {
    /// Reads any text. One without a name has the empty name as its only part, which is unknown: it never holds.
    pub fn parse(text: &'a str) -> Self {
        let mut parts = Vec::new();
        for word in text.split(is_white_space) {
            if !word.is_empty() {
                parts.push(Part::parse(word));
            }
        }
        if parts.is_empty() {
            parts.push(Part::parse(""));
        }
        Self { parts }
    }

    /// The parts, in the order in which they are written.
    pub fn parts(&self) -> &[Part<'a>] {
        &self.parts
    }

    /// Whether a tag with this condition may run now.
    pub fn holds(&self, state: &State) -> bool {
        self.holds_where(&|name| state.allows_name(name))
    }

    /// Whether it holds where these names are allowed and no others.
    pub fn holds_where(&self, is_allowed: &dyn Fn(&str) -> bool) -> bool {
        self.parts
            .iter()
            .all(|part| is_allowed(part.name) != part.negated)
    }

    /// The names that the shop does not have, in the order in which they are written.
    pub fn unknown(&self, terms: &Terms) -> impl Iterator<Item = &'a str> {
        let names = self.parts.iter().map(|part| part.name);
        names.filter(|name| !terms.has_name(name))
    }
}

/// White space as a page's scripts know it: the byte order mark is, NEXT LINE (U+0085) is not. For Rust it is the other
/// way round. Source: <https://tc39.es/ecma262/#sec-white-space> and the section after it, on line terminators.
fn is_white_space(char: char) -> bool {
    char == '\u{feff}' || char != '\u{85}' && char.is_whitespace()
}

impl State {
    /// Whether what a condition names may run now: `necessary`, a purpose, or a service as `purpose/service`. An unknown
    /// name never may.
    pub fn allows_name(&self, name: &str) -> bool {
        match name.split_once('/') {
            None => self.allows(name),
            Some((purpose, service)) => {
                self.services.iter().any(|service| service.choosable)
                    && self.allows_service(purpose, service)
            }
        }
    }
}

impl Terms {
    /// Whether a condition may name this: `necessary`, a purpose, or a service as `purpose/service`.
    pub fn has_name(&self, name: &str) -> bool {
        match name.split_once('/') {
            None => name == NECESSARY || self.purpose(name).is_some(),
            Some((purpose, id)) => {
                let mut services = self.services.iter();
                self.has_choosable()
                    && services.any(|service| service.purpose == *purpose && service.id == *id)
            }
        }
    }

    /// Whether a visitor can refuse any service alone. Only then conditions name services.
    pub fn has_choosable(&self) -> bool {
        self.services.iter().any(|service| service.choosable)
    }
}

impl Service {
    /// The condition under which the service may run, and what it declares may stay: its purpose, or its own name if it
    /// can be refused alone.
    pub fn condition(&self) -> String {
        if self.choosable {
            format!("{}/{}", self.purpose, self.id)
        } else {
            self.purpose.to_string()
        }
    }
}

impl ConsentType {
    /// The condition under which the type is granted: all purposes that grant it. A type that no purpose grants is never
    /// granted: `!necessary`.
    pub fn condition(self, terms: &Terms) -> String {
        if self == Self::SecurityStorage {
            return NECESSARY.to_owned();
        }
        let purposes = terms.purposes.iter();
        let granting = purposes.filter(|purpose| {
            let mut names = purpose.consent_types.iter();
            names.any(|name| name == self.as_str())
        });
        let ids: Vec<_> = granting.map(|purpose| purpose.id.as_str()).collect();
        if ids.is_empty() {
            format!("!{NECESSARY}")
        } else {
            ids.join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_type_is_granted_by_all_of_its_purposes() {
        let mut terms = Terms::from_json(include_str!("../../../tests/terms/four.json")).unwrap();
        terms.purposes[3].consent_types = vec!["ad_storage".to_owned()];
        let condition = |kind: ConsentType| kind.condition(&terms);
        assert_eq!(condition(ConsentType::AdStorage), "ads affiliate");
        assert_eq!(condition(ConsentType::AnalyticsStorage), "traffic");
        assert_eq!(condition(ConsentType::SecurityStorage), "necessary");
        terms.purposes.clear();
        assert_eq!(ConsentType::AdStorage.condition(&terms), "!necessary");
    }

    #[test]
    fn a_service_that_is_not_refused_alone_stands_and_falls_with_its_purpose() {
        let terms = Terms::from_json(include_str!("../../../tests/terms/services.json")).unwrap();
        let conditions: Vec<_> = terms.services.iter().map(Service::condition).collect();
        assert_eq!(
            conditions,
            ["ads/yahoo-ads", "ads/google-ads", "ads", "traffic/counter"]
        );
    }
}
