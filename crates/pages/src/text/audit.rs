//! The words of the audit of a shop page. `audit.js` shows them; they are stamped into it.
//!
//! A gap in a sentence is a name in braces, such as `{count}`: the script fills it in, and where it stands is each
//! language's own.

use serde::Serialize;

/// Everything that the audit's panel says, by the names that `audit.js` has for it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditWords {
    pub title: &'static str,
    /// The summary: without findings, with one, and with more of them (`{count}`).
    pub summary_none: &'static str,
    pub summary_one: &'static str,
    pub summary_many: &'static str,
    pub to_top: &'static str,
    pub to_bottom: &'static str,
    pub fold: &'static str,
    pub unfold: &'static str,
    pub close: &'static str,
    pub save: &'static str,
    pub copy: &'static str,
    pub saved: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    /// What the panel's content is called.
    pub content: &'static str,
    pub findings: &'static str,
    pub no_findings: &'static str,
    /// How often something was found: `{count}`.
    pub times: &'static str,
    /// How many rows (`{count}`) are in the export alone.
    pub more: &'static str,
    pub tags: &'static str,
    pub no_tags: &'static str,
    pub tag_columns: [&'static str; 4],
    pub held: &'static str,
    pub running: &'static str,
    pub requests: &'static str,
    pub no_requests: &'static str,
    pub request_columns: [&'static str; 4],
    /// Requests to the shop's own hosts: `{count}`, and in the second `{types}` too.
    pub first_party: &'static str,
    pub first_party_types: &'static str,
    pub partial: &'static str,
    pub stored: &'static str,
    pub no_stored: &'static str,
    pub stored_columns: [&'static str; 4],
    pub cookie: &'static str,
    pub local: &'static str,
    pub session: &'static str,
    pub own: &'static str,
    pub undeclared: &'static str,
    pub standing: AuditStandings,
    /// How a purpose or a service (`{purpose}`) stands (`{standing}`).
    pub reason: &'static str,
    /// What is added to the reason of a part with `!`.
    pub negated: &'static str,
    pub note: AuditNotes,
    /// The kinds of findings, in the order in which they are shown.
    pub kinds: AuditKinds,
}

/// How a purpose or a service stands.
#[derive(Serialize)]
pub struct AuditStandings {
    pub necessary: &'static str,
    pub allowed: &'static str,
    /// Allowed before the first answer.
    pub default: &'static str,
    pub refused: &'static str,
    pub undecided: &'static str,
    /// Kept off by Global Privacy Control.
    pub gpc: &'static str,
    pub unknown: &'static str,
}

/// Why a tag is not as its condition says.
#[derive(Serialize)]
pub struct AuditNotes {
    pub waiting: &'static str,
    pub outlived: &'static str,
    pub ungated: &'static str,
    pub unmarked: &'static str,
}

/// Each kind of finding, by the name that the export has for it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AuditKinds {
    pub ungated_script: AuditKind,
    pub ungated_tag: AuditKind,
    pub unknown_purpose: AuditKind,
    pub lazy_address: AuditKind,
    pub unmarked_tag: AuditKind,
    pub hold_off: AuditKind,
    pub second_manager: AuditKind,
    pub undeclared_request: AuditKind,
    pub request_not_allowed: AuditKind,
    pub told_not_held: AuditKind,
    pub undeclared_storage: AuditKind,
    pub storage_not_allowed: AuditKind,
}

/// A kind of finding.
#[derive(Serialize)]
pub struct AuditKind {
    pub title: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}
