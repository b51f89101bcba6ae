//! What the rules need to know of a shop, and nothing else: [`Terms`].
//!
//! A build works them out of `shop.json` and the catalogue, and writes them once: as `dist/terms.json` for servers, into the
//! pages of the preference centre, and into `doui.js`. They are read by hand, with the few readers that the record needs
//! anyway: derived ones, a parser for each type, would be a tenth of the centre's WebAssembly.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::json::{Members, member, read};
use crate::{Date, Id};

/// The version of the format that this crate reads and writes.
pub const VERSION: u32 = 1;

/// How many days a decision holds where the shop does not say.
pub const VALID_DAYS: u32 = 180;

/// The most days a decision may hold: browsers keep no cookie for longer.
pub const MAX_VALID_DAYS: u32 = 400;

/// The name of the cookie where the shop does not say.
pub const COOKIE_NAME: &str = "doui";

/// On which terms a shop asks for consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "Versioned")]
pub struct Terms {
    /// The revision of the shop's policy that a visitor is shown.
    pub revision: Date,
    /// How many days a decision holds, 1 to [`MAX_VALID_DAYS`].
    pub valid_days: u32,
    /// How the cookie is set.
    pub cookie: Cookie,
    /// The purposes a visitor decides on, in the order they are shown and written.
    pub purposes: Vec<Purpose>,
    /// Who serves the purposes, and what they leave in the browser.
    pub services: Vec<Service>,
}

/// The terms as they are written.
#[derive(Serialize)]
struct Versioned {
    version: u32,
    revision: Date,
    valid_days: u32,
    cookie: Cookie,
    purposes: Vec<Purpose>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<Service>,
}

impl From<Terms> for Versioned {
    fn from(terms: Terms) -> Self {
        Self {
            version: VERSION,
            revision: terms.revision,
            valid_days: terms.valid_days,
            cookie: terms.cookie,
            purposes: terms.purposes,
            services: terms.services,
        }
    }
}

/// How the cookie is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cookie {
    /// Its name, and the key of the record in local storage: `[a-z][a-z0-9_-]{0,31}`. Two shops on one host need two.
    pub name: String,
    /// The `Domain` attribute, to share the decision between hosts. Without it, the page's host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Whether the shop's server renews its life, by sending it back with `Set-Cookie`. A browser that cuts the life of
    /// what scripts write counts from the last writing, so then the page writes it only where it is not there.
    #[serde(skip_serializing_if = "is_off")]
    pub renewed_by_server: bool,
}

impl Default for Cookie {
    fn default() -> Self {
        Self {
            name: COOKIE_NAME.to_owned(),
            domain: None,
            renewed_by_server: false,
        }
    }
}

impl Cookie {
    /// The `Domain` to write the cookie with on a page of this host: the shop's, if the host is that domain or lies below
    /// it. `None`: the cookie is written without, for this host alone. Browsers refuse a cookie for any other domain
    /// ([RFC 6265bis](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis), 5.7).
    ///
    /// ```
    /// # let cookie = doui_core::terms::Cookie { domain: Some("shop.example".into()), ..Default::default() };
    /// assert_eq!(cookie.domain_at("www.shop.example"), Some("shop.example"));
    /// assert_eq!(cookie.domain_at("staging.example"), None);
    /// ```
    pub fn domain_at(&self, host: &str) -> Option<&str> {
        let domain = self.domain.as_deref()?;
        let above = host.strip_suffix(domain)?;
        (above.is_empty() || above.ends_with('.')).then_some(domain)
    }
}

/// Something a visitor allows or refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Purpose {
    /// Its name in the cookie and on pages.
    pub id: Id,
    /// When it last changed. Who decided under an earlier revision is asked again.
    pub revised: Date,
    /// What holds for a visitor who has never answered.
    pub before: BeforeAnswer,
    /// Whether Global Privacy Control keeps it off.
    pub gpc: bool,
    /// The names of the consent types that it grants, such as `ad_storage` ([`ConsentType::as_str`](crate::signals::ConsentType::as_str)).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consent_types: Vec<String>,
}

/// What holds before the first answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BeforeAnswer {
    /// Nothing is allowed.
    #[default]
    Denied,
    /// The purpose is allowed until the visitor answers: an opt-out model.
    Granted,
}

/// Somebody's program or frame on the shop's pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// Its name within the shop.
    pub id: Id,
    /// The purpose it serves.
    pub purpose: Id,
    /// Whether a visitor may refuse it alone, while its purpose is allowed. Its id then stands in the cookie.
    #[serde(skip_serializing_if = "is_off")]
    pub choosable: bool,
    /// The names of its cookies; one that ends in `*` stands for all that begin like it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<String>,
    /// Its keys in local and session storage, named alike.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage: Vec<String>,
}

fn is_off(flag: &bool) -> bool {
    !flag
}

impl Terms {
    /// Reads the terms that a build wrote, as `dist/terms.json`.
    ///
    /// ```
    /// let terms = doui_core::Terms::from_json(include_str!("../../../tests/terms/four.json"))?;
    /// assert_eq!(terms.revision.iso(), "2023-12-01");
    /// assert_eq!(terms.purposes[1].id, "ads");
    /// # Ok::<(), doui_core::TermsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TermsError`] names the first key that is not there or not as a build writes it. Keys that this version does not
    /// know are passed over.
    pub fn from_json(json: &str) -> Result<Self, TermsError> {
        Self::from_members(&serde_json::from_str(json).map_err(|_| TermsError("{…}"))?)
    }

    /// Reads the terms out of a JSON object that has them.
    ///
    /// # Errors
    ///
    /// As [`Terms::from_json`]'s.
    pub fn from_members(terms: &Members<'_>) -> Result<Self, TermsError> {
        // Whatever has not got the mark, such as a shop file, is no such file.
        if number(terms, "version")? != VERSION {
            return Err(TermsError("version"));
        }
        let valid_days = number(terms, "valid_days")?;
        if !(1..=MAX_VALID_DAYS).contains(&valid_days) {
            return Err(TermsError("valid_days"));
        }
        let cookie: Members<'_> = needed(terms, "cookie")?;
        Ok(Self {
            revision: date(terms, "revision")?,
            valid_days,
            cookie: Cookie {
                name: needed(&cookie, "name")?,
                domain: member(&cookie, "domain"),
                renewed_by_server: flag(&cookie, "renewed_by_server")?.unwrap_or(false),
            },
            purposes: list(terms, "purposes", &purpose)?,
            services: list(terms, "services", &service)?,
        })
    }

    /// The terms as a file: JSON without spaces, the same bytes for the same terms.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("terms are plain data")
    }

    /// The purpose `id`, if the shop has it.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == *id)
    }
}

fn purpose(purpose: &Members<'_>) -> Result<Purpose, TermsError> {
    let before: String = needed(purpose, "before")?;
    Ok(Purpose {
        id: id(purpose, "id")?,
        revised: date(purpose, "revised")?,
        before: match before.as_str() {
            "denied" => BeforeAnswer::Denied,
            "granted" => BeforeAnswer::Granted,
            _ => return Err(TermsError("before")),
        },
        gpc: flag(purpose, "gpc")?.ok_or(TermsError("gpc"))?,
        consent_types: optional(purpose, "consent_types")?.unwrap_or_default(),
    })
}

fn service(service: &Members<'_>) -> Result<Service, TermsError> {
    Ok(Service {
        id: id(service, "id")?,
        purpose: id(service, "purpose")?,
        choosable: flag(service, "choosable")?.unwrap_or(false),
        cookies: optional(service, "cookies")?.unwrap_or_default(),
        storage: optional(service, "storage")?.unwrap_or_default(),
    })
}

/// The objects of a list, or of none where there is no such key.
fn list<T>(
    members: &Members<'_>,
    key: &'static str,
    one: &dyn Fn(&Members<'_>) -> Result<T, TermsError>,
) -> Result<Vec<T>, TermsError> {
    let items: Vec<&RawValue> = optional(members, key)?.unwrap_or_default();
    let item = |item| one(&read(item).ok_or(TermsError(key))?);
    items.into_iter().map(item).collect()
}

fn needed<'a, T: Deserialize<'a>>(
    members: &Members<'a>,
    key: &'static str,
) -> Result<T, TermsError> {
    member(members, key).ok_or(TermsError(key))
}

/// A value that may be left out, but not be anything.
fn optional<'a, T: Deserialize<'a>>(
    members: &Members<'a>,
    key: &'static str,
) -> Result<Option<T>, TermsError> {
    match members.get(key) {
        None => Ok(None),
        Some(value) => read(value).map(Some).ok_or(TermsError(key)),
    }
}

fn flag(members: &Members<'_>, key: &'static str) -> Result<Option<bool>, TermsError> {
    match members.get(key).map(|value| value.get()) {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(TermsError(key)),
    }
}

fn number(members: &Members<'_>, key: &'static str) -> Result<u32, TermsError> {
    let number: f64 = needed(members, key)?;
    let whole = number as u32;
    (f64::from(whole) == number)
        .then_some(whole)
        .ok_or(TermsError(key))
}

fn id(members: &Members<'_>, key: &'static str) -> Result<Id, TermsError> {
    Id::new(&needed::<String>(members, key)?).map_err(|_| TermsError(key))
}

fn date(members: &Members<'_>, key: &'static str) -> Result<Date, TermsError> {
    Date::from_iso(&needed::<String>(members, key)?).ok_or(TermsError(key))
}

/// Why terms could not be read: the first key that is not there, or not as a build writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermsError(&'static str);

impl TermsError {
    /// The key, such as `revision`; `{…}` where the text is no JSON object.
    pub fn key(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for TermsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "these are no terms that this version of Doui can read: `{}` is missing, or not as a build writes it. Read the terms.json of a dist/ that was built with the same version",
            self.0
        )
    }
}

impl std::error::Error for TermsError {}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: &str = include_str!("../../../tests/terms/four.json");

    #[test]
    fn what_is_written_is_read() {
        for json in [FOUR, include_str!("../../../tests/terms/services.json")] {
            let terms = Terms::from_json(json).unwrap();
            assert_eq!(terms.to_json(), json.trim_end());
            assert_eq!(Terms::from_json(&terms.to_json()), Ok(terms));
        }
    }

    /// A server that is given `shop.json` hears so: it would miss what the catalogue adds.
    #[test]
    fn a_shop_file_is_no_terms() {
        let error = Terms::from_json(include_str!("../../../tests/shops/four.json")).unwrap_err();
        assert_eq!(error.key(), "version");
        assert!(error.to_string().contains("terms.json"), "{error}");
    }

    #[test]
    fn what_is_not_as_a_build_writes_it_is_named() {
        for (from, to, key) in [
            ("{", "[", "{…}"),
            ("\"version\":1", "\"version\":2", "version"),
            ("\"valid_days\":180", "\"valid_days\":0", "valid_days"),
            ("\"valid_days\":180", "\"valid_days\":1.5", "valid_days"),
            ("2023-12-01", "2023-13-01", "revision"),
            ("\"before\":\"denied\"", "\"before\":\"maybe\"", "before"),
            ("\"gpc\":false", "\"gpc\":0", "gpc"),
            ("\"id\":\"auth\"", "\"id\":\"Auth\"", "id"),
            (
                "\"consent_types\":[",
                "\"consent_types\":[1,",
                "consent_types",
            ),
            ("\"purposes\":[", "\"purposes\":[1,", "purposes"),
        ] {
            let json = FOUR.replacen(from, to, 1);
            assert_ne!(json, FOUR, "{from}");
            assert_eq!(Terms::from_json(&json).map_err(|it| it.key()), Err(key));
        }
    }
}
