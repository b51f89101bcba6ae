//! What a shop file and a file of the catalogue hold, as data. `shop` is the model of the same files in types.

use doui_core::id::RESERVED;
use doui_core::terms::MAX_VALID_DAYS;

use crate::shop::{Corner, MAX_RADIUS, Texts};
use doui_core::sweep::Place;

/// A key of an object.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
}

/// Which file is held against the schema: they differ in what a service must say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    Shop,
    Catalog,
}

/// What a value must be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// One text in each of the shop's languages, for the banner and the choices.
    Text(Length),
    /// One text in each of the shop's languages, for pages that further languages do not have.
    PageText(Length),
    /// The same object for each of some of the shop's languages.
    PerLanguage(&'static [Key]),
    /// A string that is not blank.
    Line(Length),
    /// Any string: editors read it, Doui does not.
    Anything,
    Flag,
    /// From when something holds.
    Date,
    /// When something was looked up.
    Checked,
    /// Who says so.
    Source,
    /// Who says so, or where it was seen, in words: of a name in a browser that is no claim about anybody.
    Seen,
    Number(&'static Range),
    CookieName,
    Domain,
    Email,
    /// Where `dist/` is served.
    Path,
    /// A path on the shop's own origin that something is sent to.
    OwnAddress,
    Host,
    Font,
    Colour,
    /// An address of one of these schemes.
    Link(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words for a corner, or `false`.
    WordOrFalse(&'static [&'static str]),
    /// An id that is none of these.
    Id(&'static [&'static str]),
    /// A purpose that visitors are asked about; a usual one may be its id.
    PurposeAsked,
    /// The id of a purpose; that it is one of the shop's is seen when the whole file is.
    Purpose,
    Region,
    /// The name of what a service leaves at this place.
    Name(Place),
    /// What a service leaves at this place: its name, or an object with more about it.
    Declared(Place),
    Service,
    /// What is known, who says so, and since when.
    Fact(&'static Kind),
    /// The word for the shop itself, or the fact who else it is.
    Recipient,
    Languages {
        at_least_one: bool,
    },
    Object(&'static [Key]),
    List {
        of: &'static Kind,
        at_least_one: bool,
    },
}

/// How long a text may be. The limits are several times what shops write: what is longer was put there by mistake, and
/// every visitor would wait for it.
#[derive(Clone, Copy)]
pub(super) enum Length {
    /// What stands in one line: a name, a label, a button.
    Name,
    /// A sentence or two, which may have lines.
    Sentence,
    /// A passage, which may have lines.
    Passage,
}

impl Length {
    /// The most characters.
    pub(super) const fn most(self) -> usize {
        match self {
            Self::Name => 200,
            Self::Sentence => 2_000,
            Self::Passage => 10_000,
        }
    }

    /// Whether the text may have line breaks and tabs.
    pub(super) const fn has_lines(self) -> bool {
        !matches!(self, Self::Name)
    }
}

/// The most languages in one list. Each is looked for in every text.
pub(super) const MAX_LANGUAGES: usize = 100;

/// The whole numbers that a value may be.
pub(super) struct Range {
    pub unit: &'static str,
    pub from: u32,
    pub to: u32,
    /// Why there is a limit, if that is not plain.
    pub why: &'static str,
}

const VALID_DAYS: Range = Range {
    unit: "days",
    from: 1,
    to: MAX_VALID_DAYS,
    why: ": browsers keep no cookie for longer",
};

/// Longer than ten seconds, and a page would show its visitors no measured tag for no reason.
const MILLISECONDS: Range = Range {
    unit: "milliseconds",
    from: 0,
    to: 10_000,
    why: "",
};

const RADIUS: Range = Range {
    unit: "CSS pixels",
    from: 0,
    to: MAX_RADIUS,
    why: "",
};

/// What a vendor says of a cookie's life, which may be more than browsers allow.
const LIFE: Range = Range {
    unit: "days",
    from: 0,
    to: 9_999,
    why: "; 0 is until the browser is closed",
};

pub(super) const fn must(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        required: true,
        kind,
    }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        required: false,
        kind,
    }
}

pub(super) const SHOP: &[Key] = &[
    may("$schema", Kind::Anything),
    must("name", Kind::Text(Length::Name)),
    must("languages", Kind::Languages { at_least_one: true }),
    may(
        "more_languages",
        Kind::Languages {
            at_least_one: false,
        },
    ),
    must("revision", Kind::Date),
    may(
        "revisions",
        Kind::List {
            of: &Kind::Object(&[
                must("date", Kind::Date),
                must("note", Kind::PageText(Length::Sentence)),
            ]),
            at_least_one: false,
        },
    ),
    may("valid_days", Kind::Number(&VALID_DAYS)),
    may(
        "cookie",
        Kind::Object(&[
            may("name", Kind::CookieName),
            may("domain", Kind::Domain),
            may("renewed_by_server", Kind::Flag),
        ]),
    ),
    may("path", Kind::Path),
    may("centre", Kind::Flag),
    must("contact", Kind::Object(CONTACT)),
    must(
        "purposes",
        Kind::List {
            of: &Kind::PurposeAsked,
            at_least_one: true,
        },
    ),
    must(
        "necessary",
        Kind::Object(&[
            must("label", Kind::Text(Length::Name)),
            must("summary", Kind::Text(Length::Sentence)),
        ]),
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
            of: &Kind::Service,
            at_least_one: false,
        },
    ),
    may("signals", Kind::Object(SIGNALS)),
    may("placeholders", Kind::Flag),
    may("on_withdraw", Kind::Word(&["offer", "reload"])),
    may("hold", Kind::Word(&["marked", "declared"])),
    may("texts", Kind::PerLanguage(TEXTS)),
    may("theme", Kind::Object(THEME)),
    may("button", Kind::WordOrFalse(&Corner::WORDS)),
    may(
        "report",
        Kind::Object(&[must("url", Kind::OwnAddress), may("gpc", Kind::Flag)]),
    ),
];

const CONTACT: &[Key] = &[
    must("operator", Kind::Text(Length::Name)),
    must("desk", Kind::Text(Length::Name)),
    may("phone", Kind::Line(Length::Name)),
    may("email", Kind::Email),
    may("form", Kind::Link(&["https"])),
    may("policy", Kind::Link(&["https"])),
];

pub(super) const PURPOSE: &[Key] = &[
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
    must("label", Kind::Text(Length::Name)),
    must("summary", Kind::Text(Length::Sentence)),
    must("detail", Kind::Text(Length::Passage)),
    may("example", Kind::Text(Length::Sentence)),
];

const OPT_OUT: &[Key] = &[
    must("id", Kind::Id(&[])),
    must("operator", Kind::PageText(Length::Name)),
    may("recipient", Kind::PageText(Length::Name)),
    must("label", Kind::PageText(Length::Name)),
    must("url", Kind::Link(&["https"])),
    // A fact copied from the shop's policy, which may be older than https.
    may("policy_url", Kind::Link(&["https", "http"])),
    must("stops", Kind::Word(&["use", "sending"])),
    may("note", Kind::PageText(Length::Sentence)),
    may("how", Kind::PageText(Length::Passage)),
    may("limits", Kind::PageText(Length::Passage)),
    may("sends", Kind::PageText(Length::Passage)),
    may("why", Kind::PageText(Length::Passage)),
    may(
        "needs",
        Kind::List {
            of: &Kind::Word(&["third-party-cookies", "this-browser", "english"]),
            at_least_one: false,
        },
    ),
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

/// A service. A shop file may leave to the catalogue what that knows, and alone says how the shop uses it.
pub(super) fn service(file: File) -> Vec<Key> {
    const ID: Key = must("id", Kind::Id(&[]));
    const IN_SHOP: &[Key] = &[
        ID,
        may("purpose", Kind::Purpose),
        may("label", Kind::Text(Length::Name)),
        may("choosable", Kind::Flag),
        may("use_here", Kind::Text(Length::Sentence)),
    ];
    const IN_CATALOG: &[Key] = &[
        ID,
        must("purpose", Kind::Purpose),
        must("label", Kind::Text(Length::Name)),
    ];
    const KNOWN: &[Key] = &[
        may(
            "cookies",
            Kind::List {
                of: &Kind::Declared(Place::Cookies),
                at_least_one: false,
            },
        ),
        may(
            "storage",
            Kind::List {
                of: &Kind::Declared(Place::Storage),
                at_least_one: false,
            },
        ),
        may("recipient", Kind::Recipient),
        may(
            "recipient_country",
            Kind::Fact(&Kind::PageText(Length::Sentence)),
        ),
        may(
            "storage_location",
            Kind::Fact(&Kind::PageText(Length::Sentence)),
        ),
        may(
            "hosts",
            Kind::Fact(&Kind::List {
                of: &Kind::Host,
                at_least_one: true,
            }),
        ),
        may("sends", Kind::Fact(&Kind::PageText(Length::Passage))),
        may(
            "recipient_use",
            Kind::Fact(&Kind::PageText(Length::Passage)),
        ),
        may("retention", Kind::Fact(&Kind::PageText(Length::Passage))),
        may("opt_out", Kind::Fact(&Kind::Link(&["https"]))),
        may("policy", Kind::Fact(&Kind::Link(&["https"]))),
        may("statement", Kind::Fact(&Kind::PageText(Length::Passage))),
    ];
    let own = match file {
        File::Shop => IN_SHOP,
        File::Catalog => IN_CATALOG,
    };
    [own, KNOWN].concat()
}

/// A fact, which is nothing without its source.
pub(super) const fn fact(value: Kind) -> [Key; 4] {
    [
        must("value", value),
        must("source", Kind::Source),
        may("source_date", Kind::Checked),
        must("checked", Kind::Checked),
    ]
}

/// A cookie or a key in storage, with more about it than its name.
pub(super) const fn declared(place: Place, file: File) -> [Key; 5] {
    let (source, checked) = match file {
        File::Shop => (may("source", Kind::Source), may("checked", Kind::Checked)),
        File::Catalog => (must("source", Kind::Seen), must("checked", Kind::Checked)),
    };
    let days = may("days", Kind::Number(&LIFE));
    let source_date = may("source_date", Kind::Checked);
    [
        must("name", Kind::Name(place)),
        days,
        source,
        source_date,
        checked,
    ]
}

/// Keys of earlier versions, and what to write instead.
pub(super) const RENAMED: &[(&str, &str)] = &[(
    "country",
    "Write the country that the recipient is based in as `recipient_country`, and the countries where the data is kept as `storage_location`",
)];

/// The texts that an operator may word, [`Texts::KEYS`].
const TEXTS: &[Key] = &{
    let mut keys = [may("", Kind::Line(Length::Name)); Texts::KEYS.len()];
    let mut place = 0;
    while place < keys.len() {
        keys[place].name = Texts::KEYS[place];
        if matches!(keys[place].name.as_bytes(), b"banner_lead") {
            keys[place].kind = Kind::Line(Length::Sentence);
        }
        place += 1;
    }
    keys
};

const THEME: &[Key] = &[
    may(
        "accent",
        Kind::Object(&[must("light", Kind::Colour), must("dark", Kind::Colour)]),
    ),
    may("radius", Kind::Number(&RADIUS)),
    may("font", Kind::Font),
    may(
        "position",
        Kind::Word(&["bottom", "top", "bottom-start", "bottom-end"]),
    ),
    may("scheme", Kind::Word(&["auto", "light", "dark"])),
];

const SIGNALS: &[Key] = &[
    may("google", Kind::Object(CONSENT_MODE)),
    may("uet", Kind::Flag),
    may("clarity", Kind::Flag),
    may("meta", Kind::Flag),
    may("tiktok", Kind::Flag),
    may("pinterest", Kind::Flag),
    may("matomo", Kind::Flag),
    may("hubspot", Kind::Flag),
    may("microsoft_universal", Kind::Flag),
    may("shopify", Kind::Flag),
];

const CONSENT_MODE: &[Key] = &[
    may("wait_for_update", Kind::Number(&MILLISECONDS)),
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::Value;

    use super::*;

    /// The keys of a file by their path, each with the words that it may be.
    type Keys = BTreeMap<String, BTreeSet<String>>;

    fn of_check(kind: &Kind, path: &str, found: &mut Keys) {
        let mut within = |keys: &[Key]| {
            for key in keys {
                let path = format!("{path}.{}", key.name);
                found.entry(path.clone()).or_default();
                of_check(&key.kind, &path, found);
            }
        };
        match kind {
            Kind::Object(keys) | Kind::PerLanguage(keys) => within(keys),
            Kind::PurposeAsked => within(PURPOSE),
            Kind::Service => within(&service(File::Shop)),
            Kind::Fact(value) => within(&fact(**value)),
            Kind::Recipient => within(&fact(Kind::PageText(Length::Sentence))),
            Kind::Declared(place) => within(&declared(*place, File::Shop)),
            Kind::List { of, .. } => of_check(of, path, found),
            Kind::Word(words) | Kind::WordOrFalse(words) => {
                let own = found.entry(path.to_owned()).or_default();
                own.extend(words.iter().map(|&word| word.to_owned()));
            }
            _ => {}
        }
    }

    fn of_json_schema(root: &Value, node: &Value, path: &str, found: &mut Keys) {
        if let Some(name) = node["$ref"].as_str() {
            let place = name.trim_start_matches('#');
            let target = root.pointer(place).expect("it is defined");
            of_json_schema(root, target, path, found);
        }
        for (name, value) in node["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            found.entry(path.clone()).or_default();
            of_json_schema(root, value, &path, found);
        }
        for list in ["anyOf", "oneOf", "allOf"] {
            for form in node[list].as_array().into_iter().flatten() {
                of_json_schema(root, form, path, found);
            }
        }
        for within in ["items", "additionalProperties"] {
            if node[within].is_object() {
                of_json_schema(root, &node[within], path, found);
            }
        }
        let words = node["enum"].as_array().into_iter().flatten();
        for word in words.chain([&node["const"]]).filter_map(Value::as_str) {
            found
                .entry(path.to_owned())
                .or_default()
                .insert(word.to_owned());
        }
    }

    /// The check and the JSON Schema describe one file. What may stand in the place of an object (an id, `"shop"`) is the
    /// short form's, and no key's word.
    #[test]
    fn the_check_and_the_json_schema_know_the_same_keys_and_words() {
        let mut check = Keys::new();
        of_check(&Kind::Object(SHOP), "", &mut check);
        let root = crate::json_schema();
        let mut schema = Keys::new();
        of_json_schema(&root, &root, "", &mut schema);
        for short in [".purposes", ".services.recipient"] {
            schema.insert(short.to_owned(), BTreeSet::new());
        }
        assert_eq!(check, schema);
    }
}
