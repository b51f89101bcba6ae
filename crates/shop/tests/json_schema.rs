//! The JSON Schema says of shop files what the check says, as far as a schema can.

use std::fs;

use doui_shop::{check, json_schema};
use jsonschema::Validator;
use serde_json::{Value, json};

const FOUR: &str = include_str!("../../../tests/shops/four.json");

fn validator() -> Validator {
    jsonschema::validator_for(&json_schema()).expect("the schema is one itself")
}

/// The shop of four purposes with another value at one place.
fn with(pointer: &str, value: Value) -> Value {
    let mut shop: Value = serde_json::from_str(FOUR).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = shop.pointer_mut(parent).and_then(Value::as_object_mut);
    parent
        .expect("it is in an object")
        .insert(key.to_owned(), value);
    shop
}

#[test]
fn every_shop_file_of_the_project_is_valid() {
    let validator = validator();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let shops = fs::read_dir(format!("{root}/tests/shops")).unwrap();
    let mut files: Vec<_> = shops.map(|file| file.unwrap().path()).collect();
    assert!(!files.is_empty());
    files.push(format!("{root}/shop.json").into());
    for file in files {
        let shop = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let errors: Vec<_> = validator.iter_errors(&shop).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
    }
}

/// So neither the schema nor the check knows a key that the other does not.
#[test]
fn the_full_shop_has_every_key_and_passes_the_check() {
    let full = include_str!("../../../tests/shops/full.json");
    assert!(check(full).is_ok(), "{}", check(full).unwrap_err());
    let schema = json_schema();
    let types = schema["$defs"].as_object().unwrap().values();
    for schema in types.chain([&schema]) {
        for (name, _) in schema["properties"].as_object().into_iter().flatten() {
            assert!(full.contains(&format!("\"{name}\":")), "{name}");
        }
    }
}

/// Where a value is put, the value, and whether it belongs there.
fn cases() -> Vec<(&'static str, Value, bool)> {
    let service = |keys: Value| {
        let mut service =
            json!({ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" } });
        let more = keys.as_object().unwrap().clone();
        service.as_object_mut().unwrap().extend(more);
        json!([service])
    };
    let fact =
        json!({ "value": "https://a.example/", "source": "our own", "checked": "2023-12-01" });
    vec![
        ("/$schema", json!("shop.schema.json"), true),
        ("/colour", json!("red"), false),
        ("/languages", json!([]), false),
        ("/revision", json!("20231201"), false),
        ("/valid_days", json!(400), true),
        ("/valid_days", json!(401), false),
        ("/valid_days", json!(null), false),
        ("/purposes", json!([]), false),
        ("/contact/policy", json!("http://shop.example/"), false),
        ("/contact/phone", json!(null), false),
        ("/name/en", json!(" "), false),
        ("/services", service(json!({})), true),
        ("/services", service(json!({ "choosable": true })), true),
        ("/services", service(json!({ "purpose": "Ads" })), false),
        ("/services", service(json!({ "policy": fact })), true),
        (
            "/services",
            service(json!({ "policy": "https://a.example/" })),
            false,
        ),
        (
            "/services",
            service(json!({ "policy": { "value": "https://a.example/" } })),
            false,
        ),
        (
            "/services",
            service(json!({ "cookies": ["_a", { "name": "_b", "days": 0 }] })),
            true,
        ),
        (
            "/services",
            service(json!({ "cookies": [{ "days": 0 }] })),
            false,
        ),
        (
            "/services",
            service(json!({ "cookies": [{ "name": "_b", "day": 0 }] })),
            false,
        ),
        (
            "/signals",
            json!({ "google": { "wait_for_update": 10_001 } }),
            false,
        ),
        ("/texts", json!({ "en": { "save": "Keep" } }), true),
        ("/texts", json!({ "en": { "sav": "Keep" } }), false),
        (
            "/theme",
            json!({ "radius": 32, "position": "top", "scheme": "dark" }),
            true,
        ),
        ("/button", json!(false), true),
        ("/button", json!("top-right"), true),
        ("/button", json!(true), false),
        ("/button", json!("bottom-start"), false),
        ("/report", json!({ "url": "/n" }), true),
        ("/report", json!({ "url": "/a/n/", "gpc": true }), true),
        ("/report", json!({ "url": "//n" }), false),
        ("/report", json!({ "url": "https://shop.example/n" }), false),
        ("/report", json!({ "url": "/" }), false),
        ("/report", json!({}), false),
        ("/theme", json!({ "radius": 33 }), false),
        ("/theme", json!({ "position": "left" }), false),
        (
            "/theme",
            json!({ "accent": { "light": "#000", "dark": "#ffffff" } }),
            false,
        ),
        (
            "/theme",
            json!({ "accent": { "light": "#000000", "dark": "#FFFFFF" } }),
            true,
        ),
    ]
}

#[test]
fn it_takes_and_refuses_what_the_check_does() {
    let validator = validator();
    for (pointer, value, belongs) in cases() {
        let shop = with(pointer, value);
        assert_eq!(validator.is_valid(&shop), belongs, "{pointer} {shop}");
        assert_eq!(
            check(&shop.to_string()).is_ok(),
            belongs,
            "{pointer} {shop}"
        );
    }
}

/// The catalogue may complete it; whether it does is the check's to say.
#[test]
fn a_service_may_be_its_id_alone() {
    let shop = with("/services", json!([{ "id": "google-analytics" }]));
    assert!(validator().is_valid(&shop));
}

#[test]
fn every_key_is_described() {
    let schema = json_schema();
    let types = schema["$defs"].as_object().unwrap().iter();
    let types = types.map(|(name, schema)| (name.as_str(), schema));
    let mut keys = 0;
    for (name, schema) in types.chain([("Shop", &schema)]) {
        for (key, value) in schema["properties"].as_object().into_iter().flatten() {
            let text = value["description"].as_str().unwrap_or_default();
            assert!(text.ends_with('.'), "{name}.{key}: {text:?}");
            assert!(
                !text.contains("[`") && !text.contains('\n'),
                "{name}.{key}: {text:?}"
            );
            keys += 1;
        }
    }
    assert!(keys > 80, "{keys}");
}

#[test]
fn every_key_is_documented() {
    let docs = include_str!("../../../docs/shop.md");
    let schema = json_schema();
    let types = schema["$defs"].as_object().unwrap().values();
    for schema in types.chain([&schema]) {
        for (name, _) in schema["properties"].as_object().into_iter().flatten() {
            let named = [format!("`{name}`"), format!("\"{name}\":")];
            assert!(named.iter().any(|name| docs.contains(name)), "{name}");
        }
    }
}
