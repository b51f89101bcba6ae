//! The JSON Schema of `shop.json`, for editors: they complete keys, show what each is, and mark what is wrong.
//!
//! It comes from the types of [`shop`](crate::shop) and what their comments say, with the [`forms`](crate::forms) of their
//! single values. It is not the check, which knows more and explains itself.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::check::usual_purposes;
use crate::forms::{CookieLife, Day, Line, form};
use crate::shop::{Colour, Declared, Fact, Recipient, Shop, Text, Texts};

/// The JSON Schema of a shop file, of [draft 2020-12](https://json-schema.org/draft/2020-12).
pub fn json_schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Shop>();
    schema.insert("title".to_owned(), "shop.json".into());
    let mut schema = schema.to_value();
    // What the catalogue knows, or every shop would say alike, a file may leave out; whether it is known is the check's to say.
    for (path, required) in [
        ("/$defs/Service/required", json!(["id"])),
        ("/$defs/Purpose/required", json!(["id"])),
        ("/$defs/Contact/required", json!([])),
        ("/$defs/Necessary/required", json!([])),
    ] {
        if let Some(place) = schema.pointer_mut(path) {
            *place = required;
        }
    }
    if let Some(Value::Array(required)) = schema.pointer_mut("/required") {
        required.retain(|key| key != "necessary");
    }
    // And a usual purpose, as a service of the catalogue, may be its id alone.
    let usual: Vec<_> = usual_purposes().collect();
    for (path, short) in [
        ("/properties/purposes/items", json!({ "enum": usual })),
        (
            "/properties/services/items",
            json!({ "$ref": "#/$defs/Id" }),
        ),
    ] {
        if let Some(items) = schema.pointer_mut(path) {
            *items = json!({ "anyOf": [short, items.take()] });
        }
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

form!(Colour, "Colour", _ => json_schema!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }));
form!(Text, "Text", generator => json_schema!({
    "description": "One text in each of the shop's languages, by its tag; or one that is the same in all of them.",
    "anyOf": [
        generator.subschema_for::<Line>(),
        { "type": "object", "additionalProperties": generator.subschema_for::<Line>() },
    ],
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
                "source_date": generator.subschema_for::<Day>(),
                "checked": generator.subschema_for::<Day>(),
            },
            "required": ["name"],
            "additionalProperties": false,
        },
    ],
}));
