//! The short forms of a shop file, written out: all other checks, and the model, know one form of each thing.
//!
//! A text that is the same in every language is a string; a usual purpose and a service of the catalogue are their ids; and
//! what every shop would say alike may be left out: the texts of the usual purposes and of what is necessary, the day when a
//! purpose was revised, and who runs the shop. `usual.json` has those texts.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use doui_core::language::lookup;
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use serde::Deserialize;

use super::across::languages;
use super::schema::{self, File, Kind, Length};

/// A text by its language.
type Texts = BTreeMap<String, String>;

/// What a shop need not say itself, in each of Doui's languages.
#[derive(Deserialize)]
struct Usual {
    desk: Texts,
    necessary: BTreeMap<String, Texts>,
    /// By id, then by key.
    purposes: BTreeMap<String, BTreeMap<String, Texts>>,
}

static USUAL: LazyLock<Usual> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../usual.json")).expect("usual.json has texts alone")
});

/// The ids of the purposes that come with texts.
pub fn usual_purposes() -> impl Iterator<Item = &'static str> {
    USUAL.purposes.keys().map(String::as_str)
}

/// A shop file with all of it written out, and where each byte of that comes from.
pub(super) struct Whole {
    pub json: String,
    /// Where a piece begins here and in the file, and whether it was copied: of what was not, each byte comes from there.
    pieces: Vec<(usize, usize, bool)>,
}

impl Whole {
    /// The text of the file whose root this is.
    pub fn new(json: &str, root: &Value<'_>) -> Self {
        let mut tags: Vec<_> = languages(root, "languages");
        tags.extend(languages(root, "more_languages"));
        let mut seen = HashSet::new();
        tags.retain(|tag| seen.insert(*tag));
        let mut writer = Writer {
            json,
            tags,
            edits: Vec::new(),
        };
        writer.value(root, &Kind::Object(schema::SHOP));
        if let Some(shop) = root.as_object() {
            writer.shop(shop);
        }
        writer.whole()
    }

    /// The byte of the file that a byte of this comes from.
    pub fn origin(&self, byte: usize) -> usize {
        let (here, there, is_copy) = self.piece(byte);
        there + if is_copy { byte - here } else { 0 }
    }

    /// Whether a byte stands for a short form, and not in the file itself.
    pub fn is_written_out(&self, byte: usize) -> bool {
        let (_, _, is_copy) = self.piece(byte);
        !is_copy
    }

    fn piece(&self, byte: usize) -> (usize, usize, bool) {
        let next = self.pieces.partition_point(|(here, ..)| *here <= byte);
        let piece = next.checked_sub(1).and_then(|at| self.pieces.get(at));
        piece.copied().unwrap_or((0, 0, true))
    }
}

struct Writer<'w> {
    json: &'w str,
    /// The shop's languages, each once.
    tags: Vec<&'w str>,
    /// What stands in the place of what.
    edits: Vec<(Range<usize>, String)>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value<'_>, kind: &Kind) {
        match (kind, value) {
            (Kind::Text(_) | Kind::PageText(_), Value::StringLit(text)) => {
                let written = &self.json[text.range.start..text.range.end];
                // Without a language there is none to write it in, and that is the fault.
                if !self.tags.is_empty() {
                    let texts = self.tags.iter().map(|tag| (*tag, written.to_owned()));
                    let texts = object(texts);
                    self.put(value, texts);
                }
            }
            (Kind::Service, Value::StringLit(id)) => {
                let written = &self.json[id.range.start..id.range.end];
                let service = format!(r#"{{"id": {written}}}"#);
                self.put(value, service);
            }
            (Kind::Object(keys), Value::Object(object)) => self.members(object, keys),
            (Kind::PurposeAsked, Value::Object(purpose)) => {
                self.members(purpose, schema::PURPOSE);
            }
            (Kind::Service, Value::Object(service)) => {
                self.members(service, &schema::service(File::Shop));
            }
            (Kind::Recipient, Value::Object(fact)) => {
                self.members(fact, &schema::fact(Kind::PageText(Length::Sentence)));
            }
            (Kind::Fact(value), Value::Object(fact)) => self.members(fact, &schema::fact(**value)),
            (Kind::List { of, .. }, Value::Array(list)) => {
                for item in &list.elements {
                    self.value(item, of);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, object: &Object<'_>, keys: &[schema::Key]) {
        for property in &object.properties {
            let name = property.name.as_str();
            if let Some(key) = keys.iter().find(|key| key.name == name) {
                self.value(&property.value, &key.kind);
            }
        }
    }

    /// What a shop may leave out.
    fn shop(&mut self, shop: &Object<'_>) {
        let revision = shop
            .get_string("revision")
            .map(|text| self.json[text.range.start..text.range.end].to_owned());
        let purposes = shop.get_array("purposes");
        for purpose in purposes.iter().flat_map(|list| &list.elements) {
            let id = match purpose {
                Value::StringLit(id) => Some(id),
                Value::Object(purpose) => purpose.get_string("id"),
                _ => None,
            };
            let usual = id.and_then(|id| USUAL.purposes.get(&*id.value));
            let mut members = Vec::new();
            if let (Value::StringLit(id), Some(_)) = (purpose, usual) {
                let written = &self.json[id.range.start..id.range.end];
                members.push(("id", written.to_owned()));
            }
            members.extend(revision.clone().map(|day| ("revised", day)));
            for (key, texts) in usual.into_iter().flatten() {
                members.push((key, self.texts(texts)));
            }
            match purpose {
                Value::StringLit(_) if usual.is_some() => {
                    let purpose_text = object(members.into_iter());
                    self.put(purpose, purpose_text);
                }
                Value::Object(purpose) => self.complete(purpose, members),
                _ => {}
            }
        }
        let necessary = USUAL.necessary.iter();
        let necessary: Vec<_> = necessary
            .map(|(key, texts)| (key.as_str(), self.texts(texts)))
            .collect();
        match shop.get("necessary").map(|property| &property.value) {
            Some(Value::Object(own)) => self.complete(own, necessary),
            Some(_) => {}
            None => self.complete(shop, vec![("necessary", object(necessary.into_iter()))]),
        }
        if let Some(contact) = shop.get_object("contact") {
            let mut members = vec![("desk", self.texts(&USUAL.desk))];
            // A shop is run by whom it is named after, unless it says otherwise.
            if let Some(name) = shop.get("name").map(|property| &property.value) {
                let written = &self.json[name.start()..name.end()];
                let operator = match name {
                    Value::StringLit(_) => {
                        let tags = self.tags.iter();
                        object(tags.map(|tag| (*tag, written.to_owned())))
                    }
                    _ => written.to_owned(),
                };
                members.push(("operator", operator));
            }
            self.complete(contact, members);
        }
    }

    /// Doui's texts in the languages of the shop that it has.
    fn texts(&self, texts: &Texts) -> String {
        let known: Vec<_> = texts.keys().map(String::as_str).collect();
        let said = self.tags.iter().filter_map(|tag| {
            let lang = lookup(&known, &[*tag])?;
            Some((*tag, quoted(&texts[lang])))
        });
        object(said)
    }

    /// Adds the members that an object leaves out, before its closing brace.
    fn complete(&mut self, object: &Object<'_>, members: Vec<(&str, String)>) {
        let mut added = String::new();
        let mut is_first = object.properties.is_empty();
        for (key, value) in members {
            if object.get(key).is_none() {
                let comma = if is_first { "" } else { ", " };
                added += &format!("{comma}{}: {value}", quoted(key));
                is_first = false;
            }
        }
        let end = object.range.end - 1;
        if !added.is_empty() {
            self.edits.push((end..end, added));
        }
    }

    fn put(&mut self, value: &Value<'_>, text: String) {
        self.edits.push((value.start()..value.end(), text));
    }

    fn whole(mut self) -> Whole {
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut whole = Whole {
            json: String::with_capacity(self.json.len()),
            pieces: Vec::new(),
        };
        let mut copied = 0;
        for (range, text) in self.edits {
            whole.pieces.push((whole.json.len(), copied, true));
            whole.json.push_str(&self.json[copied..range.start]);
            whole.pieces.push((whole.json.len(), range.start, false));
            whole.json.push_str(&text);
            copied = range.end;
        }
        whole.pieces.push((whole.json.len(), copied, true));
        whole.json.push_str(&self.json[copied..]);
        whole
    }
}

/// An object of members whose values are JSON.
fn object<'k>(members: impl Iterator<Item = (&'k str, String)>) -> String {
    let members: Vec<_> = members
        .map(|(key, value)| format!("{}: {value}", quoted(key)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
