//! From a shop file to everything that a shop serves for consent: the banner's script, the pages of the preference centre,
//! their styles. In a second, without a compiler, wherever Rust runs: the same bytes each time.
//!
//! The library turns files into files. It starts no process or thread, reads no disk, clock or environment: what it needs is
//! passed in, what is wrong comes back as data.
//!
//! ```
//! use std::collections::BTreeMap;
//! use doui_build::{Centre, Files, Manifest, ShopFile, Sources, build, check};
//! use doui_core::Date;
//!
//! let sources = Sources::embedded();
//! let shop = ShopFile { name: "shop.json", json: include_str!("../../../shop.json") };
//! let today = Date::from_iso("2026-11-30").unwrap();
//!
//! // Every fault of the file has its line and what to do about it…
//! let wrong = shop.json.replace("\"revised\"", "\"revisde\"");
//! let error = check(ShopFile { json: &wrong, ..shop }, &sources, today).unwrap_err();
//! assert!(error.to_string().contains("unknown key. Did you mean `revised`?"), "{error}");
//!
//! // …and from one without faults all files are made, around the centre that was compiled once for all shops.
//! let checked = check(shop, &sources, today)?;
//! let centre = Centre::from_files(Files::from([
//!     ("centre-0.js".to_owned(), b"/* starts centre-0.wasm */".to_vec()),
//!     ("centre-0.wasm".to_owned(), b"\0asm".to_vec()),
//! ]))?;
//! let files = build(&checked.shop, &centre, &sources)?;
//! assert!(files["index.html"].starts_with(b"<!doctype html>"));
//! assert!(files.contains_key("doui.js") && files.contains_key("terms.json"));
//!
//! // The host compresses what it likes, and the manifest tells the sizes.
//! let manifest = Manifest::new(&checked.shop, &files, &BTreeMap::new());
//! assert!(manifest.files["doui.js"].integrity.starts_with("sha384-"));
//! # Ok::<(), doui_build::BuildError>(())
//! ```
//!
//! # The parts
//!
//! | modules | their job |
//! | --- | --- |
//! | `sources` | Doui's own sources, as files that a host has read or that are embedded |
//! | `stamp` `kit` `tree` | `doui.js` for a shop: what is stamped in, whether script and markup fit, the banner in one tree |
//! | `audit` | `audit.js` |
//! | `block` | `doui.js` as one block of ASCII to paste into a head |
//! | `join` `embed` `script` `inline` | modules joined to one script, minified, and safe to be pasted into a page |
//! | `css` `theme` | the style sheets, with the shop's theme |
//! | `template` | the pages, from `index.html` |
//! | `glue` | the compiled centre's script, made to start by itself: once, when the centre is compiled |
//! | `manifest` | `manifest.json` |

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod audit;
mod block;
mod css;
mod embed;
mod error;
mod glue;
mod inline;
mod japanese;
mod join;
mod kit;
mod manifest;
mod script;
mod sources;
mod stamp;
mod template;
mod theme;
mod tree;

use std::collections::BTreeMap;

use anyhow::Context;
use doui_core::Date;
use doui_shop::check_with;
use sha2::{Digest, Sha256};

use template::Assets;

pub use block::MoreLanguages;
pub use doui_shop::{Checked, Finding, Shop, json_schema};
pub use error::{BuildError, FileFinding};
pub use glue::self_starting;
pub use manifest::{Entry, MANIFEST, Manifest, Sizes, is_compressible};
pub use sources::{PLACES, Sources};
pub use template::integrity;

/// Contents by path within a folder, `/` between its parts. Sorted, so that every walk is reproducible.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Doui's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where in `dist/` the terms lie that servers read.
pub const TERMS: &str = "terms.json";

/// Where in `dist/` the statement on Global Privacy Control lies.
const GPC_STATEMENT: &str = ".well-known/gpc.json";

/// Where in `dist/` the JSON Schema of `shop.json` lies, for editors.
/// The licenses of others' code in the WebAssembly.
pub const NOTICES: &str = "THIRD-PARTY.txt";

const SHOP_SCHEMA: &str = "shop.schema.json";

/// The style sheets of the centre's pages.
const STYLES: [&str; 4] = [
    "style/tokens.css",
    "style/parts.css",
    "style/banner.css",
    "style/base.css",
];

/// A shop file that somebody has read.
#[derive(Clone, Copy, Debug)]
pub struct ShopFile<'a> {
    /// What findings call it, such as `shop.json`.
    pub name: &'a str,
    /// Its text.
    pub json: &'a str,
}

/// Checks a shop file; the catalogue of the sources completes its services. What is dated after `today` is a fault.
///
/// # Errors
///
/// [`BuildError::Findings`]: every fault of the file, or of the catalogue.
pub fn check(file: ShopFile<'_>, sources: &Sources, today: Date) -> Result<Checked, BuildError> {
    let catalog = sources.catalog()?;
    check_with(file.json, &catalog, today)
        .map_err(|findings| BuildError::Findings(FileFinding::all(file.name, findings).collect()))
}

/// What a check says of a shop file without faults: its notes, one a line, then how many there are. `name` is the file's.
pub fn summary(name: &str, checked: &Checked) -> String {
    let Checked { shop, notes } = checked;
    let mut text = String::new();
    if !notes.is_empty() {
        text = notes.in_file(name) + "\n";
    }
    let (purposes, revision) = (shop.purposes.len(), shop.revision.iso());
    text + &format!("{name}: no findings; {purposes} purposes, revision {revision}; {notes}")
}

/// TypeScript types in which a shop's purposes and services are names: what `doui.d.ts` asks of `DouiShop`.
///
/// ```
/// let shop = doui_shop::check(include_str!("../../../tests/shops/four.json"))?;
/// assert!(doui_build::types(&shop).contains(r#"purpose: "auth" | "ads" | "traffic" | "affiliate";"#));
/// # Ok::<(), doui_shop::Findings>(())
/// ```
pub fn types(shop: &Shop) -> String {
    let terms = shop.terms();
    let purposes = terms
        .purposes
        .iter()
        .map(|purpose| format!("\"{}\"", purpose.id));
    // Without one that can be refused alone, pages know none by name.
    let services = terms.services.iter().filter(|_| terms.has_choosable());
    let services = services.map(|service| format!("\"{}/{}\"", service.purpose, service.id));
    let union = |names: Vec<String>| {
        if names.is_empty() {
            "never".to_owned()
        } else {
            names.join(" | ")
        }
    };
    format!(
        "// The purposes and services of the shop, revision {}. `npx doui types` writes this file.\n\n\
         declare global {{\n  interface DouiShop {{\n    purpose: {};\n    service: {};\n  }}\n}}\n\nexport {{}};\n",
        shop.revision.iso(),
        union(purposes.collect()),
        union(services.collect()),
    )
}

/// The services of the catalogue, one a line: id, name, purpose, how much is known, the day of the oldest source, and what is
/// unknown. The last line has the sums.
///
/// # Errors
///
/// Every fault of the catalogue.
pub fn catalog_listing(sources: &Sources) -> Result<String, BuildError> {
    let catalog = sources.catalog()?;
    let (mut all_known, mut all) = (0, 0);
    let mut lines = Vec::new();
    for service in catalog.services() {
        let facts = service.facts();
        let unknown: Vec<_> = facts
            .iter()
            .filter(|(_, is_known)| !is_known)
            .map(|(key, _)| key.as_str())
            .collect();
        let known = facts.len() - unknown.len();
        let oldest = service.dates().into_iter().map(|(_, date)| date).min();
        let unknown = if unknown.is_empty() {
            String::new()
        } else {
            format!("unknown: {}", unknown.join(", "))
        };
        let line = format!(
            "{:24}  {:32}  {:10}  {known:2} of {:2} facts  {:10}  {unknown}",
            service.id.as_str(),
            service.label.get("en", "ja"),
            service.purpose.as_str(),
            facts.len(),
            oldest.map_or_else(String::new, Date::iso),
        );
        lines.push(line.trim_end().to_owned());
        all_known += known;
        all += facts.len();
    }
    lines.push(format!(
        "{} services, {all_known} of {all} facts known ({}%)",
        lines.len(),
        100 * all_known / all.max(1)
    ));
    Ok(lines.join("\n"))
}

/// The compiled preference centre, finished: one script that starts the WebAssembly beside it. It is the same for all shops.
#[derive(Clone, Debug)]
pub struct Centre {
    script: (String, Vec<u8>),
    wasm: (String, Vec<u8>),
    /// The licenses of others' code in it; nothing where it is only looked at on one machine.
    notices: Option<Vec<u8>>,
}

impl Centre {
    /// Takes the two files of a finished centre, each named by its content ([`hashed_name`]), as the script names the other; and
    /// [`NOTICES`].
    ///
    /// # Errors
    ///
    /// Where there is not exactly one file that ends in `.js` and one that ends in `.wasm`.
    pub fn from_files(files: Files) -> Result<Self, BuildError> {
        let (mut scripts, mut wasms) = (Vec::new(), Vec::new());
        let mut notices = None;
        for (name, content) in files {
            if name == NOTICES {
                notices = Some(content);
            } else if name.ends_with(".js") {
                scripts.push((name, content));
            } else if name.ends_with(".wasm") {
                wasms.push((name, content));
            }
        }
        match (scripts.pop(), wasms.pop()) {
            (Some(script), Some(wasm)) if scripts.is_empty() && wasms.is_empty() => Ok(Self {
                script,
                wasm,
                notices,
            }),
            _ => Err(BuildError::Sources(
                "the finished centre is one .js file and one .wasm file".to_owned(),
            )),
        }
    }
}

/// All files of `dist/` for a shop whose file was checked, but for their compressed copies and [`MANIFEST`].
///
/// # Errors
///
/// [`BuildError::Sources`] where Doui's sources do not fit together, or the shop's texts cannot be packed.
pub fn build(shop: &Shop, centre: &Centre, sources: &Sources) -> Result<Files, BuildError> {
    all(shop, centre, sources).map_err(BuildError::of_sources)
}

fn all(shop: &Shop, centre: &Centre, sources: &Sources) -> anyhow::Result<Files> {
    let mut done = if shop.centre {
        pages(shop, centre, sources)?
    } else {
        Files::new()
    };
    done.extend(stamp::scripts(shop, sources)?);
    let types = sources.text("src/embed/doui.d.ts")?;
    done.insert("doui.d.ts".to_owned(), types.into());
    done.insert(TERMS.to_owned(), shop.terms().to_json().into_bytes());
    done.insert(GPC_STATEMENT.to_owned(), gpc_statement(shop)?);
    done.insert(
        SHOP_SCHEMA.to_owned(),
        serde_json::to_vec(&doui_shop::json_schema())?,
    );
    Ok(done)
}

/// The pages of the preference centre, and what they load.
fn pages(shop: &Shop, centre: &Centre, sources: &Sources) -> anyhow::Result<Files> {
    let mut done = Files::new();
    let style = css::bundle(&sources.sheets(&STYLES)?, &shop.theme)?.into_bytes();
    let style_name = hashed_name("centre", "css", &style);
    let (script, wasm) = (&centre.script, &centre.wasm);
    let assets = Assets {
        path: &shop.path,
        style: (&style_name, &style),
        script: (&script.0, &script.1),
        wasm: &wasm.0,
    };
    let template = template::template(sources.text("index.html")?, &assets)?;
    for page in doui_pages::pages(shop) {
        let html = japanese::mark(&template::fill(&template, &page)?, &page.lang)?;
        done.insert(page.path, html.into_bytes());
    }
    done.insert(style_name, style);
    done.extend([script.clone(), wasm.clone()]);
    done.extend(centre.notices.clone().map(|it| (NOTICES.to_owned(), it)));
    for (path, icon) in sources.folder("public/icons") {
        done.insert(format!("icons/{path}"), icon.to_vec());
    }
    Ok(done)
}

/// The shop's word that it heeds Global Privacy Control: it does if the signal keeps any purpose off. Its place is at the
/// root of the origin (the [specification](https://w3c.github.io/gpc/#gpc-support-resource)), so a shop copies it there.
fn gpc_statement(shop: &Shop) -> anyhow::Result<Vec<u8>> {
    let is_heeded = shop.purposes.iter().any(|purpose| purpose.gpc);
    let statement = serde_json::json!({ "gpc": is_heeded, "lastUpdate": shop.revision.iso() });
    Ok(serde_json::to_vec(&statement)?)
}

/// `doui.js` alone, with `audit.js` and the files of further languages, for any shop.
///
/// # Errors
///
/// As [`build()`]'s.
pub fn scripts(shop: &Shop, sources: &Sources) -> Result<Files, BuildError> {
    stamp::scripts(shop, sources).map_err(BuildError::of_sources)
}

/// `doui.js` as one block to paste into a head, `<script>` and all, in ASCII alone. It is the banner without a centre, and loads
/// nothing.
///
/// # Errors
///
/// As [`build()`]'s.
pub fn inline(shop: &Shop, sources: &Sources, more: MoreLanguages) -> Result<String, BuildError> {
    block::block(shop, sources, more).map_err(BuildError::of_sources)
}

/// What is stamped into `doui.js` but for what it shows, as `stamp.json`: for tests of its modules without a browser.
///
/// # Errors
///
/// As [`build()`]'s.
pub fn stamp_data(shop: &Shop) -> Result<Files, BuildError> {
    stamp::data(shop).map_err(BuildError::of_sources)
}

/// Each module of `doui.js` in its order, with what it is in the minified script of a shop: what `cargo xtask sizes` weighs.
///
/// # Errors
///
/// As [`build()`]'s.
pub fn shares(shop: &Shop, sources: &Sources) -> Result<Vec<(String, String)>, BuildError> {
    let modules = sources.modules();
    modules
        .and_then(|modules| embed::shares(&modules, shop))
        .context("the modules of src/embed")
        .map_err(BuildError::of_sources)
}

/// The rules of `doui.js` for a server, as an ES module: `lib/reader.js` of the package for npm.
///
/// # Errors
///
/// [`BuildError::Sources`] where Doui's sources do not fit together.
pub fn reader(shop: &Shop, sources: &Sources) -> Result<String, BuildError> {
    sources
        .modules()
        .and_then(|modules| embed::reader(&modules, shop))
        .map_err(BuildError::of_sources)
}

/// An ES module, minified.
///
/// # Errors
///
/// [`BuildError::Sources`] where it is none, with the place.
pub fn minified(module: &str) -> Result<String, BuildError> {
    script::minify_module(module).map_err(BuildError::of_sources)
}

/// A file name that changes when the content does: `centre-0123456789abcdef.js`.
pub fn hashed_name(stem: &str, extension: &str, content: &[u8]) -> String {
    let hash: String = Sha256::digest(content)[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{stem}-{hash}.{extension}")
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};
    use serde_json::Value;

    use super::*;
    use crate::sources::tests::own;

    fn centre() -> Centre {
        Centre::from_files(Files::from([
            ("centre-1.js".to_owned(), b"start()".to_vec()),
            ("centre-2.wasm".to_owned(), b"\0asm".to_vec()),
        ]))
        .unwrap()
    }

    /// The demo's shop, with its file changed.
    fn built(change: impl FnOnce(&mut Value)) -> Files {
        let mut json: Value = serde_json::from_str(include_str!("../../../shop.json")).unwrap();
        change(&mut json);
        let json = json.to_string();
        let file = ShopFile {
            name: "shop.json",
            json: &json,
        };
        let today = Date::from_iso("9999-12-31").unwrap();
        let shop = check(file, &own(), today).unwrap().shop;
        build(&shop, &centre(), &own()).unwrap()
    }

    #[test]
    fn two_builds_are_the_same_to_the_byte() {
        let (one, other) = (built(|_| ()), built(|_| ()));
        assert!(one.keys().eq(other.keys()));
        let differ: Vec<_> = one
            .keys()
            .filter(|path| one[*path] != other[*path])
            .collect();
        assert!(differ.is_empty(), "{differ:?}");
    }

    #[test]
    fn a_centre_is_two_files() {
        for files in [
            Files::new(),
            Files::from([("a.js".to_owned(), Vec::new())]),
            Files::from(["a.js", "b.js", "c.wasm"].map(|name| (name.to_owned(), Vec::new()))),
        ] {
            assert!(Centre::from_files(files).is_err());
        }
    }

    #[test]
    fn findings_are_of_the_file_that_they_are_in() {
        let mut sources = own();
        sources.insert("catalog/wrong.json", b"{}".to_vec());
        let file = ShopFile {
            name: "mine.json",
            json: "[]",
        };
        let today = Date::from_iso("2026-01-01").unwrap();
        let error = check(file, &sources, today).unwrap_err().to_string();
        assert!(error.starts_with("catalog/wrong.json:1:1: "), "{error}");
        let error = check(file, &own(), today).unwrap_err().to_string();
        assert!(error.starts_with("mine.json:1:1: "), "{error}");
    }

    /// Makes markup of every text that a visitor reads.
    fn poison(value: &mut Value) {
        match value {
            Value::Object(members) => {
                let is_text = members.contains_key("ja") && members.values().all(Value::is_string);
                for member in members.values_mut() {
                    if is_text {
                        *member = MARKUP.into();
                    } else {
                        poison(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(poison),
            _ => {}
        }
    }

    const MARKUP: &str =
        "<img src=x onerror=f()><script>f()</script>\"'><!--<svg onload=f()>]]>{{f()}}";

    #[test]
    fn texts_that_are_markup_are_texts_on_every_page() {
        let files = built(poison);
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let mut read = 0;
        for (path, page) in pages {
            let page = Html::parse_document(std::str::from_utf8(page).unwrap());
            let made = Selector::parse(
                "img, svg[onload], [onerror], script:not([src], [type='application/json'])",
            )
            .unwrap();
            let made: Vec<_> = page.select(&made).map(|it| it.html()).collect();
            assert!(made.is_empty(), "{path}: {made:?}");
            let body = Selector::parse("body").unwrap();
            let text: String = page.select(&body).flat_map(|it| it.text()).collect();
            read += usize::from(text.contains(MARKUP));
        }
        assert!(read > 8, "{read} pages show it");
    }
}
