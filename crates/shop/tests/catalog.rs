//! The catalogue: what a file of it must say, and what a shop takes from it.

use doui_core::{Date, sweep::Place};
use doui_shop::{Catalog, Checked, Findings, check_with};

const FOUR: &str = include_str!("../../../tests/shops/four.json");

const COUNTER: &str = r#"{
  "id": "counter",
  "purpose": "traffic",
  "label": { "ja": "カウンター", "en": "Counter" },
  "cookies": [
    { "name": "_c", "days": 30, "source": "https://c.example/cookies", "checked": "2026-01-02" },
    { "name": "_c_*", "source": "https://c.example/cookies", "checked": "2026-01-02" }
  ],
  "storage": [{ "name": "c", "source": "https://c.example/cookies", "checked": "2026-01-02" }],
  "recipient": {
    "value": { "ja": "カウンター株式会社", "en": "Counter, Inc.", "ko": "카운터" },
    "source": "https://c.example/about",
    "checked": "2026-01-01"
  },
  "hosts": { "value": ["c.example", "*.c.example"], "source": "https://c.example/", "checked": "2026-01-03" },
  "statement": {
    "value": { "ja": "数えています。", "en": "You are counted." },
    "source": "https://c.example/terms",
    "source_date": "2025-12-31",
    "checked": "2026-01-04"
  }
}"#;

fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    catalog.add("counter", COUNTER).unwrap();
    catalog
}

/// The check of the shop of four purposes with these services.
fn with(services: &str) -> Result<Checked, Findings> {
    let json = FOUR.replacen(
        r#""revision""#,
        &format!(r#""services": {services}, "revision""#),
        1,
    );
    check_with(&json, &catalog(), Date::from_iso("2026-06-01").unwrap())
}

/// What is found, each as `line:column path: problem`.
fn lines(findings: &Findings) -> Vec<String> {
    let line =
        |f: &doui_shop::Finding| format!("{}:{} {}: {}", f.line, f.column, f.path, f.problem);
    findings.into_iter().map(line).collect()
}

#[test]
fn an_id_is_enough() {
    let Checked { shop, notes } = with(r#"[{ "id": "counter" }]"#).unwrap();
    let service = &shop.services[0];
    assert_eq!(service, catalog().get("counter").unwrap());
    assert_eq!(service.purpose, "traffic");
    assert!(service.names(Place::Cookies).eq(["_c", "_c_*"]));
    let unknown: Vec<_> = notes.unknown.iter().map(|note| &*note.path).collect();
    assert_eq!(
        unknown,
        [
            "services[0].recipient_country",
            "services[0].storage_location",
            "services[0].sends",
            "services[0].recipient_use",
            "services[0].retention",
            "services[0].opt_out",
            "services[0].policy",
            "services[0].cookies[1].days",
        ]
    );
    assert_eq!((notes.unknown[0].line, notes.unknown[0].column), (4, 16));
}

#[test]
fn a_shop_is_asked_to_word_what_a_recipients_terms_oblige_it_to_say() {
    let asked = |service: &str| {
        let checked = with(&format!("[{service}]")).unwrap();
        let said = checked.shop.services[0].statement.clone().unwrap();
        let paths = checked.notes.statements.into_iter().map(|note| note.path);
        (
            said.value.get("en", "ja").to_owned(),
            paths.collect::<Vec<_>>(),
        )
    };
    let (said, paths) = asked(r#"{ "id": "counter" }"#);
    assert_eq!(
        (&*said, &paths[..]),
        (
            "You are counted.",
            &["services[0].statement".to_owned()][..]
        )
    );
    let (said, paths) = asked(
        r#"{ "id": "counter", "statement": { "value": { "ja": "あ", "en": "We count you." }, "source": "Our tag", "checked": "2026-01-05" } }"#,
    );
    assert_eq!((&*said, paths.len()), ("We count you.", 0));
}

#[test]
fn what_a_shop_says_itself_it_does_not_take() {
    let services = r#"[
    { "id": "own", "purpose": "ads", "label": { "ja": "自社", "en": "Our own" } },
    { "id": "counter", "purpose": "ads", "choosable": true, "cookies": [] }
  ]"#;
    let shop = with(services).unwrap().shop;
    let known = catalog();
    let known = known.get("counter").unwrap();
    let (own, counter) = (&shop.services[0], &shop.services[1]);
    assert!(own.recipient.is_none() && own.storage.is_empty());
    assert_eq!(counter.purpose, "ads");
    assert!(counter.choosable && counter.cookies.is_empty());
    assert_eq!(counter.label, known.label);
    assert_eq!(counter.storage, known.storage);
    assert_eq!(counter.recipient, known.recipient);
}

#[test]
fn the_rules_are_told_names_and_no_facts() {
    let shop = with(r#"[{ "id": "counter" }]"#).unwrap().shop;
    let terms = serde_json::to_value(&shop.terms().services[0]).unwrap();
    let expected = serde_json::json!({
        "id": "counter",
        "purpose": "traffic",
        "cookies": ["_c", "_c_*"],
        "storage": ["c"],
    });
    assert_eq!(terms, expected);
}

#[test]
fn what_the_catalogue_says_must_fit_the_shop() {
    let json = FOUR
        .replacen(
            r#""revision""#,
            r#""services": [{ "id": "counter" }, { "id": "unknown", "label": {} }], "revision""#,
            1,
        )
        .replacen(r#""id": "traffic""#, r#""id": "counting""#, 1)
        .replace(r#""en":"#, r#""ko":"#)
        .replacen(r#"["ja", "en"]"#, r#"["ja", "ko"]"#, 1);
    let findings =
        check_with(&json, &catalog(), Date::from_iso("2026-06-01").unwrap()).unwrap_err();
    assert_eq!(
        lines(&findings),
        [
            "4:16 services[0].purpose: the catalogue says `traffic`, which is no purpose of the shop",
            "4:16 services[0].statement: the catalogue has no text in `ko`",
            "4:16 services[0].label: the catalogue has no text in `ko`",
            "4:37 services[1].purpose: the key `purpose` is missing",
            "4:65 services[1].label.ja: the text in `ja` is missing",
            "4:65 services[1].label.ko: the text in `ko` is missing",
        ]
    );
}

#[test]
fn a_further_language_that_the_catalogue_lacks_is_noted() {
    let json = FOUR.replacen(
        r#""revision""#,
        r#""more_languages": ["vi"], "services": [{ "id": "counter" }], "revision""#,
        1,
    );
    let checked = check_with(&json, &catalog(), Date::from_iso("2026-06-01").unwrap()).unwrap();
    let missing = checked.notes.missing.iter();
    let of_service: Vec<_> = missing
        .filter(|note| note.path.starts_with("services"))
        .collect();
    assert_eq!(of_service.len(), 1, "{of_service:?}");
    assert_eq!(of_service[0].path, "services[0].label.vi");
}

#[test]
fn a_file_of_the_catalogue_gives_the_source_and_date_of_all_it_says() {
    let broken = |from: &str, to: &str| {
        assert!(COUNTER.contains(from), "{from} is not in the file");
        let json = COUNTER.replacen(from, to, 1);
        lines(&Catalog::default().add("counter", &json).unwrap_err())
    };
    for (from, to, expected) in [
        (
            r#""source": "https://c.example/about","#,
            "",
            "10:16 recipient.source: the key `source` is missing",
        ),
        (
            r#"https://c.example/about"#,
            "their salesman",
            "12:15 recipient.source: `their salesman` is no absolute address",
        ),
        (
            r#""source": "https://c.example/", "checked": "2026-01-03""#,
            r#""source": "https://c.example/""#,
            "15:12 hosts.checked: the key `checked` is missing",
        ),
        (
            r#"{ "name": "_c", "days": 30, "source": "https://c.example/cookies", "checked": "2026-01-02" }"#,
            r#""_c""#,
            "6:5 cookies[0]: a string does not belong here",
        ),
        (
            r#", "checked": "2026-01-02" }]"#,
            " }]",
            "9:15 storage[0].checked: the key `checked` is missing",
        ),
        (
            r#""recipient": {
    "value": { "ja": "カウンター株式会社", "en": "Counter, Inc.", "ko": "카운터" },
    "source": "https://c.example/about",
    "checked": "2026-01-01"
  }"#,
            r#""recipient": "shop""#,
            "10:16 recipient: a string does not belong here",
        ),
        (
            r#", "en": "Counter""#,
            "",
            "4:12 label.en: the text in `en` is missing",
        ),
        (
            r#""purpose": "traffic","#,
            r#""purpose": "traffic", "choosable": true,"#,
            "3:25 choosable: unknown key",
        ),
        (
            r#""id": "counter""#,
            r#""id": "count""#,
            "2:9 id: `count` is not the name of the file",
        ),
    ] {
        assert_eq!(broken(from, to), [expected], "{from} → {to}");
    }
}

#[test]
fn a_service_counts_what_is_known_of_it() {
    let catalog = catalog();
    let counter = catalog.services().next().unwrap();
    let facts = counter.facts();
    let known: Vec<_> = facts.iter().filter(|(_, is_known)| *is_known).collect();
    assert_eq!(facts.len(), 10);
    assert_eq!(
        known,
        [
            &("recipient".to_owned(), true),
            &("cookies[0].days".to_owned(), true)
        ]
    );
    let dates = counter.dates();
    let oldest = dates.iter().map(|(_, date)| *date).min();
    assert_eq!(oldest, Date::from_iso("2025-12-31"));
    assert!(dates.contains(&(
        "statement".to_owned(),
        Date::from_iso("2025-12-31").unwrap()
    )));
}
