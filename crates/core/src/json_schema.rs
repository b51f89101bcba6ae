//! The JSON Schema of `shop.json`, for editors: they complete keys, show what each is, and mark what is wrong.
//!
//! It comes from the types of [`shop`](crate::shop) and what their comments say. Here are the forms of their single
//! values, and what a schema cannot take from a type. It is not the check, which knows more and explains itself.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use crate::shop::{Colour, Declared, Fact, Recipient, Shop, Text, Texts};
use crate::{Date, PurposeId};

/// The JSON Schema of a shop file, of [draft 2020-12](https://json-schema.org/draft/2020-12).
pub fn json_schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Shop>();
    schema.insert("title".to_owned(), "shop.json".into());
    let mut schema = schema.to_value();
    // What the catalogue knows, a file may leave out; whether it does know is the check's to say.
    if let Some(required) = schema.pointer_mut("/$defs/Service/required") {
        *required = serde_json::json!(["id"]);
    }
    tidy(&mut schema);
    schema
}

/// Takes away what is true of the types and not of the file: an optional key is left out, never null; and comments are
/// wrapped and linked for Rust.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("writeOnly");
            if object.get("default") == Some(&Value::Null) {
                object.remove("default");
            }
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [name] = &mut types[..] {
                    let name = name.take();
                    object.insert("type".to_owned(), name);
                }
            }
            if let Some(Value::Array(forms)) = object.get_mut("anyOf") {
                forms.retain(|form| form.get("type").is_none_or(|name| name != "null"));
                if let [form] = &mut forms[..] {
                    let form = form.take();
                    object.remove("anyOf");
                    object.extend(form.as_object().cloned().unwrap_or_default());
                }
            }
            if let Some(Value::String(text)) = object.get_mut("description") {
                let plain = text.replace("[`", "`").replace("`]", "`");
                *text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(list) => list.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// A text or number that is written by a grammar of its own.
pub(crate) enum Language {}
pub(crate) enum Line {}
pub(crate) enum Link {}
pub(crate) enum Host {}
pub(crate) enum CookieName {}
pub(crate) enum Region {}
pub(crate) enum CookieLife {}

/// A list that is not empty.
pub(crate) struct AtLeastOne<T>(PhantomData<T>);

/// The JSON Schema of a type that no derive can see through.
macro_rules! form {
    ($type:ty, $name:literal, $generator:pat => $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

form!(Line, "Line", _ => json_schema!({ "type": "string", "pattern": r"\S" }));
form!(Link, "Link", _ => json_schema!({ "type": "string", "format": "uri", "pattern": "^https://." }));
form!(Host, "Host", _ => json_schema!({
    "type": "string",
    "pattern": r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$",
}));
form!(CookieName, "CookieName", _ => json_schema!({
    "type": "string",
    "pattern": "^[a-z][a-z0-9_-]{0,31}$",
}));
form!(Region, "Region", _ => json_schema!({
    "type": "string",
    "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
}));
form!(Language, "Language", _ => json_schema!({
    "type": "string",
    "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
}));
form!(CookieLife, "CookieLife", _ => json_schema!({ "type": "integer", "minimum": 0, "maximum": 9999 }));
form!(Date, "Date", _ => json_schema!({
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}));
form!(PurposeId, "Id", _ => json_schema!({
    "type": "string",
    "pattern": "^[a-z][a-z0-9-]{0,23}$",
}));
form!(Colour, "Colour", _ => json_schema!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }));
form!(Text, "Text", generator => json_schema!({
    "description": "One text in each of the shop's languages, by its tag.",
    "type": "object",
    "additionalProperties": generator.subschema_for::<Line>(),
}));
form!(Texts, "Texts", generator => {
    let line = generator.subschema_for::<Line>();
    let texts = Texts::KEYS.map(|key| (key.to_owned(), line.clone().to_value()));
    json_schema!({
        "description": "The operator's own wording of some of Doui's texts, per language.",
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "properties": Map::from_iter(texts),
            "additionalProperties": false,
        },
    })
});
form!(Recipient, "Recipient", generator => json_schema!({
    "description": "Who receives what is sent: \"shop\" where that is the shop alone, else who, with the source.",
    "anyOf": [
        { "const": Recipient::SHOP },
        generator.subschema_for::<Fact<Text>>(),
    ],
}));
form!(Declared, "Declared", generator => json_schema!({
    "description": "A cookie or a key in storage: its name, or an object with more about it. A name that ends in * stands for all that begin like it.",
    "anyOf": [
        generator.subschema_for::<Line>(),
        {
            "type": "object",
            "properties": {
                "name": generator.subschema_for::<Line>(),
                "days": generator.subschema_for::<CookieLife>(),
                "source": generator.subschema_for::<Line>(),
                "source_date": generator.subschema_for::<Date>(),
                "checked": generator.subschema_for::<Date>(),
            },
            "required": ["name"],
            "additionalProperties": false,
        },
    ],
}));

impl<T: JsonSchema> JsonSchema for AtLeastOne<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtLeastOne_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": generator.subschema_for::<T>(),
            "minItems": 1,
        })
    }
}
