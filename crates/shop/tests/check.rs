//! The checks of a shop file: each rule at least once, and many faults at once.

use doui_core::Date;
use doui_shop::{Catalog, check, check_with};

const FOUR: &str = include_str!("../../../tests/shops/four.json");

/// The shop of four purposes with one text in it replaced, where it first stands.
fn changed(from: &str, to: &str) -> String {
    assert!(FOUR.contains(from), "{from} is not in the file");
    FOUR.replacen(from, to, 1)
}

/// What the check finds, each as `line:column path: problem`.
fn findings(json: &str) -> Vec<String> {
    let Err(findings) = check(json) else {
        return Vec::new();
    };
    assert!(!findings.as_slice().is_empty());
    findings
        .into_iter()
        .map(|f| {
            assert!(!f.remedy.is_empty(), "{f} comes without a remedy");
            format!("{}:{} {}: {}", f.line, f.column, f.path, f.problem)
        })
        .collect()
}

#[test]
fn the_shops_of_the_vectors_pass() {
    for (name, json) in [
        ("four", FOUR),
        ("revised", include_str!("../../../tests/shops/revised.json")),
        ("optout", include_str!("../../../tests/shops/optout.json")),
        ("custom", include_str!("../../../tests/shops/custom.json")),
    ] {
        assert!(findings(json).is_empty(), "{name}: {:?}", findings(json));
    }
}

/// The key before which others are put.
const REVISION: &str = r#""revision""#;

/// What is replaced in the shop of four purposes, by what, and what the check then finds.
#[rustfmt::skip]
const FAULTS: &[(&str, &str, &[&str])] = &[
    // Not JSON.
    (r#"["ja", "en"]"#, r#"["ja", "en",]"#, &["3:27 : not JSON: trailing commas are not allowed"]),
    (r#"["ja", "en"],"#, r#"["ja", "en"]"#, &["3:28 : not JSON: expected comma"]),
    (r#"["ja", "en"]"#, r#"["ja" "en"]"#, &["3:21 : not JSON: expected comma"]),
    ("{\n", "{ // a shop\n", &["1:3 : not JSON: comments are not allowed"]),
    (r#""gpc": false"#, "gpc: false", &["14:7 : not JSON: expected string for object property"]),
    (r#""gpc": false"#, "'gpc': false", &["14:7 : not JSON: single-quoted strings are not allowed"]),
    (r#""gpc": false"#, r#""gpc": .5"#, &["14:14 : not JSON: leading or trailing decimal points on numbers are not allowed"]),
    ("four purposes\"", "four purposes", &[r"2:63 : not JSON: control character (\u0000-\u001F) found while parsing a string"]),
    ("目的の店", r"\ud800", &["2:23 : not JSON: invalid unicode escape sequence. 'd800 (unpaired high surrogate)' is not a valid UTF8 character"]),
    // Keys.
    (r#""name""#, r#""nmae""#, &["1:1 name: the key `name` is missing", "2:3 nmae: unknown key"]),
    ("  \"revision\": \"2023-12-01\",\n", "", &["1:1 revision: the key `revision` is missing"]),
    (r#""id": "ads","#, "", &["19:5 purposes[1].id: the key `id` is missing"]),
    (r#""gpc": false"#, r#""gpc": false, "gpc": true"#, &["14:21 purposes[0].gpc: the key `gpc` is there twice"]),
    (r#""en": "Login""#, r#""en": "Login", "en": "Log in""#, &["15:47 purposes[0].label.en: the key `en` is there twice"]),
    (r#""gpc": false"#, r#""\n": 0, "gpc": false"#, &[r"14:7 purposes[0].\n: unknown key"]),
    // Types.
    (r#""gpc": false"#, r#""gpc": "false""#, &["14:14 purposes[0].gpc: a string does not belong here"]),
    (r#"["ja", "en"]"#, r#""ja""#, &["3:16 languages: a string does not belong here"]),
    (r#"["ja", "en"]"#, r#"["ja", "en", 5]"#, &["3:29 languages[2]: a number does not belong here"]),
    (r#""en": "Login""#, r#""en": null"#, &["15:38 purposes[0].label.en: null does not belong here"]),
    (r#""id": "auth""#, r#""id": ["auth"]"#, &["12:13 purposes[0].id: a list does not belong here"]),
    (r#""id": "auth""#, r#""id": {}"#, &["12:13 purposes[0].id: an object does not belong here"]),
    (r#""revision": "2023-12-01""#, r#""revision": true"#, &["4:15 revision: true or false does not belong here"]),
    // Languages and texts.
    (r#"["ja", "en"]"#, "[]", &["3:16 languages: there is no language"]),
    (r#"["ja", "en"]"#, r#"["ja", "en", "en"]"#, &["3:29 languages[2]: `en` is already languages[1]"]),
    (r#", "en": "Login""#, "", &["15:16 purposes[0].label.en: the text in `en` is missing"]),
    (r#""en": "Login""#, r#""en": "Login", "fr": "Connexion""#, &["15:47 purposes[0].label.fr: `fr` is none of the shop's languages"]),
    (r#""en": "Login""#, "\"en\": \"\u{3000} \"", &["15:38 purposes[0].label.en: the text is blank"]),
    (r#""en": "Login""#, r#""en": """#, &["15:38 purposes[0].label.en: the text is blank"]),
    (r#""en": "Login""#, r#""en": "Log\nin""#, &["15:38 purposes[0].label.en: U+000A, character 4 of it, is a line break"]),
    (r#""en": "Login""#, r#""en": "Log\u0000in""#, &["15:38 purposes[0].label.en: U+0000, character 4 of it, is a control character"]),
    (r#""en": "Login""#, r#""en": "Log\u0085in""#, &["15:38 purposes[0].label.en: U+0085, character 4 of it, is a control character"]),
    (r#""en": "Login""#, "\"en\": \"Log\u{FEFF}in\"", &["15:38 purposes[0].label.en: U+FEFF, character 4 of it, is a byte order mark"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "use_here": { "ja": "あ\nい\t", "en": "A\r\n" }, "storage": ["a\u0007"] }], "revision""#, &["4:118 services[0].use_here.en: U+000D, character 2 of it, is a carriage return", "4:141 services[0].storage[0]: U+0007, character 2 of it, is a control character"]),
    // Purposes.
    (r#""id": "ads""#, r#""id": "Ads""#, &["20:13 purposes[1].id: `Ads` is no id"]),
    (r#""id": "ads""#, r#""id": "an-id-of-25-characters-xy""#, &["20:13 purposes[1].id: `an-id-of-25-characters-xy` is no id"]),
    (r#""id": "ads""#, r#""id": "necessary""#, &["20:13 purposes[1].id: the id `necessary` is reserved"]),
    (r#""id": "ads""#, r#""id": "gpc""#, &["20:13 purposes[1].id: the id `gpc` is reserved"]),
    (r#""id": "ads""#, r#""id": "auth""#, &["20:13 purposes[1].id: `auth` is already purposes[0].id"]),
    (r#""id": "ads""#, r#""id": "auth1""#, &["20:13 purposes[1].id: `auth1` begins like a choice of `auth`"]),
    (r#""gpc": false"#, r#""before": "allowed""#, &["14:17 purposes[0].before: `allowed` means nothing here"]),
    // Dates and days.
    (r#""revision": "2023-12-01""#, r#""revision": "2023-13-01""#, &["4:15 revision: `2023-13-01` is no date"]),
    (r#""revision": "2023-12-01""#, r#""revision": "20231201""#, &["4:15 revision: `20231201` is no date"]),
    (r#""revised": "2023-12-01""#, r#""revised": "2023-02-29""#, &["13:18 purposes[0].revised: `2023-02-29` is no date"]),
    (r#""revised": "2023-12-01""#, r#""revised": "2023-12-02""#, &["13:18 purposes[0].revised: 2023-12-02 is later than the shop's revision, 2023-12-01"]),
    (r#""revision""#, r#""valid_days": 0, "revision""#, &["4:17 valid_days: 0 is out of range"]),
    (r#""revision""#, r#""valid_days": 401, "revision""#, &["4:17 valid_days: 401 is out of range"]),
    (r#""revision""#, r#""valid_days": -1, "revision""#, &["4:17 valid_days: -1 is out of range"]),
    (r#""revision""#, r#""valid_days": 180.5, "revision""#, &["4:17 valid_days: 180.5 is out of range"]),
    (r#""revision""#, r#""valid_days": 1e2, "revision""#, &["4:17 valid_days: 1e2 is out of range"]),
    // Services, with what they leave.
    (REVISION, r#""services": [{ "id": "a", "purpose": "adz", "label": { "ja": "あ", "en": "A" } }], "revision""#, &["4:40 services[0].purpose: `adz` is no purpose of the shop"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": ["*"] }], "revision""#, &["4:94 services[0].cookies[0]: `*` stands for everything"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": ["do*"] }], "revision""#, &["4:94 services[0].cookies[0]: `do*` stands for the visitor's own decision"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "storage": ["doui"] }], "revision""#, &["4:94 services[0].storage[0]: `doui` stands for the visitor's own decision"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "storage": [{ "name": "d*" }] }], "revision""#, &["4:104 services[0].storage[0].name: `d*` stands for the visitor's own decision"]),
    (REVISION, r#""cookie": { "name": "own" }, "services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": ["doui", "ow*"] }], "revision""#, &["4:131 services[0].cookies[1]: `ow*` stands for the visitor's own decision"]),
    (REVISION, r#""cookie": { "name": "Own" }, "revision""#, &["4:23 cookie.name: `Own` is no name for the cookie"]),
    (REVISION, r#""cookie": { "name": "" }, "revision""#, &["4:23 cookie.name: `` is no name for the cookie"]),
    (REVISION, r#""cookie": { "name": "doui=a" }, "revision""#, &["4:23 cookie.name: `doui=a` is no name for the cookie"]),
    (REVISION, r#""cookie": { "name": "a23456789012345678901234567890123" }, "revision""#, &["4:23 cookie.name: `a23456789012345678901234567890123` is no name for the cookie"]),
    (REVISION, r#""cookie": { "name": "doui-probe" }, "revision""#, &["4:23 cookie.name: the name `doui-probe` is taken"]),
    (REVISION, r#""cookie": { "name": 7 }, "revision""#, &["4:23 cookie.name: a number does not belong here"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": ["a=1"] }], "revision""#, &["4:94 services[0].cookies[0]: `a=1` is no cookie's name"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" } }, { "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" } }], "revision""#, &["4:92 services[1].id: `a` is already services[0].id"]),
    (REVISION, r#""services": {}, "revision""#, &["4:15 services: an object does not belong here"]),
    // Signals and what they are drawn from.
    (r#""gpc": false"#, r#""consent_types": ["ad_storag"], "gpc": false"#, &["14:25 purposes[0].consent_types[0]: `ad_storag` means nothing here"]),
    (r#""gpc": false"#, r#""consent_types": ["security_storage"], "gpc": false"#, &["14:25 purposes[0].consent_types[0]: `security_storage` means nothing here"]),
    (REVISION, r#""signals": { "gogle": {} }, "revision""#, &["4:16 signals.gogle: unknown key"]),
    (REVISION, r#""signals": { "google": true }, "revision""#, &["4:26 signals.google: true or false does not belong here"]),
    (REVISION, r#""signals": { "google": { "wait_for_update": 10001 } }, "revision""#, &["4:47 signals.google.wait_for_update: 10001 is out of range"]),
    (REVISION, r#""signals": { "google": { "regions": [{ "region": ["Japan"], "granted": [] }] } }, "revision""#, &["4:53 signals.google.regions[0].region[0]: `Japan` is no region"]),
    (REVISION, r#""signals": { "google": { "regions": [{ "region": ["JP-13"], "granted": ["ad"] }] } }, "revision""#, &["4:75 signals.google.regions[0].granted[0]: `ad` is no purpose of the shop"]),
    (REVISION, r#""placeholders": 1, "revision""#, &["4:19 placeholders: a number does not belong here"]),
    (REVISION, r#""on_withdraw": "leave", "revision""#, &["4:18 on_withdraw: `leave` means nothing here"]),
    (REVISION, r#""cookie": { "renewed_by_server": "no" }, "revision""#, &["4:36 cookie.renewed_by_server: a string does not belong here"]),
    (REVISION, r#""services": [{ "id": "a" }], "revision""#, &["4:16 services[0].purpose: the key `purpose` is missing", "4:16 services[0].label: the key `label` is missing"]),
    (REVISION, r#""services": [{ "id": "ads", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "choosable": true }], "revision""#, &["4:24 services[0].id: `ads` is already purposes[1].id"]),
    (REVISION, r#""services": [{ "id": "gpc", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "choosable": true }], "revision""#, &["4:24 services[0].id: the id `gpc` is reserved"]),
    (REVISION, r#""services": [{ "id": "ads1", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "choosable": true }], "revision""#, &["4:24 services[0].id: `ads1` begins like a choice of `ads`"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": [{ "nome": "_a", "days": 10000 }] }], "revision""#, &["4:94 services[0].cookies[0].name: the key `name` is missing", "4:96 services[0].cookies[0].nome: unknown key", "4:118 services[0].cookies[0].days: 10000 is out of range"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": [{ "name": "_a", "days": 1.5, "source": "http://a.example/", "checked": "today" }] }], "revision""#, &["4:118 services[0].cookies[0].days: 1.5 is out of range", "4:133 services[0].cookies[0].source: `http://a.example/` is not https", "4:165 services[0].cookies[0].checked: `today` is no date"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "policy": { "value": "http://a.example/" } }], "revision""#, &["4:92 services[0].policy.source: the key `source` is missing", "4:92 services[0].policy.checked: the key `checked` is missing", "4:103 services[0].policy.value: `http://a.example/` is not https"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "recipient_country": { "value": { "ja": "日本" }, "source": " ", "checked": "2023-12-01" } }], "revision""#, &["4:114 services[0].recipient_country.value.en: the text in `en` is missing", "4:140 services[0].recipient_country.source: the text is blank"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "recipient": "shops" }], "revision""#, &["4:95 services[0].recipient: `shops` means nothing here"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "hosts": { "value": ["https://a.example", "*"], "source": "our own", "checked": "2023-12-01" } }], "revision""#, &["4:103 services[0].hosts.value[0]: `https://a.example` is no host name", "4:124 services[0].hosts.value[1]: `*` is no host name"]),
    (REVISION, r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "sends": "everything" }], "revision""#, &["4:91 services[0].sends: a string does not belong here"]),
    // Further languages, and the operator's own words.
    (REVISION, r#""more_languages": ["zh", "ja"], "revision""#, &["4:28 more_languages[1]: `ja` is already languages[0]"]),
    (REVISION, r#""more_languages": ["Chinese"], "revision""#, &["4:22 more_languages[0]: `Chinese` is no language tag"]),
    (REVISION, r#""texts": { "fr": { "save": "Enregistrer" } }, "revision""#, &["4:14 texts.fr: `fr` is none of the shop's languages"]),
    (REVISION, r#""texts": { "en": { "sav": "Save", "close": "" } }, "revision""#, &["4:22 texts.en.sav: unknown key", "4:46 texts.en.close: the text is blank"]),
    (REVISION, r#""texts": { "en": "Save" }, "revision""#, &["4:20 texts.en: a string does not belong here"]),
    // The way back, and the counts: a corner or nothing, and never another origin.
    (REVISION, r#""button": "left", "revision""#, &["4:13 button: `left` means nothing here"]),
    (REVISION, r#""button": true, "revision""#, &["4:13 button: `true` means nothing here"]),
    (REVISION, r#""report": { "gpc": true }, "revision""#, &["4:13 report.url: the key `url` is missing"]),
    (REVISION, r#""report": "/n", "revision""#, &["4:13 report: a string does not belong here"]),
    (REVISION, r#""report": { "url": "https://shop.example/n" }, "revision""#, &["4:22 report.url: `https://shop.example/n` is on another origin, or names one"]),
    (REVISION, r#""report": { "url": "//n.example/n" }, "revision""#, &["4:22 report.url: `//n.example/n` is on another origin, or names one"]),
    (REVISION, r#""report": { "url": "/\\n.example" }, "revision""#, &["4:22 report.url: `/\\\\n.example` is no path of the shop's own origin"]),
    (REVISION, r#""report": { "url": "n" }, "revision""#, &["4:22 report.url: `n` is no path of the shop's own origin"]),
    (REVISION, r#""report": { "url": "/n?a=1" }, "revision""#, &["4:22 report.url: `/n?a=1` is no path of the shop's own origin"]),
    (REVISION, r#""report": { "url": "/a/../n" }, "revision""#, &["4:22 report.url: `/a/../n` is no path of the shop's own origin"]),
    // The theme.
    (REVISION, r#""theme": { "radius": 33, "position": "left", "scheme": "black" }, "revision""#, &["4:24 theme.radius: 33 is out of range", "4:40 theme.position: `left` means nothing here", "4:58 theme.scheme: `black` means nothing here"]),
    (REVISION, r##""theme": { "accent": { "light": "red", "dark": "#fff" } }, "revision""##, &["4:35 theme.accent.light: `red` is no colour", "4:50 theme.accent.dark: `#fff` is no colour"]),
    (REVISION, r##""theme": { "accent": { "light": "#000000" } }, "revision""##, &["4:24 theme.accent.dark: the key `dark` is missing"]),
    (REVISION, r#""theme": { "font": "Arial;}*{display:none" }, "revision""#, &["4:22 theme.font: `Arial;}*{display:none` is no list of fonts"]),
    (REVISION, r#""theme": { "font": "Arial, , serif" }, "revision""#, &["4:22 theme.font: `Arial, , serif` is no list of fonts"]),
    // Revisions.
    (REVISION, r#""revisions": [{ "date": "2023-12-01" }], "revision""#, &["4:17 revisions[0].note: the key `note` is missing"]),
    (REVISION, r#""revisions": [{ "date": "2023-11-01", "note": { "ja": "あ", "en": "A" } }], "revision""#, &["4:27 revisions[0].date: the newest revision is of 2023-11-01, and `revision` says 2023-12-01"]),
    (REVISION, r#""revisions": [{ "date": "2023-12-01", "note": { "ja": "あ", "en": "A" } }, { "date": "2023-12-01", "note": { "ja": "い", "en": "B" } }], "revision""#, &["4:87 revisions[1].date: 2023-12-01 is not before 2023-12-01, the revision above it"]),
    // Opt-outs.
    (REVISION, r#""opt_outs": [{ "id": "a", "operator": { "ja": "あ", "en": "A" }, "label": { "ja": "あ", "en": "A" }, "url": "https://a.example/", "stops": "use", "why": 1, "needs": ["japanese"] }], "revision""#, &["4:154 opt_outs[0].why: a number does not belong here", "4:167 opt_outs[0].needs[0]: `japanese` means nothing here"]),
    // Contact.
    ("https://shop.example/policy", "http://shop.example/policy", &["8:15 contact.policy: `http://shop.example/policy` is not https"]),
    (r#""policy": "https://shop.example/policy""#, r#""phone": " ""#, &["8:14 contact.phone: the text is blank"]),
    (",\n    \"policy\": \"https://shop.example/policy\"", "", &["5:14 contact: there is no way to reach the shop"]),
];

#[test]
fn each_fault_is_found_where_it_is() {
    for (from, to, expected) in FAULTS {
        assert_eq!(findings(&changed(from, to)), *expected, "{from} → {to}");
    }
}

#[test]
fn at_its_limits_a_shop_passes() {
    for (from, to) in [
        (r#""revision""#, r#""valid_days": 1, "revision""#),
        (r#""revision""#, r#""valid_days": 400, "revision""#),
        (r#""id": "ads""#, r#""id": "an-id-of-24-characters-x""#),
        (r#""gpc": false,"#, ""),
        (
            r#""policy": "https://shop.example/policy""#,
            r#""phone": "0120-39-0202""#,
        ),
        (r#""necessary""#, r#""opt_outs": [], "necessary""#),
        (r#""revision""#, r#""cookie": {}, "revision""#),
        (
            REVISION,
            r#""services": [], "signals": {}, "on_withdraw": "offer", "revision""#,
        ),
        (
            REVISION,
            r#""signals": { "google": { "wait_for_update": 0, "regions": [{ "region": ["JP", "US-CA"], "granted": ["ads"] }] } }, "revision""#,
        ),
        (
            REVISION,
            r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": ["__Host-a", "_ga_*"], "storage": ["a b"] }], "revision""#,
        ),
        (r#""gpc": false"#, r#""consent_types": [], "gpc": false"#),
        (
            "{",
            r#"{ "$schema": "https://shop.example/doui/shop.schema.json","#,
        ),
        (
            REVISION,
            r##""theme": { "accent": { "light": "#767676", "dark": "#93D7BD" }, "radius": 32, "font": "\"Noto Sans JP\", system-ui, '游ゴシック'", "position": "bottom-end", "scheme": "dark" }, "revision""##,
        ),
        (
            REVISION,
            r#""button": false, "report": { "url": "/a/n" }, "revision""#,
        ),
        (
            REVISION,
            r#""more_languages": [], "texts": { "en": {} }, "revisions": [], "theme": {}, "revision""#,
        ),
        (
            REVISION,
            r#""services": [{ "id": "ads", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "hosts": { "value": ["a.example", "*.a.example"], "source": "From our contract", "checked": "2023-12-01" }, "cookies": ["_a", { "name": "_b", "days": 0 }, { "name": "_c*", "days": 9999 }] }], "revision""#,
        ),
    ] {
        assert!(findings(&changed(from, to)).is_empty(), "{from} → {to}");
    }
}

#[test]
fn many_faults_are_found_at_once_in_file_order() {
    let json = r#"{
  "name": { "ja": "店" },
  "languages": ["ja", "en"],
  "revision": "2023-12-01",
  "valid_days": "180",
  "cookie": { "domain": "co.jp", "path": "/" },
  "contact": { "operator": { "ja": "店", "en": "Shop" } },
  "purposes": [
    { "id": "ads", "revised": "2024-01-01", "label": {} },
    { "id": "ads", "revised": "soon", "gpc": 1 },
    { "id": "film" },
    "movies"
  ],
  "opt_outs": [{
    "id": "google",
    "operator": { "ja": "Google", "en": "Google" },
    "label": { "ja": "広告", "en": "Ads" },
    "url": "http://example.com/",
    "policy_url": "http://example.com/",
    "stops": "both"
  }]
}"#;
    assert_eq!(
        findings(json),
        [
            "2:11 name.en: the text in `en` is missing",
            "5:17 valid_days: a string does not belong here",
            "6:25 cookie.domain: `co.jp` is a public suffix, which many owners share",
            "6:34 cookie.path: unknown key",
            "7:14 contact: there is no way to reach the shop",
            "9:31 purposes[0].revised: 2024-01-01 is later than the shop's revision, 2023-12-01",
            "9:54 purposes[0].label.ja: the text in `ja` is missing",
            "9:54 purposes[0].label.en: the text in `en` is missing",
            "10:13 purposes[1].id: `ads` is already purposes[0].id",
            "10:31 purposes[1].revised: `soon` is no date",
            "10:46 purposes[1].gpc: a number does not belong here",
            "11:5 purposes[2].label: the key `label` is missing",
            "11:5 purposes[2].summary: the key `summary` is missing",
            "11:5 purposes[2].detail: the key `detail` is missing",
            "12:5 purposes[3]: `movies` is no purpose that Doui has texts for",
            "18:12 opt_outs[0].url: `http://example.com/` is not https",
            "20:14 opt_outs[0].stops: `both` means nothing here",
        ]
    );
}

#[test]
fn a_fault_of_json_does_not_hide_the_others() {
    let json = changed("four purposes", "four\npurposes").replace("\"ads\"", "\"Ads\"");
    assert_eq!(
        findings(&json),
        [
            "2:36 name.en: U+000A, character 15 of it, is a line break",
            r"2:51 : not JSON: control character (\u0000-\u001F) found while parsing a string",
            "21:13 purposes[1].id: `Ads` is no id",
        ]
    );
}

#[test]
fn a_file_that_is_nothing_is_one_finding() {
    assert_eq!(findings(""), ["1:1 : not JSON: EOF while parsing a value"]);
    assert_eq!(findings("[]"), ["1:1 : a list does not belong here"]);
    assert_eq!(findings(&"[".repeat(100_000)).len(), 1);
}

#[test]
fn a_cookies_domain_is_a_bare_host_below_a_public_suffix() {
    let with = |domain: &str| {
        changed(
            r#""revision""#,
            &format!(r#""cookie": {{ "domain": "{domain}" }}, "revision""#),
        )
    };
    for domain in [
        "example.co.jp",
        "shop.example.co.jp",
        "netoff.test",
        "xn--fiq228c.jp",
    ] {
        assert!(findings(&with(domain)).is_empty(), "{domain}");
    }
    for (domain, problem) in [
        ("", "the domain is empty"),
        (
            "co.jp",
            "`co.jp` is a public suffix, which many owners share",
        ),
        ("jp", "`jp` is a public suffix, which many owners share"),
        (
            "github.io",
            "`github.io` is a public suffix, which many owners share",
        ),
        (
            "aichi.jp",
            "`aichi.jp` is a public suffix, which many owners share",
        ),
        (
            "localhost",
            "`localhost` is a public suffix, which many owners share",
        ),
        ("127.0.0.1", "`127.0.0.1` is an IP address"),
        ("[::1]", "`[::1]` is an IP address"),
        (
            "https://example.co.jp",
            "`https://example.co.jp` has a scheme",
        ),
        ("example.co.jp:443", "`example.co.jp:443` has a port"),
        ("example.co.jp/shop", "`example.co.jp/shop` has a path"),
        ("*.example.co.jp", "`*.example.co.jp` has a wildcard"),
        (".example.co.jp", "`.example.co.jp` begins with a dot"),
        ("Example.co.jp", "`Example.co.jp` has upper case"),
        ("example.co.jp.", "`example.co.jp.` is no host name"),
        ("exa mple.co.jp", "`exa mple.co.jp` is no host name"),
        ("-example.co.jp", "`-example.co.jp` is no host name"),
        ("例.jp", "`例.jp` is no host name"),
    ] {
        assert_eq!(
            findings(&with(domain)),
            [format!("4:25 cookie.domain: {problem}")],
            "{domain}"
        );
    }
}

#[test]
fn a_link_is_absolute() {
    for address in [
        "",
        "/policy",
        "//shop.example/policy",
        "shop.example/policy",
        "https:",
        "https:///policy",
        "https://shop.example/a policy",
        "javascript:alert(1)",
    ] {
        assert_eq!(
            findings(&changed("https://shop.example/policy", address)),
            [format!(
                "8:15 contact.policy: `{address}` is no absolute address"
            )],
        );
    }
}

#[test]
fn a_language_is_a_tag() {
    let with = |tag: &str| findings(&FOUR.replace("\"en\"", &format!("\"{tag}\"")));
    for tag in ["en", "fil", "en-GB", "zh-Hant", "zh-Hant-TW"] {
        assert!(with(tag).is_empty(), "{tag}");
    }
    for tag in ["e", "EN", "engl", "en_GB", "en-", "en-toolongsub", "英"] {
        let expected = format!("3:23 languages[1]: `{tag}` is no language tag");
        assert_eq!(with(tag), [expected]);
    }
}

#[test]
fn the_purposes_fit_a_cookie() {
    let purpose = |id: &str| {
        format!(
            r#"{{ "id": "{id}", "revised": "2023-12-01", "label": {{}}, "summary": {{}}, "detail": {{}} }}"#
        )
    };
    // `doui` 4, `1.20231201.99999999999` 22 and `.gpc` 4 bytes leave 4066: 156 ids of 24 bytes with
    // a dot and a flag are 4056, and an id of 8 fills it up to the last byte.
    let shop = |last: &str| {
        let long = (0..156).map(|n| purpose(&format!("purpose-number-{n:09}")));
        let purposes: Vec<_> = long.chain([purpose(last)]).collect();
        format!(r#"{{ "purposes": [{}] }}"#, purposes.join(","))
    };
    let about_bytes = |last: &str| {
        let mut found = findings(&shop(last));
        found.retain(|finding| finding.contains("bytes of cookie"));
        found
    };
    assert!(about_bytes("lastpurp").is_empty());
    assert_eq!(
        about_bytes("lastpurpo"),
        [
            "1:15 purposes: a decision on all of them takes 4097 bytes of cookie, and browsers keep 4096"
        ]
    );
}

#[test]
fn services_to_choose_take_bytes_of_the_cookie_too() {
    let services = |choosable: bool| {
        let one = |n| {
            format!(
                r#"{{ "id": "service-number-{n:09}", "purpose": "ads", "label": {{ "ja": "あ", "en": "A" }}, "choosable": {choosable} }}"#
            )
        };
        let all: Vec<_> = (0..160).map(one).collect();
        changed(
            REVISION,
            &format!(r#""services": [{}], "revision""#, all.join(",")),
        )
    };
    assert_eq!(findings(&services(false)), [""; 0]);
    assert_eq!(
        findings(&services(true)),
        [
            "10:15 purposes: a decision on all of them takes 4221 bytes of cookie, and browsers keep 4096"
        ]
    );
}

#[test]
fn a_finding_reads_as_one_line() {
    let findings = check(&changed(r#""id": "ads""#, r#""id": "Ads""#)).unwrap_err();
    assert_eq!(
        findings.in_file("demo/shop.json"),
        "demo/shop.json:20:13: purposes[1].id: `Ads` is no id. Write a lowercase letter, then at \
         most 23 lowercase letters, digits and hyphens: [a-z][a-z0-9-]{0,23}."
    );
}

/// Found by the fuzzer: a remedy listed the ids of the purposes as the file has them, with control characters in them.
#[test]
fn an_id_that_is_none_was_suggested() {
    let service = r#""services": [{ "id": "a", "purpose": "adz", "label": { "ja": "あ", "en": "A" } }], "revision""#;
    let json = changed(REVISION, service);
    let remedies = |json: &str| -> Vec<String> {
        let findings = check(json).unwrap_err();
        let of_service = findings
            .into_iter()
            .filter(|f| f.path.starts_with("services"));
        of_service.map(|f| f.remedy.clone()).collect()
    };
    let broken = json.replace(r#""id": "auth""#, r#""id": "\u0014""#);
    assert_eq!(
        remedies(&json),
        ["Write one of auth, ads, traffic, affiliate"]
    );
    assert_eq!(remedies(&broken), ["Write one of ads, traffic, affiliate"]);
    let none = json.replace(r#""purposes": ["#, r#""purposes": [], "more": ["#);
    assert_eq!(
        remedies(&none),
        ["Write the id of a purpose, once there is one"]
    );
}

/// `check_with` on this day, without a catalogue.
fn on(today: &str, json: &str) -> Result<doui_shop::Checked, doui_shop::Findings> {
    check_with(json, &Catalog::default(), Date::from_iso(today).unwrap())
}

/// The dark patterns that the check finds, each as `path: problem`, and that each names its source.
fn dark(json: &str) -> Vec<String> {
    let Err(findings) = on("2030-01-01", json) else {
        return Vec::new();
    };
    findings
        .into_iter()
        .map(|f| {
            let source = f.source.expect("a dark pattern names its source");
            assert!(
                f.to_string().ends_with(&format!(" Source: {source}")),
                "{f}"
            );
            assert!(source.contains("https://"), "{f}");
            format!("{}: {}", f.path, f.problem)
        })
        .collect()
}

#[test]
fn nothing_is_asked_before_its_time() {
    let json = changed(
        REVISION,
        r#""revisions": [{ "date": "2023-12-01", "note": { "ja": "あ", "en": "A" } }], "revision""#,
    );
    assert!(on("2023-12-01", &json).is_ok());
    let findings = on("2023-11-30", &json).unwrap_err();
    let found: Vec<_> = findings
        .into_iter()
        .map(|f| (&*f.path, f.source.is_some()))
        .collect();
    let expected = [
        "revisions[0].date",
        "revision",
        "purposes[0].revised",
        "purposes[1].revised",
        "purposes[2].revised",
        "purposes[3].revised",
    ];
    assert_eq!(found, expected.map(|path| (path, true)));
}

#[test]
fn no_source_is_from_the_future() {
    let json = changed(
        REVISION,
        r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": [{ "name": "_a", "checked": "2024-01-02" }] }], "revision""#,
    );
    assert!(on("2024-01-02", &json).is_ok());
    let findings = on("2024-01-01", &json).unwrap_err();
    assert_eq!(findings.as_slice().len(), 1);
    assert_eq!(
        findings.as_slice()[0].path,
        "services[0].cookies[0].checked"
    );
}

#[test]
fn refusing_is_worded_as_plainly_as_allowing() {
    let texts = |lang: &str, texts: &str| {
        changed(
            REVISION,
            &format!(
                r#""more_languages": ["zh", "ko", "vi", "fr"], "texts": {{ "{lang}": {{ {texts} }} }}, "revision""#
            ),
        )
    };
    for (lang, accept, reject) in [
        ("ja", "同意する", "同意しない"),
        ("ja", "すべて許可", "必要なものだけ許可"),
        ("en", "OK", "Reject all"),
        ("en", "Allow all", "Don’t allow any"),
        ("zh", "全部允许", "全部拒绝"),
        ("ko", "모두 허용", "모두 거부"),
        ("vi", "Cho phép tất cả", "Từ chối tất cả"),
        // Doui has no words of refusing to look for in French.
        ("fr", "Tout accepter", "Continuer sans accepter"),
    ] {
        let json = texts(
            lang,
            &format!(r#""accept": "{accept}", "reject": "{reject}""#),
        );
        assert_eq!(dark(&json), [""; 0], "{lang}: {accept} {reject}");
    }
    for (lang, words, expected) in [
        (
            "en",
            r#""accept": "Accept""#,
            &["texts.en.accept: `accept` is worded without `reject`"][..],
        ),
        (
            "en",
            r#""reject": "Reject""#,
            &["texts.en.reject: `reject` is worded without `accept`"],
        ),
        (
            "ja",
            r#""accept": "同意する", "reject": "あとで""#,
            &["texts.ja.reject: `あとで` does not say that it refuses"],
        ),
        (
            "en",
            r#""accept": "Don't track", "reject": "Don’t  track ""#,
            &["texts.en.reject: it says the same as `accept`"],
        ),
        (
            "en",
            r#""accept": "OK", "reject": "Refuse, and miss our offers""#,
            &[
                "texts.en.reject: it is much longer than `accept`: 27 characters, and beside 2 at most 14 are as easy to read",
            ],
        ),
        (
            "zh",
            r#""accept": "同意", "reject": "同意""#,
            &[
                "texts.zh.reject: it says the same as `accept`",
                "texts.zh.reject: `同意` does not say that it refuses",
            ],
        ),
    ] {
        assert_eq!(dark(&texts(lang, words)), expected, "{lang}: {words}");
    }
}

/// Texts that claim what is not so.
const CLAIMS: &[(&str, &str, &str)] = &[
    (
        "ja",
        "法律により、クッキーへの同意が義務付けられています。",
        "duty",
    ),
    ("ja", "お客様には同意する義務があります。", "duty"),
    (
        "ja",
        "法令に基づき、同意していただく必要があります。",
        "duty",
    ),
    (
        "ja",
        "便利な機能です。同意しないと、当サイトをご利用いただけません。",
        "cannot be used",
    ),
    ("ja", "オフにすると購入できません。", "cannot be used"),
    ("ja", "お買い物には同意が必要です。", "cannot be used"),
    (
        "ja",
        "当サイトの閲覧を続けた場合、同意したものとみなします。",
        "going on",
    ),
    (
        "ja",
        "スクロールすると、同意いただいたものといたします。",
        "going on",
    ),
    (
        "en",
        "You are legally required to accept these cookies.",
        "duty",
    ),
    ("en", "The law requires you to allow this.", "duty"),
    (
        "en",
        "If you don’t accept, you cannot use this site.",
        "cannot be used",
    ),
    ("en", "To use our shop\\nyou must accept.", ""),
    ("en", "To use our shop, you must accept.", "cannot be used"),
    (
        "en",
        "By continuing to browse, you agree to cookies.",
        "going on",
    ),
    (
        "en",
        "We take scrolling as agreement: by scrolling you consent.",
        "going on",
    ),
];

/// Texts close to those that claim nothing of the kind.
const HONEST: &[(&str, &str)] = &[
    ("ja", "同意する義務はありません。"),
    ("ja", "法律により、利用にはお客様の同意が必要です。"),
    ("ja", "法的義務に基づき、同意の記録を保存します。"),
    ("ja", "同意しない場合でも、購入できます。"),
    (
        "ja",
        "オフの場合、こうした省略や表示はご利用いただけません。",
    ),
    ("ja", "許可しないと、当サイトの動画は再生できません。"),
    ("ja", "お買い物に同意は必要ありません。"),
    ("ja", "閲覧を続けても、同意したことにはなりません。"),
    ("ja", "引き続きお楽しみいただけるよう、おすすめを選びます。"),
    ("en", "You are not required by law to accept."),
    ("en", "The law requires us to ask you."),
    ("en", "With this off, you do without both."),
    ("en", "If you refuse, you can still buy everything."),
    ("en", "To use the shop, you do not need to accept anything."),
    ("en", "To order, you must agree to the terms of sale."),
    (
        "en",
        "If you continue without choosing, we do not assume that you agree.",
    ),
];

#[test]
fn no_text_claims_what_is_not_so() {
    let with = |lang: &str, text: &str| {
        let from = match lang {
            "ja" => r#""ja": "ログイン中のお客様を見分けます。""#,
            _ => r#""en": "Recognises you while you are logged in.""#,
        };
        changed(from, &format!(r#""{lang}": "{text}""#))
    };
    for (lang, text, about) in CLAIMS {
        let found = dark(&with(lang, text));
        if about.is_empty() {
            // Two lines are two sentences.
            assert_eq!(found, [""; 0], "{text}");
            continue;
        }
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(
            found[0].starts_with(&format!("purposes[0].summary.{lang}: ")),
            "{found:?}"
        );
        assert!(found[0].contains(about), "{found:?}");
    }
    for (lang, text) in HONEST {
        assert_eq!(dark(&with(lang, text)), [""; 0], "{text}");
    }
}

#[test]
fn the_operators_own_words_claim_nothing_either() {
    let json = changed(
        REVISION,
        r#""texts": { "en": { "banner_lead": "By using our site you agree." } }, "revision""#,
    );
    assert_eq!(
        dark(&json),
        ["texts.en.banner_lead: `by using our site you agree` takes going on for consent"]
    );
    let json = changed(
        r#""summary": { "ja": "カートの中身を保ちます。", "en": "Keeps what is in your cart." }"#,
        r#""summary": { "ja": "同意は義務です。", "en": "Keeps what is in your cart." }"#,
    );
    assert_eq!(
        dark(&json),
        ["necessary.summary.ja: `同意は義務です` says that there is a duty to consent"]
    );
}

#[test]
fn an_accent_stands_out_on_its_paper() {
    let with = |light: &str, dark: &str| {
        changed(
            REVISION,
            &format!(
                r#""theme": {{ "accent": {{ "light": "{light}", "dark": "{dark}" }} }}, "revision""#
            ),
        )
    };
    // The lightest grey on white; and each accent of Doui's own.
    assert_eq!(dark(&with("#767676", "#93d7bd")), [""; 0]);
    assert_eq!(dark(&with("#1d5a49", "#ffffff")), [""; 0]);
    assert_eq!(
        dark(&with("#777777", "#1d5a49")),
        [
            "theme.accent.light: `#777777` has a contrast of 4.47:1 on light paper, #ffffff",
            "theme.accent.dark: `#1d5a49` has a contrast of 2.11:1 on dark paper, #191d1b",
        ]
    );
}

/// Notes, each as `line:column path`.
fn places(notes: &[doui_shop::Finding]) -> Vec<String> {
    let place = |f: &doui_shop::Finding| format!("{}:{} {}", f.line, f.column, f.path);
    notes.iter().map(place).collect()
}

#[test]
fn what_is_unknown_is_noted_and_no_fault() {
    let json = changed(
        REVISION,
        r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "cookies": ["_a", { "name": "_b", "days": 0 }],
      "storage_location": { "value": { "ja": "日本", "en": "Japan" }, "source": "https://a.example/", "checked": "2023-12-01" },
      "policy": { "value": "https://a.example/", "source": "https://a.example/", "checked": "2023-12-01" } }],
  "opt_outs": [{ "id": "a", "operator": { "ja": "あ", "en": "A" }, "label": { "ja": "あ", "en": "A" }, "url": "https://a.example/", "stops": "use",
      "why": { "ja": "あ", "en": "A" }, "needs": ["this-browser"] }], "revision""#,
    );
    let notes = on("2024-01-01", &json).unwrap().notes;
    assert_eq!(
        places(&notes.unknown),
        [
            "4:16 services[0].recipient",
            "4:16 services[0].recipient_country",
            "4:16 services[0].sends",
            "4:16 services[0].recipient_use",
            "4:16 services[0].retention",
            "4:16 services[0].opt_out",
            "4:16 services[0].cookies[0].days",
            "7:16 opt_outs[0].how",
            "7:16 opt_outs[0].limits",
            "7:16 opt_outs[0].sends",
        ]
    );
    assert_eq!(
        notes.to_string(),
        "10 facts unknown (未確認), 0 texts missing"
    );
}

/// `country` meant the recipient's seat in some files, and where the data is kept in others.
#[test]
fn a_country_is_said_to_be_two_facts_now() {
    let service =
        r#"{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "country": 1 }"#;
    let json = changed(REVISION, &format!(r#""services": [{service}], {REVISION}"#));
    let found = check(&json).unwrap_err();
    assert_eq!(
        found.to_string(),
        "shop.json:4:82: services[0].country: unknown key. Write the country that the recipient is based in as \
         `recipient_country`, and the countries where the data is kept as `storage_location`."
    );
}

/// Of a counter of the shop's own, visitors read that nobody had confirmed who gets the data, where, and for how long.
#[test]
fn a_service_of_the_shops_own_has_no_strangers_facts() {
    let json = changed(
        REVISION,
        r#""services": [{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A" }, "recipient": "shop", "cookies": ["_a"] }], "revision""#,
    );
    let doui_shop::Checked { shop, notes } = on("2024-01-01", &json).unwrap();
    assert!(shop.services[0].is_own() && shop.services[0].recipient().is_none());
    assert_eq!(places(&notes.unknown), ["4:16 services[0].cookies[0].days"]);
}

#[test]
fn a_source_older_than_a_year_is_noted_and_no_fault() {
    let fact = |dates: &str| {
        format!(
            r#"{{ "value": {{ "ja": "あ", "en": "A" }}, "source": "https://a.example/", {dates} }}"#
        )
    };
    let service = format!(
        r#""services": [{{ "id": "a", "purpose": "ads", "label": {{ "ja": "あ", "en": "A" }},
      "sends": {}, "retention": {}, "recipient": {},
      "cookies": [{{ "name": "_a", "source": "https://a.example/", "source_date": "2022-11-30", "checked": "2023-12-01" }}] }}], "revision""#,
        fact(r#""source_date": "2022-12-01", "checked": "2023-12-01""#),
        fact(r#""source_date": "2022-11-30", "checked": "2023-12-01""#),
        fact(r#""checked": "2022-11-30""#),
    );
    let json = changed(REVISION, &service);
    let noted = |today| places(&on(today, &json).unwrap().notes.stale);
    assert_eq!(noted("2023-12-01").len(), 3);
    assert_eq!(
        noted("2023-12-02"),
        [
            "4:16 services[0].recipient",
            "4:16 services[0].sends",
            "4:16 services[0].retention",
            "4:16 services[0].cookies[0]",
        ]
    );
    let notes = on("2023-12-01", &json).unwrap().notes;
    assert_eq!(
        notes.to_string(),
        "6 facts unknown (未確認), 0 texts missing, 3 sources older than a year"
    );
}

#[test]
fn what_a_further_language_misses_is_noted() {
    let notes = on("2024-01-01", FOUR).unwrap().notes;
    assert!(notes.is_empty(), "{notes}");
    let json = changed(r#""en": "Login""#, r#""en": "Login", "zh": "登录""#).replacen(
        REVISION,
        r#""more_languages": ["zh"], "revision""#,
        1,
    );
    let notes = on("2024-01-01", &json).unwrap().notes;
    let missing = places(&notes.missing);
    assert_eq!(missing[0], "2:11 name.zh");
    assert!(
        !missing
            .iter()
            .any(|place| place.ends_with("purposes[0].label.zh")),
        "{missing:?}"
    );
    assert!(
        missing
            .iter()
            .any(|place| place.ends_with("purposes[0].summary.zh")),
        "{missing:?}"
    );
    // The name, the contact's two texts, three of each of four purposes but one, and two of what is necessary.
    assert_eq!(
        notes.to_string(),
        "0 facts unknown (未確認), 16 texts missing"
    );
    let first = notes.in_file("shop.json");
    let first = first.lines().next();
    assert_eq!(
        first,
        Some(
            "shop.json:2:11: name.zh: the text in `zh` is missing. Add it; until then visitors read it in `ja`."
        )
    );
}

/// A label could write the words after it, Doui's own among them, from right to left: "deny" looked like "allow".
#[test]
fn a_text_could_turn_what_stands_after_it_around() {
    for turning in ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}') {
        let found = findings(&changed("Login", &format!("Log{turning}in")));
        let problem = format!(
            "U+{:04X}, character 4 of it, turns text around",
            turning as u32
        );
        assert_eq!(found, [format!("15:38 purposes[0].label.en: {problem}")]);
    }
    // What Arabic and Hebrew texts need turns nothing around.
    for mark in ['\u{200E}', '\u{200F}', '\u{061C}', '\u{200D}'] {
        let found = findings(&changed("Login", &format!("Log{mark}in")));
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn a_label_of_two_megabytes_passed() {
    let long = |characters: usize| "あ".repeat(characters);
    let at_most = |from: &str, place: &str, most: usize| {
        let fits = findings(&changed(from, &long(most)));
        assert!(fits.is_empty(), "{fits:?}");
        let found = findings(&changed(from, &long(most + 1)));
        let problem = format!("it is {} characters long", most + 1);
        assert_eq!(found, [format!("{place}: {problem}")]);
    };
    at_most("Login", "15:38 purposes[0].label.en", 200);
    let two_megabytes = findings(&changed("Login", &"a".repeat(2 << 20)));
    let told = "15:38 purposes[0].label.en: it is 2097152 characters long";
    assert_eq!(two_megabytes, [told]);
    let five_megabytes = findings(&changed("Login", &"a".repeat(5 << 20)));
    assert!(
        five_megabytes[0].starts_with("1:1 : the file has "),
        "{five_megabytes:?}"
    );
}

/// 800 services took half a minute: for each finding the file was read from its beginning.
#[test]
fn the_time_of_a_check_grew_with_the_square_of_the_services() {
    let shop = |services: usize| {
        let services = (0..services).map(|n| {
            format!(r#"{{ "id": "a{n}", "purpose": "ads", "label": {{ "ja": "あ", "en": "A" }}, "cookies": ["_a{n}"] }}"#)
        });
        let services: Vec<_> = services.collect();
        changed(
            REVISION,
            &format!(r#""services": [{}], {REVISION}"#, services.join(",\n")),
        )
    };
    let (small, large) = (shop(50), shop(3_200));
    let today = Date::from_iso("2026-01-31").unwrap();
    // The best of several runs is the one that nothing else on the machine disturbed.
    let time = |json: &str| {
        let once = || {
            let began = std::time::Instant::now();
            let checked = check_with(json, &Catalog::default(), today).unwrap();
            assert!(!checked.notes.unknown.is_empty());
            began.elapsed().as_secs_f64()
        };
        (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    let ratio = time(&large) / time(&small);
    // 64 times as much takes 64 times as long; by the square, 4,096 times.
    assert!(ratio < 1_000.0, "{ratio:.1} times as long");
}

/// Names that a file gives are shown shortened, so that a message for each thing below them stays small.
#[test]
fn a_long_key_was_repeated_in_each_message_below_it() {
    let key = "x".repeat(100_000);
    let json = changed(
        REVISION,
        &format!(r#""{key}": 0, "texts": {{ "{key}": {{ "a": 0, "b": 0 }} }}, {REVISION}"#),
    );
    let Err(found) = check(&json) else {
        panic!("nothing was found");
    };
    assert!(found.as_slice().len() >= 4);
    for finding in &found {
        assert!(
            finding.to_string().len() < 1_000,
            "{} bytes",
            finding.to_string().len()
        );
    }
}
