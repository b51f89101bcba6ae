//! The checks of a shop file: each rule at least once, and many faults at once.
#![cfg(feature = "check")]

use doui_core::check;

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
    "traffic"
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
            "1:1 necessary: the key `necessary` is missing",
            "2:11 name.en: the text in `en` is missing",
            "5:17 valid_days: a string does not belong here",
            "6:25 cookie.domain: `co.jp` is a public suffix, which many owners share",
            "6:34 cookie.path: unknown key",
            "7:14 contact.desk: the key `desk` is missing",
            "7:14 contact: there is no way to reach the shop",
            "9:5 purposes[0].summary: the key `summary` is missing",
            "9:5 purposes[0].detail: the key `detail` is missing",
            "9:31 purposes[0].revised: 2024-01-01 is later than the shop's revision, 2023-12-01",
            "9:54 purposes[0].label.ja: the text in `ja` is missing",
            "9:54 purposes[0].label.en: the text in `en` is missing",
            "10:5 purposes[1].label: the key `label` is missing",
            "10:5 purposes[1].summary: the key `summary` is missing",
            "10:5 purposes[1].detail: the key `detail` is missing",
            "10:13 purposes[1].id: `ads` is already purposes[0].id",
            "10:31 purposes[1].revised: `soon` is no date",
            "10:46 purposes[1].gpc: a number does not belong here",
            "11:5 purposes[2]: a string does not belong here",
            "17:12 opt_outs[0].url: `http://example.com/` is not https",
            "19:14 opt_outs[0].stops: `both` means nothing here",
        ]
    );
}

#[test]
fn a_fault_of_json_does_not_hide_the_others() {
    let json = changed("four purposes", "four\npurposes").replace("\"ads\"", "\"Ads\"");
    assert_eq!(
        findings(&json),
        [
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
fn a_finding_reads_as_one_line() {
    let findings = check(&changed(r#""id": "ads""#, r#""id": "Ads""#)).unwrap_err();
    assert_eq!(
        findings.in_file("demo/shop.json"),
        "demo/shop.json:20:13: purposes[1].id: `Ads` is no id. Write a lowercase letter, then at \
         most 23 lowercase letters, digits and hyphens: [a-z][a-z0-9-]{0,23}."
    );
}
