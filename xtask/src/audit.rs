//! `audit.js`: the source with what the shop declares stamped in, minified. A page fetches it only when its address asks
//! for the audit.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use doui::prerender::{AuditWords, audit_words};
use doui_core::{
    Shop,
    shop::{self, Text},
    sweep::Place,
};
use serde::Serialize;

use crate::{css, files::read_text, project, script, stamp};

const SOURCE: &str = "src/embed/audit.js";
const STYLES: &[&str] = &["style/tokens.css", "style/parts.css", "style/audit.css"];

/// The name in the source that the stamp replaces.
const PLACE: &str = "AUDIT_STAMP";

/// What `audit.js` knows of its shop.
#[derive(Serialize)]
struct Stamp<'a> {
    /// Doui's version.
    version: &'static str,
    /// The shop's revision, as `2023-12-01`.
    revision: String,
    /// The name of the cookie, and the key of the record in local storage.
    cookie: &'a str,
    /// The domain that the shop's hosts share, or empty.
    domain: &'a str,
    purposes: Vec<Purpose<'a>>,
    services: Vec<Service<'a>>,
    /// The panel's style sheet.
    css: String,
    /// What the panel says, by language. Where a text has a gap, there is a name in braces.
    words: BTreeMap<&'static str, &'static AuditWords>,
}

#[derive(Serialize)]
struct Purpose<'a> {
    id: &'a str,
    label: &'a Text,
    /// Whether Global Privacy Control keeps it off.
    gpc: bool,
}

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    purpose: &'a str,
    label: &'a Text,
    /// The hosts that it is sent to; `*.` before one stands for all below it.
    hosts: &'a [String],
    /// The names of its cookies; one that ends in `*` stands for all that begin like it.
    cookies: Vec<&'a str>,
    /// Its keys in storage, likewise.
    storage: Vec<&'a str>,
}

impl<'a> Service<'a> {
    fn new(service: &'a shop::Service) -> Self {
        Service {
            id: service.id.as_str(),
            purpose: service.purpose.as_str(),
            label: &service.label,
            hosts: service.hosts.as_ref().map_or(&[], |hosts| &hosts.value),
            cookies: service.names(Place::Cookies).collect(),
            storage: service.names(Place::Storage).collect(),
        }
    }
}

/// Stamps and minifies `audit.js` for a shop.
pub fn audit_js(shop: &Shop) -> Result<String> {
    let root = project::root();
    let sheets = STYLES
        .iter()
        .map(|path| Ok(((*path).to_owned(), read_text(&root.join(path))?)));
    let css = css::bundle(&sheets.collect::<Result<Vec<_>>>()?, &shop.theme)?;
    fill(&read_text(&root.join(SOURCE))?, shop, css).with_context(|| SOURCE.to_owned())
}

fn fill(source: &str, shop: &Shop, css: String) -> Result<String> {
    let purposes = shop.purposes.iter().map(|purpose| Purpose {
        id: purpose.id.as_str(),
        label: &purpose.label,
        gpc: purpose.gpc,
    });
    let stamp = Stamp {
        version: env!("CARGO_PKG_VERSION"),
        revision: shop.revision.iso(),
        cookie: &shop.cookie.name,
        domain: shop.cookie.domain.as_deref().unwrap_or_default(),
        purposes: purposes.collect(),
        services: shop.services.iter().map(Service::new).collect(),
        css,
        words: audit_words().collect(),
    };
    let stamp = serde_json::to_string(&stamp)?;
    let stamped = script::stamp(source, &[(PLACE, stamp)])?;
    let script = script::minify_script(&stamped, None)?;
    Ok(format!("{}{script}", stamp::BYTE_ORDER_MARK))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// What is stamped for a shop with one service.
    fn stamped(service: Value) -> String {
        let mut shop: Value =
            serde_json::from_str(include_str!("../../tests/shops/four.json")).unwrap();
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
        assert_eq!(words["en"]["standing"]["refused"], "refused");
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
    fn a_service_whose_hosts_are_unknown_has_none() {
        let label = json!({ "ja": "計測", "en": "Counter" });
        let js = stamped(json!({ "id": "counter", "purpose": "traffic", "label": label }));
        assert!(js.contains("hosts:[]"), "{js}");
    }
}
