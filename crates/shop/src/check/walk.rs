//! Holds a file against the schema, and finds where it differs.

use std::collections::HashSet;

use doui_core::Date;
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;

use super::schema::{self, File, Key, Kind, Length, MAX_LANGUAGES};
use super::sources::INFORMED;
use super::text::{below, quoted};
use super::{Report, values};
use crate::shop::Recipient;

/// Holds a file against its schema.
pub(super) struct Walk<'w> {
    pub file: File,
    pub languages: Languages<'w>,
    /// The day on which this is, if what is yet to come shall be found.
    pub today: Option<Date>,
    pub report: &'w mut Report,
}

/// The languages that texts are held against, well-formed or not.
pub(super) struct Languages<'w> {
    /// Every text must be in them.
    pub needed: Vec<&'w str>,
    /// A text may be in them; without a list, in any.
    pub more: Option<Vec<&'w str>>,
}

impl Walk<'_> {
    /// Finds every fault of a file whose root this is.
    pub fn root(&mut self, root: &Value<'_>) {
        let kind = match self.file {
            File::Shop => Kind::Object(schema::SHOP),
            File::Catalog => Kind::Service,
        };
        self.value("", root, &kind);
    }

    fn value(&mut self, path: &str, value: &Value<'_>, kind: &Kind) {
        let fault = match (kind, value) {
            (Kind::Text(length), Value::Object(texts)) => {
                return self.text(path, texts, *length, true);
            }
            (Kind::PageText(length), Value::Object(texts)) => {
                return self.text(path, texts, *length, false);
            }
            (Kind::PerLanguage(keys), Value::Object(languages)) => {
                return self.per_language(path, languages, &Kind::Object(keys));
            }
            (Kind::Object(keys), Value::Object(object)) => return self.object(path, object, keys),
            (Kind::PurposeAsked, Value::Object(purpose)) => {
                return self.object(path, purpose, schema::PURPOSE);
            }
            (Kind::PurposeAsked, Value::StringLit(id)) => values::usual_purpose(&id.value),
            (Kind::Service, Value::Object(service)) => {
                return self.object(path, service, &schema::service(self.file));
            }
            (Kind::Recipient, Value::StringLit(word)) if self.file == File::Shop => {
                values::word(&word.value, &[Recipient::SHOP])
            }
            (Kind::Recipient, Value::Object(fact)) => {
                let name = Kind::PageText(Length::Sentence);
                return self.object(path, fact, &schema::fact(name));
            }
            (Kind::Fact(value), Value::Object(fact)) => {
                return self.object(path, fact, &schema::fact(**value));
            }
            (Kind::Declared(place), Value::Object(declared)) => {
                return self.object(path, declared, &schema::declared(*place, self.file));
            }
            (Kind::Declared(place), Value::StringLit(name)) if self.file == File::Shop => {
                values::name(&name.value, *place)
            }
            (Kind::Languages { at_least_one }, Value::Array(tags)) => {
                if *at_least_one && tags.elements.is_empty() {
                    self.report.add(
                        tags.range.start,
                        path,
                        "there is no language",
                        "List at least one, the default first",
                    );
                }
                if tags.elements.len() > MAX_LANGUAGES {
                    self.report.add(
                        tags.range.start,
                        path,
                        format!("there are {} languages", tags.elements.len()),
                        format!("List at most {MAX_LANGUAGES}"),
                    );
                }
                for (place, tag) in tags.elements.iter().enumerate() {
                    self.language(&format!("{path}[{place}]"), tag);
                }
                return;
            }
            (Kind::List { of, at_least_one }, Value::Array(list)) => {
                if *at_least_one && list.elements.is_empty() {
                    self.report.add(
                        list.range.start,
                        path,
                        "the list is empty",
                        "Give at least one",
                    );
                }
                for (place, item) in list.elements.iter().enumerate() {
                    self.value(&format!("{path}[{place}]"), item, of);
                }
                return;
            }
            (Kind::Line(length), Value::StringLit(text)) => values::line(&text.value, *length),
            (Kind::Anything, Value::StringLit(_)) => Ok(()),
            (Kind::Flag, Value::BooleanLit(_)) => Ok(()),
            (Kind::Date | Kind::Checked, Value::StringLit(text)) => match values::date(&text.value)
            {
                Ok(date) if self.today.is_some_and(|today| date > today) => {
                    return self.yet_to_come(path, value, kind, date);
                }
                read => read.map(|_| ()),
            },
            (Kind::Source, Value::StringLit(text)) => values::source(&text.value, self.file),
            (Kind::Seen, Value::StringLit(text)) => values::source(&text.value, File::Shop),
            (Kind::Number(range), Value::NumberLit(number)) => values::number(number.value, range),
            (Kind::Path, Value::StringLit(text)) => values::path(&text.value),
            (Kind::OwnAddress, Value::StringLit(text)) => values::own_address(&text.value),
            (Kind::Email, Value::StringLit(text)) => values::email(&text.value),
            (Kind::Host, Value::StringLit(text)) => values::host(&text.value),
            (Kind::Font, Value::StringLit(text)) => values::font(&text.value),
            (Kind::Colour, Value::StringLit(text)) => values::colour(&text.value).map(|_| ()),
            (Kind::CookieName, Value::StringLit(text)) => values::cookie_name(&text.value),
            (Kind::Domain, Value::StringLit(text)) => values::domain(&text.value),
            (Kind::Link(schemes), Value::StringLit(text)) => values::link(&text.value, schemes),
            (Kind::Word(words) | Kind::WordOrFalse(words), Value::StringLit(text)) => {
                values::word(&text.value, words)
            }
            (Kind::WordOrFalse(words), Value::BooleanLit(flag)) => {
                if flag.value {
                    values::word("true", words)
                } else {
                    Ok(())
                }
            }
            (Kind::Id(reserved), Value::StringLit(text)) => values::id(&text.value, reserved),
            (Kind::Purpose, Value::StringLit(text)) => values::id(&text.value, &[]),
            (Kind::Region, Value::StringLit(text)) => values::region(&text.value),
            (Kind::Name(place), Value::StringLit(text)) => values::name(&text.value, *place),
            _ => return self.wrong_type(path, value, expected(kind)),
        };
        if let Err((problem, remedy)) = fault {
            self.report.add(value.start(), path, problem, remedy);
        }
    }

    fn object(&mut self, path: &str, object: &Object<'_>, keys: &[Key]) {
        self.duplicates(path, object);
        for property in &object.properties {
            let name = property.name.as_str();
            let path = below(path, name);
            match keys.iter().find(|key| key.name == name) {
                Some(key) => self.value(&path, &property.value, &key.kind),
                None => self.report.add(
                    property.range.start,
                    &path,
                    "unknown key",
                    instead(name, keys),
                ),
            }
        }
        for key in keys.iter().filter(|key| key.required) {
            if object.get(key.name).is_none() {
                self.report.add(
                    object.range.start,
                    &below(path, key.name),
                    format!("the key {} is missing", quoted(key.name)),
                    format!("Add it: {}", expected(&key.kind)),
                );
            }
        }
    }

    /// What is dated after today. To ask for a purpose before its time is to ask with the wrong information.
    fn yet_to_come(&mut self, path: &str, value: &Value<'_>, kind: &Kind, date: Date) {
        let problem = format!("{} is yet to come", date.iso());
        if matches!(kind, Kind::Checked) {
            let remedy = "Write the day on which the source was read";
            return self.report.add(value.start(), path, problem, remedy);
        }
        self.report.deceptive(
            value.start(),
            path,
            format!("{problem}: visitors would decide on what does not hold yet"),
            "Build this on that day, or correct the date",
            INFORMED,
        );
    }

    /// Without a list of languages to hold it against, only the texts themselves are checked. `is_chosen_by`: whether
    /// the banner or the choices show it, so that it is missed in further languages too.
    fn text(&mut self, path: &str, texts: &Object<'_>, length: Length, is_chosen_by: bool) {
        self.per_language(path, texts, &Kind::Line(length));
        let Languages { needed, more } = &self.languages;
        let is_missing = |lang: &&&str| texts.get(lang).is_none();
        for lang in needed.iter().filter(is_missing) {
            self.report.add(
                texts.range.start,
                &below(path, lang),
                format!("the text in {} is missing", quoted(lang)),
                format!("Add it: \"{}\": \"…\"", lang.escape_debug()),
            );
        }
        let more = more.iter().flatten().filter(|_| is_chosen_by);
        for lang in more.filter(is_missing) {
            self.report.missing(texts.range.start, path, lang, needed);
        }
    }

    /// An object with a value of this kind per language.
    fn per_language(&mut self, path: &str, languages: &Object<'_>, kind: &Kind) {
        self.duplicates(path, languages);
        for property in &languages.properties {
            let lang = property.name.as_str();
            let path = below(path, lang);
            let Languages { needed, more } = &self.languages;
            match more {
                Some(more)
                    if !needed.is_empty()
                        && ![needed, more].iter().any(|tags| tags.contains(&lang)) =>
                {
                    self.report.add(
                        property.range.start,
                        &path,
                        format!("{} is none of the shop's languages", quoted(lang)),
                        "Remove the text, or add the language to `languages` or `more_languages`",
                    );
                }
                Some(_) => {}
                None => {
                    if let Err((problem, remedy)) = values::language(lang) {
                        self.report
                            .add(property.range.start, &path, problem, remedy);
                    }
                }
            }
            self.value(&path, &property.value, kind);
        }
    }

    fn language(&mut self, path: &str, tag: &Value<'_>) {
        match tag {
            Value::StringLit(text) => {
                if let Err((problem, remedy)) = values::language(&text.value) {
                    self.report.add(text.range.start, path, problem, remedy);
                }
            }
            _ => self.wrong_type(path, tag, "a language tag such as \"ja\""),
        }
    }

    fn duplicates(&mut self, path: &str, object: &Object<'_>) {
        let mut seen = HashSet::new();
        for property in &object.properties {
            let name = property.name.as_str();
            if !seen.insert(name) {
                self.report.add(
                    property.range.start,
                    &below(path, name),
                    format!("the key {} is there twice", quoted(name)),
                    "Keep one of them",
                );
            }
        }
    }

    fn wrong_type(&mut self, path: &str, value: &Value<'_>, expected: &str) {
        let found = match value {
            Value::StringLit(_) => "a string",
            Value::NumberLit(_) => "a number",
            Value::BooleanLit(_) => "true or false",
            Value::Object(_) => "an object",
            Value::Array(_) => "a list",
            Value::NullKeyword(_) => "null",
        };
        self.report.add(
            value.start(),
            path,
            format!("{found} does not belong here"),
            format!("Write {expected}"),
        );
    }
}

/// What a value of this kind looks like, for a person who has to write one.
fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::PageText(_) => {
            "a text that is the same in every language, or an object with a text in each: {\"en\": \"…\"}"
        }
        Kind::PerLanguage(_) => "an object with an object for each language: {\"en\": {…}}",
        Kind::Line(_) | Kind::Anything => "a string",
        Kind::Flag => "true or false",
        Kind::Date | Kind::Checked => "a date such as \"2023-12-01\"",
        Kind::Source => "the address that says so, \"https://…\"",
        Kind::Seen => "the address that says so, \"https://…\", or where it was seen",
        Kind::Number(range) => match range.unit {
            "days" => "a number of days such as 180",
            "milliseconds" => "a number of milliseconds such as 500",
            _ => "a number of CSS pixels such as 8",
        },
        Kind::Path => "a path such as \"/doui/\"",
        Kind::OwnAddress => "a path of the shop's own origin such as \"/doui-count\"",
        Kind::Email => "an e-mail address such as \"desk@example.co.jp\"",
        Kind::Host => "a host name such as \"www.example.com\"",
        Kind::Font => "names of fonts such as \"sans-serif\"",
        Kind::Colour => "a colour such as \"#1d5a49\"",
        Kind::Declared(_) => {
            "an object with its `name`, its `days`, and its `source` and when that was `checked`"
        }
        Kind::Recipient => {
            "\"shop\" for what the shop keeps to itself, or an object with the `value`, its `source` and when that was `checked`"
        }
        Kind::Fact(_) => {
            "an object with the `value`, its `source` and when that was `checked`: {\"value\": …, \"source\": \"https://…\", \"checked\": \"2026-01-31\"}"
        }
        Kind::CookieName => "a name such as \"doui\"",
        Kind::Domain => "a host name such as \"example.co.jp\"",
        Kind::Link(_) => "an address such as \"https://…\"",
        Kind::Word(_) => "a word in quotes",
        Kind::WordOrFalse(_) => "false, or a corner such as \"bottom-left\"",
        Kind::Id(_) => "an id such as \"ads\"",
        Kind::Purpose => "the id of a purpose such as \"ads\"",
        Kind::Region => "a region of ISO 3166-2 such as \"JP\" or \"US-CA\"",
        Kind::Name(_) => "a name such as \"_ga\", or the beginning of names such as \"_ga_*\"",
        Kind::Languages { .. } => "a list of language tags such as [\"ja\", \"en\"]",
        Kind::Object(_) | Kind::Service => "an object: {…}",
        Kind::PurposeAsked => "an object: {…}, or the id of a usual purpose such as \"ads\"",
        Kind::List {
            of: Kind::Object(_) | Kind::Service | Kind::PurposeAsked,
            ..
        } => "a list of objects: [{…}]",
        Kind::List { .. } => "a list: [\"…\"]",
    }
}

/// What to write instead of an unknown key.
fn instead(name: &str, keys: &[Key]) -> String {
    let mut renamed = schema::RENAMED.iter();
    let is_service = keys.iter().any(|key| key.name == "recipient_use");
    if let Some((_, remedy)) = renamed.find(|(old, _)| is_service && *old == name) {
        return (*remedy).to_owned();
    }
    // What is much longer than any key is no slip of the pen.
    let candidates = if name.len() <= 64 { keys } else { &[] };
    let nearest = candidates
        .iter()
        .map(|key| (strsim::damerau_levenshtein(name, key.name), key.name))
        .min()
        .filter(|(distance, _)| *distance <= 2.max(name.len() / 3));
    match nearest {
        Some((_, key)) => format!("Did you mean {}?", quoted(key)),
        None => {
            let known: Vec<_> = keys.iter().map(|key| key.name).collect();
            format!("Remove it. Known here: {}", known.join(", "))
        }
    }
}
