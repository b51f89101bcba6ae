//! `audit.js`: its modules joined, what the shop declares stamped in, minified. A page fetches it only when its address
//! asks for the audit.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use doui_core::sweep::Place;
use doui_pages::{AuditWords, audit_words};
use doui_shop::{
    Shop,
    shop::{self, Text},
};
use serde::Serialize;

use crate::{css, embed, join, script, sources::Sources, stamp};

const STYLES: &[&str] = &["style/tokens.css", "style/parts.css", "style/audit.css"];

/// The name in the source that the stamp replaces.
const PLACE: &str = "DOUI_AUDIT";

/// What `audit.js` knows of its shop: `AuditStamp` of `src/embed/stamp.d.ts`. The names begin with `_`, so that the
/// minifier shortens them ([`script::PRIVATE`]); those of the words do not, as the report's own are among them.
#[derive(Serialize)]
struct Stamp<'a> {
    /// Doui's version.
    #[serde(rename = "_version")]
    version: &'static str,
    /// The shop's revision, as `2023-12-01`.
    #[serde(rename = "_revision")]
    revision: String,
    /// The name of the cookie, and the key of the record in local storage.
    #[serde(rename = "_cookie")]
    cookie: &'a str,
    /// The domain that the shop's hosts share, or empty.
    #[serde(rename = "_domain")]
    domain: &'a str,
    #[serde(rename = "_purposes")]
    purposes: Vec<Purpose<'a>>,
    #[serde(rename = "_services")]
    services: Vec<Service<'a>>,
    /// The panel's style sheet.
    #[serde(rename = "_css")]
    css: String,
    /// What the panel says, by language. Where a text has a gap, there is a name in braces.
    #[serde(rename = "_words")]
    words: BTreeMap<&'static str, &'static AuditWords>,
}

/// A text in each language that the panel speaks: it shows no other.
type Label<'a> = BTreeMap<&'static str, &'a str>;

fn label<'a>(text: &'a Text, shop: &Shop) -> Label<'a> {
    let languages = audit_words().map(|(lang, _)| lang);
    languages
        .map(|lang| (lang, text.get(lang, shop.default_language())))
        .collect()
}

#[derive(Serialize)]
struct Purpose<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    #[serde(rename = "_label")]
    label: Label<'a>,
    /// Whether Global Privacy Control keeps it off.
    #[serde(rename = "_heeds")]
    heeds: bool,
}

#[derive(Serialize)]
struct Service<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    #[serde(rename = "_purpose")]
    purpose: &'a str,
    #[serde(rename = "_label")]
    label: Label<'a>,
    /// The hosts that it is sent to; `*.` before one stands for all below it.
    #[serde(rename = "_hosts")]
    hosts: &'a [String],
    /// The names of its cookies; one that ends in `*` stands for all that begin like it.
    #[serde(rename = "_cookies")]
    cookies: Vec<&'a str>,
    /// Its keys in storage, likewise.
    #[serde(rename = "_storage")]
    storage: Vec<&'a str>,
}

impl<'a> Service<'a> {
    fn new(service: &'a shop::Service, shop: &Shop) -> Self {
        Service {
            id: service.id.as_str(),
            purpose: service.purpose.as_str(),
            label: label(&service.label, shop),
            hosts: service.hosts.as_ref().map_or(&[], |hosts| &hosts.value),
            cookies: service.names(Place::Cookies).collect(),
            storage: service.names(Place::Storage).collect(),
        }
    }
}

/// Joins the modules of `audit.js`, stamps them for a shop, and minifies the script.
pub fn audit_js(shop: &Shop, sources: &Sources) -> Result<String> {
    let switches = stamp::parts(shop).map(|(name, _)| name);
    let source = join::join(
        &sources.modules()?,
        embed::AUDIT_ENTRY,
        &embed::rules(&switches),
    )?;
    let css = css::bundle(&sources.sheets(STYLES)?, &shop.theme)?;
    fill(&source, shop, css).context("the joined modules of src/embed/audit")
}

fn fill(source: &str, shop: &Shop, css: String) -> Result<String> {
    let services = shop.services.iter();
    let purposes = shop.purposes.iter().map(|purpose| Purpose {
        id: purpose.id.as_str(),
        label: label(&purpose.label, shop),
        heeds: purpose.gpc,
    });
    let stamp = Stamp {
        version: env!("CARGO_PKG_VERSION"),
        revision: shop.revision.iso(),
        cookie: &shop.cookie.name,
        domain: shop.cookie.domain.as_deref().unwrap_or_default(),
        purposes: purposes.collect(),
        services: services
            .map(|service| Service::new(service, shop))
            .collect(),
        css,
        words: audit_words().collect(),
    };
    let stamp = serde_json::to_string(&stamp)?;
    // The modules that it shares with doui.js may ask for parts.
    let parts = stamp::parts(shop).into_iter();
    let parts = parts.filter(|(name, _)| source.contains(name));
    let parts = parts.map(|(name, is_on)| (name, is_on.to_string()));
    let values: Vec<_> = parts.chain([(PLACE, stamp)]).collect();
    let stamped = script::stamp(source, &values)?;
    let script = script::minify_script(&stamped, Some(script::PRIVATE))?;
    Ok(format!("{}{script}", stamp::BYTE_ORDER_MARK))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// What is stamped for a shop with one service.
    fn stamped(service: Value) -> String {
        let mut shop: Value =
            serde_json::from_str(include_str!("../../../tests/shops/four.json")).unwrap();
        shop["services"] = json!([service]);
        let shop = Shop::from_json(&shop.to_string()).unwrap();
        let source = format!("(() => {{ window.s = {PLACE} }})()");
        fill(&source, &shop, "p{top:0}".to_owned()).unwrap()
    }

    #[test]
    fn the_stamp_holds_what_the_shop_declares() {
        let js = stamped(json!({
            "id": "counter", "purpose": "traffic", "label": { "ja": "計測", "en": "Counter" },
            "cookies": ["_ga_*"], "storage": ["visits"],
            "hosts": { "value": ["*.counter.example"], "source": "見本", "checked": "2026-01-05" },
        }));
        for part in [
            "p{top:0}",
            "2023-12-01",
            "計測",
            "Counter",
            "_ga_*",
            "visits",
            "*.counter.example",
        ] {
            assert!(js.contains(part), "{part} is missing in {js}");
        }
    }

    #[test]
    fn the_stamp_holds_the_panels_words_in_two_languages() {
        let words: Value = audit_words()
            .map(|(lang, words)| (lang.to_owned(), json!(words)))
            .collect();
        let languages: Vec<_> = words.as_object().unwrap().keys().collect();
        assert_eq!(languages, ["en", "ja"]);
        assert_eq!(words["en"]["standing"]["refused"], "rejected");
        assert_eq!(
            words["en"]["kinds"]["unknown-purpose"]["remedy"],
            "It is never allowed. Check the purpose’s name."
        );
        // The script fills the same gaps in whichever language it shows.
        for (name, gaps) in [
            ("summaryMany", &["{count}"][..]),
            ("times", &["{count}"]),
            ("more", &["{count}"]),
            ("firstParty", &["{count}"]),
            ("firstPartyTypes", &["{count}", "{types}"]),
            ("reason", &["{purpose}", "{standing}"]),
        ] {
            for lang in ["ja", "en"] {
                let text = words[lang][name].as_str().unwrap();
                assert!(gaps.iter().all(|gap| text.contains(gap)), "{lang}: {text}");
                assert_eq!(text.matches('{').count(), gaps.len(), "{lang}: {text}");
            }
        }
    }

    #[test]
    fn a_label_is_stamped_in_the_panels_languages_alone() {
        let shop = Shop::from_json(include_str!("../../../tests/shops/four.json")).unwrap();
        assert_eq!(shop.default_language(), "ja");
        let texts = [("ko", "계측"), ("ja", "計測")];
        let text = Text(texts.map(|(lang, text)| (lang.into(), text.into())).into());
        // What the shop does not say in English, it says in its own language.
        let stamped = Label::from([("en", "計測"), ("ja", "計測")]);
        assert_eq!(label(&text, &shop), stamped);
    }

    #[test]
    fn the_types_know_the_panels_words() {
        /// The names of an object, and those of the objects in it, in their order.
        fn names(value: &Value, found: &mut Vec<String>) {
            for (name, value) in value.as_object().into_iter().flatten() {
                found.push(name.clone());
                if value.get("remedy").is_none() {
                    names(value, found);
                }
            }
        }
        let mut known = Vec::new();
        for (_, words) in audit_words().take(1) {
            names(&json!(words), &mut known);
        }
        let types = include_str!("../../../src/embed/stamp.d.ts");
        let (_, types) = types.split_once("interface AuditWords {\n").unwrap();
        let (types, _) = types.split_once("\n}\n").unwrap();
        let mut declared: Vec<_> = types
            .lines()
            .filter_map(|line| line.trim().strip_prefix("readonly ")?.split_once(": "))
            .map(|(name, _)| name.trim_matches('"').to_owned())
            .collect();
        // JSON objects are sorted here.
        known.sort();
        declared.sort();
        assert_eq!(declared, known);
    }

    #[test]
    fn a_service_whose_hosts_are_unknown_has_none() {
        let label = json!({ "ja": "計測", "en": "Counter" });
        let service = json!({ "id": "counter", "purpose": "traffic", "label": label });
        let mut shop: Value =
            serde_json::from_str(include_str!("../../../tests/shops/four.json")).unwrap();
        shop["services"] = json!([service]);
        let shop = Shop::from_json(&shop.to_string()).unwrap();
        assert!(Service::new(&shop.services[0], &shop).hosts.is_empty());
    }
}
