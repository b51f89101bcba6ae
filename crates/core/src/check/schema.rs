//! What a shop file holds, as data. `shop` is the model of the same file in types.

use crate::{purpose::RESERVED, sweep::Place};

/// A key of an object.
pub(super) struct Key {
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
}

/// What a value must be.
pub(super) enum Kind {
    /// One text in each of the shop's languages.
    Text,
    /// A string that is not blank.
    Line,
    Flag,
    Date,
    Days,
    Domain,
    /// An address of one of these schemes.
    Link(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// An id that is none of these.
    Id(&'static [&'static str]),
    /// The id of a purpose; that it is one of the shop's is seen when the whole file is.
    Purpose,
    Milliseconds,
    Region,
    /// What a service declares at this place.
    Name(Place),
    Languages,
    Object(&'static [Key]),
    List {
        of: &'static Kind,
        at_least_one: bool,
    },
}

const fn must(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        required: true,
        kind,
    }
}

const fn may(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        required: false,
        kind,
    }
}

pub(super) const SHOP: &[Key] = &[
    must("name", Kind::Text),
    must("languages", Kind::Languages),
    must("revision", Kind::Date),
    may("valid_days", Kind::Days),
    may(
        "cookie",
        Kind::Object(&[
            may("domain", Kind::Domain),
            may("renewed_by_server", Kind::Flag),
        ]),
    ),
    must("contact", Kind::Object(CONTACT)),
    must(
        "purposes",
        Kind::List {
            of: &Kind::Object(PURPOSE),
            at_least_one: true,
        },
    ),
    must(
        "necessary",
        Kind::Object(&[must("label", Kind::Text), must("summary", Kind::Text)]),
    ),
    may(
        "opt_outs",
        Kind::List {
            of: &Kind::Object(OPT_OUT),
            at_least_one: false,
        },
    ),
    may(
        "services",
        Kind::List {
            of: &Kind::Object(SERVICE),
            at_least_one: false,
        },
    ),
    may("signals", Kind::Object(SIGNALS)),
    may("placeholders", Kind::Flag),
    may("on_withdraw", Kind::Word(&["offer", "reload"])),
];

const CONTACT: &[Key] = &[
    must("operator", Kind::Text),
    must("desk", Kind::Text),
    may("phone", Kind::Line),
    may("policy", Kind::Link(&["https"])),
];

const PURPOSE: &[Key] = &[
    must("id", Kind::Id(&RESERVED)),
    must("revised", Kind::Date),
    may("before", Kind::Word(&["denied", "granted"])),
    may("gpc", Kind::Flag),
    may(
        "consent_types",
        Kind::List {
            of: &Kind::Word(CONSENT_TYPES),
            at_least_one: false,
        },
    ),
    must("label", Kind::Text),
    must("summary", Kind::Text),
    must("detail", Kind::Text),
];

const OPT_OUT: &[Key] = &[
    must("id", Kind::Id(&[])),
    must("operator", Kind::Text),
    must("label", Kind::Text),
    must("url", Kind::Link(&["https"])),
    // A fact copied from the shop's policy, which may be older than https.
    may("policy_url", Kind::Link(&["https", "http"])),
    must("stops", Kind::Word(&["use", "sending"])),
    may("note", Kind::Text),
];

/// What a purpose can grant. `security_storage` is not among them: it is always granted.
const CONSENT_TYPES: &[&str] = &[
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
];

const SERVICE: &[Key] = &[
    must("id", Kind::Id(&[])),
    must("purpose", Kind::Purpose),
    must("label", Kind::Text),
    may(
        "cookies",
        Kind::List {
            of: &Kind::Name(Place::Cookies),
            at_least_one: false,
        },
    ),
    may(
        "storage",
        Kind::List {
            of: &Kind::Name(Place::Storage),
            at_least_one: false,
        },
    ),
];

const SIGNALS: &[Key] = &[
    may("google", Kind::Object(CONSENT_MODE)),
    may("uet", Kind::Flag),
    may("clarity", Kind::Flag),
    may("meta", Kind::Flag),
    may("tiktok", Kind::Flag),
];

const CONSENT_MODE: &[Key] = &[
    may("wait_for_update", Kind::Milliseconds),
    may("ads_data_redaction", Kind::Flag),
    may("url_passthrough", Kind::Flag),
    may(
        "regions",
        Kind::List {
            of: &Kind::Object(REGIONAL_DEFAULT),
            at_least_one: false,
        },
    ),
];

const REGIONAL_DEFAULT: &[Key] = &[
    must(
        "region",
        Kind::List {
            of: &Kind::Region,
            at_least_one: true,
        },
    ),
    must(
        "granted",
        Kind::List {
            of: &Kind::Purpose,
            at_least_one: false,
        },
    ),
];
