//! Holds a file against the schema, and finds where it differs.

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;

use super::schema::{Key, Kind, SHOP};
use super::{Report, across, values};

/// Finds every fault of the shop file whose root this is.
pub(super) fn walk(root: &Value<'_>, report: &mut Report) {
    let languages = across::languages(root);
    let mut walk = Walk { languages, report };
    walk.value("", root, &Kind::Object(SHOP));
    across::across(root, walk.report);
}

struct Walk<'w> {
    languages: Vec<&'w str>,
    report: &'w mut Report,
}

impl Walk<'_> {
    fn value(&mut self, path: &str, value: &Value<'_>, kind: &Kind) {
        let fault = match (kind, value) {
            (Kind::Text, Value::Object(texts)) => return self.text(path, texts),
            (Kind::Object(keys), Value::Object(object)) => return self.object(path, object, keys),
            (Kind::Languages, Value::Array(tags)) => {
                if tags.elements.is_empty() {
                    self.report.add(
                        tags.range.start,
                        path,
                        "there is no language",
                        "List at least one, the default first",
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
            (Kind::Line, Value::StringLit(text)) => values::line(&text.value),
            (Kind::Flag, Value::BooleanLit(_)) => Ok(()),
            (Kind::Date, Value::StringLit(text)) => values::date(&text.value).map(|_| ()),
            (Kind::Days, Value::NumberLit(number)) => values::days(number.value),
            (Kind::Domain, Value::StringLit(text)) => values::domain(&text.value),
            (Kind::Link(schemes), Value::StringLit(text)) => values::link(&text.value, schemes),
            (Kind::Word(words), Value::StringLit(text)) => values::word(&text.value, words),
            (Kind::Id(reserved), Value::StringLit(text)) => values::id(&text.value, reserved),
            (Kind::Purpose, Value::StringLit(text)) => values::id(&text.value, &[]),
            (Kind::Milliseconds, Value::NumberLit(number)) => values::milliseconds(number.value),
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

    /// Without a list of languages to hold it against, only the texts themselves are checked.
    fn text(&mut self, path: &str, texts: &Object<'_>) {
        self.duplicates(path, texts);
        for property in &texts.properties {
            let lang = property.name.as_str();
            let path = below(path, lang);
            if !self.languages.is_empty() && !self.languages.contains(&lang) {
                self.report.add(
                    property.range.start,
                    &path,
                    format!("{} is none of the shop's languages", quoted(lang)),
                    "Remove the text, or add the language to `languages`",
                );
            }
            self.value(&path, &property.value, &Kind::Line);
        }
        for lang in &self.languages {
            if texts.get(lang).is_none() {
                self.report.add(
                    texts.range.start,
                    &below(path, lang),
                    format!("the text in {} is missing", quoted(lang)),
                    format!("Add it: \"{}\": \"…\"", lang.escape_debug()),
                );
            }
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
        for (place, property) in object.properties.iter().enumerate() {
            let name = property.name.as_str();
            let is_same = |earlier: &ObjectProp<'_>| earlier.name.as_str() == name;
            if object.properties[..place].iter().any(is_same) {
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
        Kind::Text => "an object with a text in each language, such as {\"en\": \"…\"}",
        Kind::Line => "a string",
        Kind::Flag => "true or false",
        Kind::Date => "a date such as \"2023-12-01\"",
        Kind::Days => "a number of days such as 180",
        Kind::Domain => "a host name such as \"example.co.jp\"",
        Kind::Link(_) => "an address such as \"https://…\"",
        Kind::Word(_) => "a word in quotes",
        Kind::Id(_) => "an id such as \"ads\"",
        Kind::Purpose => "the id of a purpose such as \"ads\"",
        Kind::Milliseconds => "a number of milliseconds such as 500",
        Kind::Region => "a region of ISO 3166-2 such as \"JP\" or \"US-CA\"",
        Kind::Name(_) => "a name such as \"_ga\", or the beginning of names such as \"_ga_*\"",
        Kind::Languages => "a list of language tags such as [\"ja\", \"en\"]",
        Kind::Object(_) => "an object: {…}",
        Kind::List {
            of: Kind::Object(_),
            ..
        } => "a list of objects: [{…}]",
        Kind::List { .. } => "a list: [\"…\"]",
    }
}

/// What to write instead of an unknown key.
fn instead(name: &str, keys: &[Key]) -> String {
    let nearest = keys
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

/// The path of a member.
pub(super) fn below(path: &str, name: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{}", name.escape_debug())
}

/// Text of the file within a message: on one line, however it is written, and not without end.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{}`", shown.escape_debug())
}
