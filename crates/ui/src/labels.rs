//! What the shop calls things, in one language: what a page carries beside the terms.

use doui_core::json::{Members, member, read};
use doui_core::{Terms, TermsError};
use serde::Serialize;
use serde_json::value::RawValue;

/// What a page carries for its live parts, in `#doui-data`.
#[derive(Clone, Serialize)]
pub struct Carried {
    pub terms: Terms,
    pub labels: Labels,
}

impl Carried {
    /// Reads what a page carries. It is read by hand, as [`Terms`] are, for the sake of the WebAssembly's size.
    pub fn from_json(json: &str) -> Result<Self, TermsError> {
        let page: Members<'_> = serde_json::from_str(json).unwrap_or_default();
        let terms = member(&page, "terms").unwrap_or_default();
        let labels = member(&page, "labels").unwrap_or_default();
        Ok(Self {
            terms: Terms::from_members(&terms)?,
            labels: Labels::from_members(&labels),
        })
    }
}

/// The names of a shop's things, in the visitor's language. Lists are in the order of the terms'.
#[derive(Clone, Serialize)]
pub struct Labels {
    pub necessary: Named,
    pub purposes: Vec<Named>,
    pub services: Vec<String>,
    pub opt_outs: Vec<Link>,
    /// Whether every opt-out page stops the use of data and none its sending.
    pub opt_outs_stop_use: bool,
    /// The shop's own policy.
    pub policy: Option<String>,
    /// The path that the centre's pages lie at, ending in `/`; nothing where there are none.
    pub centre: Option<String>,
    /// Where the shop counts how its visitors answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

/// Where the shop counts how its visitors answer.
#[derive(Clone, Serialize)]
pub struct Report {
    /// A path on the shop's origin.
    pub url: String,
    /// Whether Global Privacy Control keeps it off.
    pub gpc: bool,
}

/// Something with a name and a sentence.
#[derive(Clone, Serialize)]
pub struct Named {
    pub label: String,
    pub summary: String,
}

/// An opt-out page that somebody else runs.
#[derive(Clone, Serialize)]
pub struct Link {
    pub label: String,
    pub url: String,
}

impl Labels {
    /// What is missing is empty.
    fn from_members(labels: &Members<'_>) -> Self {
        Self {
            necessary: named(&member(labels, "necessary").unwrap_or_default()),
            purposes: list(labels, "purposes").iter().map(named).collect(),
            services: member(labels, "services").unwrap_or_default(),
            opt_outs: list(labels, "opt_outs").iter().map(link).collect(),
            opt_outs_stop_use: is_true(labels, "opt_outs_stop_use"),
            policy: member(labels, "policy"),
            centre: member(labels, "centre"),
            report: member::<Members<'_>>(labels, "report").map(|report| Report {
                url: text(&report, "url"),
                gpc: is_true(&report, "gpc"),
            }),
        }
    }
}

fn is_true(item: &Members<'_>, key: &str) -> bool {
    item.get(key).is_some_and(|flag| flag.get() == "true")
}

fn list<'a>(labels: &Members<'a>, key: &str) -> Vec<Members<'a>> {
    let items: Vec<&'a RawValue> = member(labels, key).unwrap_or_default();
    items
        .into_iter()
        .map(|item| read(item).unwrap_or_default())
        .collect()
}

fn named(item: &Members<'_>) -> Named {
    Named {
        label: text(item, "label"),
        summary: text(item, "summary"),
    }
}

fn link(item: &Members<'_>) -> Link {
    Link {
        label: text(item, "label"),
        url: text(item, "url"),
    }
}

fn text(item: &Members<'_>, key: &str) -> String {
    member(item, key).unwrap_or_default()
}
