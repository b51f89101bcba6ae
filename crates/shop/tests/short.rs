//! The short forms of a shop file: each is what the long one is, and its faults stand where it is written.

use doui_core::Date;
use doui_shop::{Catalog, Shop, check, check_with, json_schema};

const SHORT: &str = r#"{
  "name": "Yotsuyu",
  "languages": ["ja", "en", "zh-TW"],
  "revision": "2026-04-01",
  "contact": { "email": "desk@yotsuyu.example" },
  "purposes": ["traffic", { "id": "ads", "summary": "Ads." }, "media"],
  "services": ["counter"]
}"#;

fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    let entry = r#"{ "id": "counter", "purpose": "traffic", "label": { "ja": "計測", "en": "Counter", "zh-TW": "計數" } }"#;
    catalog.add("counter", entry).expect("a sound entry");
    catalog
}

fn read(json: &str) -> Result<Shop, Vec<String>> {
    let today = Date::from_iso("2026-11-30").expect("a day");
    check_with(json, &catalog(), today)
        .map(|checked| checked.shop)
        .map_err(|findings| {
            findings
                .as_slice()
                .iter()
                .map(ToString::to_string)
                .collect()
        })
}

#[test]
fn a_file_of_a_few_lines_is_a_whole_shop() {
    let shop = read(SHORT).unwrap();
    assert_eq!(shop.name.get("en", "ja"), "Yotsuyu");
    assert_eq!(shop.contact.operator.get("zh-TW", "ja"), "Yotsuyu");
    assert_eq!(
        shop.contact.desk.get("en", "ja"),
        "Contact for personal data"
    );
    assert_eq!(shop.necessary.label.get("ja", "ja"), "必要なクッキー");
    let [traffic, ads, media] = &shop.purposes[..] else {
        panic!("{:?}", shop.purposes);
    };
    assert_eq!(
        (traffic.id.as_str(), traffic.revised),
        ("traffic", shop.revision)
    );
    assert_eq!(ads.summary.get("ja", "ja"), "Ads.");
    assert_eq!(ads.label.get("ja", "ja"), "お客様に合わせた広告");
    // Doui's texts in Traditional Chinese serve Taiwan.
    assert_eq!(media.label.get("zh-TW", "ja"), "影片、地圖等外部內容");
    assert_eq!(shop.services[0].purpose.as_str(), "traffic");
    assert_eq!((&*shop.path, shop.centre), ("/doui/", true));
}

/// What an editor marks is what the check refuses.
#[test]
fn the_schema_takes_what_the_check_takes() {
    let schema = jsonschema::validator_for(&json_schema()).expect("it is a schema");
    let json = serde_json::from_str(SHORT).expect("it is JSON");
    let errors: Vec<_> = schema
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let json =
        serde_json::from_str(&SHORT.replace("\"traffic\",", "\"trafic\",")).expect("it is JSON");
    assert!(!schema.is_valid(&json));
}

#[test]
fn a_fault_of_a_short_form_stands_where_that_is_written_and_once() {
    for (from, to, expected) in [
        (
            "\"traffic\"",
            "\"trafic\"",
            &[
                "6:16: purposes[0]: `trafic` is no purpose that Doui has texts for. Write one of ads, affiliate, auth, chat, media, preferences, traffic, or an object with `id`, `label`, `summary` and `detail`.",
                "7:16: services[0].purpose: the catalogue says `traffic`, which is no purpose of the shop. Give `purpose`: one of ads, media.",
            ][..],
        ),
        (
            "\"Ads.\"",
            "\" \"",
            &["6:53: purposes[1].summary.ja: the text is blank. Write it."],
        ),
        (
            "\"counter\"",
            "\"countre\"",
            &[
                "7:16: services[0].purpose: the key `purpose` is missing. Add it: the catalogue has no service `countre`.",
                "7:16: services[0].label: the key `label` is missing. Add it: the catalogue has no service `countre`.",
            ],
        ),
        (
            "desk@yotsuyu.example",
            "desk at yotsuyu",
            &[
                "5:25: contact.email: `desk at yotsuyu` is no e-mail address. Write it plainly, as in `desk@example.co.jp`.",
            ],
        ),
        (
            "\"revision\"",
            "\"path\": \"doui\", \"revision\"",
            &[
                "4:11: path: `doui` is no path that files can be served at. Begin and end it with `/`, with letters, digits and `.`, `_`, `~`, `-` between, as in `/shop/doui/`.",
            ],
        ),
    ] {
        let faults = read(&SHORT.replacen(from, to, 1)).unwrap_err();
        assert_eq!(faults, expected, "{from} → {to}");
    }
}

/// Without texts of Doui's in a language, each is asked for where it would stand.
#[test]
fn a_language_that_doui_has_no_texts_in_needs_the_shops_own() {
    let json = SHORT
        .replace("\"zh-TW\"", "\"fr\"")
        .replace("\"services\": [\"counter\"]", "\"services\": []");
    let faults = read(&json).unwrap_err();
    let missing = faults
        .iter()
        .filter(|fault| fault.contains("the text in `fr` is missing"));
    assert!(missing.count() > 5, "{faults:?}");
    assert!(
        faults
            .iter()
            .any(|fault| fault.starts_with("6:16: purposes[0].label.fr")),
        "{faults:?}"
    );
}

#[test]
fn what_is_there_already_is_never_put_there_again() {
    let long = include_str!("../../../tests/shops/four.json");
    let shop = check(long).unwrap();
    assert_eq!(shop, Shop::from_json(long).unwrap());
}

#[test]
fn without_a_centre_there_is_a_policy() {
    let json = SHORT.replace("\"revision\"", "\"centre\": false, \"revision\"");
    let faults = read(&json).unwrap_err();
    assert!(
        faults[0]
            .starts_with("4:13: centre: without the centre, the banner links to the shop's policy"),
        "{faults:?}"
    );
    let json = json.replace(
        "\"email\"",
        "\"policy\": \"https://yotsuyu.example/policy\", \"email\"",
    );
    assert!(!read(&json).unwrap().centre);
}
