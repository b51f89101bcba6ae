//! The name of a purpose or a service, as the cookie and the pages write it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most characters an id may have.
pub const MAX_LEN: usize = 24;

/// The ids a shop may not give to a purpose, because pages and cookies already mean something by
/// them. The cookie grammar itself knows no reserved ids.
pub const RESERVED: [&str; 2] = ["necessary", "gpc"];

/// The id of a purpose, a service or an opt-out page: `[a-z][a-z0-9-]{0,23}`.
///
/// ```
/// use doui_core::Id;
///
/// assert_eq!(Id::new("ads")?, "ads");
/// assert!(Id::new("Ads").is_err());
/// # Ok::<(), doui_core::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(Box<str>);

impl Id {
    /// Takes `id` if it keeps the grammar.
    ///
    /// # Errors
    ///
    /// [`IdError`] if it does not.
    pub fn new(id: &str) -> Result<Self, IdError> {
        let keeps_grammar = id.len() <= MAX_LEN
            && id.starts_with(|first: char| first.is_ascii_lowercase())
            && id
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        keeps_grammar.then(|| Self(id.into())).ok_or(IdError(()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl TryFrom<String> for Id {
    type Error = IdError;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::new(&id)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0.into()
    }
}

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError(());

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is one lowercase letter a-z and then at most 23 of a-z, 0-9 and hyphen")
    }
}

impl std::error::Error for IdError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_has_sharp_edges() {
        for id in ["a", "ads", "video-2", "a-", "abcdefghijklmnopqrstuvwx"] {
            assert_eq!(Id::new(id).unwrap().as_str(), id);
        }
        for id in [
            "",
            "2a",
            "-a",
            "Ads",
            "a_b",
            "a.b",
            "a b",
            "é",
            "aé",
            "abcdefghijklmnopqrstuvwxy",
        ] {
            assert!(Id::new(id).is_err(), "{id:?}");
        }
    }
}
