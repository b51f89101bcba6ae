//! The catalogue: services that many shops use, and what is known of each, with its source.
//!
//! One file is one service, written like those of `shop.json`, but with nothing of a shop's own. A shop then names a
//! service by its id alone, and says what differs.

use std::collections::BTreeMap;

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;

use crate::shop::Service;

/// The languages that every text of the catalogue is in.
pub const LANGUAGES: [&str; 2] = ["ja", "en"];

/// Services by their id.
#[derive(Clone, Debug, Default)]
pub struct Catalog(BTreeMap<String, Entry>);

impl Catalog {
    /// Adds a service whose file has been checked.
    pub(crate) fn insert(&mut self, id: &str, entry: Entry) {
        self.0.insert(id.to_owned(), entry);
    }

    /// The service of this id, if the catalogue has it.
    pub fn get(&self, id: &str) -> Option<&Service> {
        self.0.get(id).map(|entry| &entry.service)
    }

    /// The services, by id.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.0.values().map(|entry| &entry.service)
    }

    /// The text of a shop file, each service with the keys that it leaves to the catalogue.
    pub(crate) fn complete(&self, json: &str, shop: &Value<'_>) -> String {
        let mut full = String::with_capacity(json.len());
        let mut copied = 0;
        let services = shop.as_object().and_then(|shop| shop.get_array("services"));
        for service in services.iter().flat_map(|list| &list.elements) {
            let Some(service) = service.as_object() else {
                continue;
            };
            let Some(entry) = service
                .get_string("id")
                .and_then(|id| self.0.get(&*id.value))
            else {
                continue;
            };
            let left = entry
                .keys
                .iter()
                .filter(|(key, _)| service.get(key).is_none());
            // The last byte of an object is its closing brace, and the id is before it.
            let end = service.range.end - 1;
            full.push_str(&json[copied..end]);
            full.extend(left.map(|(key, value)| format!(r#", "{key}": {value}"#)));
            copied = end;
        }
        full.push_str(&json[copied..]);
        full
    }
}

/// A service of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    service: Service,
    /// Its keys but the id, each with its value as the file writes it.
    keys: Vec<(String, String)>,
}

impl Entry {
    /// Reads a file whose root this is.
    pub(crate) fn new(json: &str, root: &Value<'_>) -> Result<Self, serde_json::Error> {
        let keys = root
            .as_object()
            .map_or(&[][..], |service| &service.properties);
        let pair = |key: &ObjectProp<'_>| {
            (
                key.name.as_str().to_owned(),
                key.value.text(json).to_owned(),
            )
        };
        Ok(Self {
            service: serde_json::from_str(json)?,
            keys: keys
                .iter()
                .map(pair)
                .filter(|(key, _)| key != "id")
                .collect(),
        })
    }
}
