//! [`doui_build`] for Node.js: a shop file goes in, the files of `dist/` come out. What is read, written and compressed is the
//! host's, in `npm/`. Doui's own sources are within.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use std::collections::BTreeMap;

use doui_build::{
    BuildError, Centre, Checked, Files, Manifest, MoreLanguages, Shop, ShopFile, Sizes, Sources,
    is_compressible,
};
use doui_core::Date;
use js_sys::{Array, Error, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// What a check found, as JSON.
#[derive(Serialize)]
struct Report {
    /// Whether the shop file has no fault.
    ok: bool,
    /// All of it as `cargo xtask check` prints it.
    text: String,
    findings: Vec<Found>,
    notes: Vec<Found>,
}

/// One finding.
#[derive(Serialize)]
struct Found {
    file: String,
    line: usize,
    column: usize,
    path: String,
    problem: String,
    remedy: String,
    source: Option<&'static str>,
}

impl Found {
    fn new(file: &str, finding: doui_build::Finding) -> Self {
        Self {
            file: file.to_owned(),
            line: finding.line,
            column: finding.column,
            path: finding.path,
            problem: finding.problem,
            remedy: finding.remedy,
            source: finding.source,
        }
    }
}

/// Has a panic say what and where, before the WebAssembly ends.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Checks a shop file: `name` is what findings call it, `today` a day such as `2026-11-30`. Returns JSON:
/// `{"ok", "text", "findings", "notes"}`, each finding with `file`, `line`, `column`, `path`, `problem`, `remedy` and `source`.
///
/// # Errors
///
/// A sentence, where `today` is no day.
#[wasm_bindgen]
pub fn check(name: &str, json: &str, today: &str) -> Result<String, JsError> {
    let today = day(today)?;
    let file = ShopFile { name, json };
    let report = match doui_build::check(file, &Sources::embedded(), today) {
        Ok(checked) => Report {
            ok: true,
            text: doui_build::summary(name, &checked),
            findings: Vec::new(),
            notes: checked
                .notes
                .all()
                .map(|finding| Found::new(name, finding.clone()))
                .collect(),
        },
        Err(BuildError::Findings(findings)) => Report {
            ok: false,
            text: BuildError::Findings(findings.clone()).to_string(),
            findings: findings
                .into_iter()
                .map(|found| Found::new(&found.file, found.finding))
                .collect(),
            notes: Vec::new(),
        },
        Err(error) => return Err(JsError::new(&error.to_string())),
    };
    Ok(serde_json::to_string(&report)?)
}

/// The catalogue, one service a line, as `cargo xtask catalog` prints it.
///
/// # Errors
///
/// What is wrong with the catalogue.
#[wasm_bindgen]
pub fn catalog() -> Result<String, JsError> {
    doui_build::catalog_listing(&Sources::embedded()).map_err(said)
}

/// The services of the catalogue, as JSON: each with `id`, `purpose`, and its `label` by language.
///
/// # Errors
///
/// What is wrong with the catalogue.
#[wasm_bindgen]
pub fn services() -> Result<String, JsError> {
    #[derive(Serialize)]
    struct Listed<'a> {
        id: &'a str,
        purpose: &'a str,
        label: BTreeMap<&'a str, &'a str>,
    }
    let catalog = Sources::embedded().catalog().map_err(said)?;
    let services: Vec<_> = catalog
        .services()
        .map(|service| Listed {
            id: service.id.as_str(),
            purpose: service.purpose.as_str(),
            label: service
                .label
                .0
                .iter()
                .map(|(lang, text)| (lang.as_str(), text.as_str()))
                .collect(),
        })
        .collect();
    Ok(serde_json::to_string(&services)?)
}

/// Whom tags are sent to, as JSON: of each service of the shop `id`, the `condition` that its tags wait for and its `hosts`;
/// then of those that the catalogue knows besides and whose purpose the shop has, the same with `declared` false.
///
/// # Errors
///
/// As [`Build::new`]'s.
#[wasm_bindgen]
pub fn recipients(name: &str, json: &str, today: &str) -> Result<String, JsValue> {
    #[derive(Serialize)]
    struct Recipient<'a> {
        id: &'a str,
        condition: String,
        hosts: &'a [String],
        declared: bool,
    }
    let shop = checked(name, json, today)?.shop;
    let terms = shop.terms();
    let services = shop.services.iter().zip(&terms.services);
    let services = services.map(|(service, kept)| Recipient {
        id: service.id.as_str(),
        condition: kept.condition(),
        hosts: service.hosts.as_ref().map_or(&[], |hosts| &hosts.value),
        declared: true,
    });
    let catalog = Sources::embedded().catalog().map_err(said)?;
    let known = catalog.services().filter(|service| {
        !shop.services.iter().any(|own| own.id == service.id)
            && shop.purposes.iter().any(|own| own.id == service.purpose)
    });
    let known = known.map(|service| Recipient {
        id: service.id.as_str(),
        condition: service.purpose.to_string(),
        hosts: service.hosts.as_ref().map_or(&[], |hosts| &hosts.value),
        declared: false,
    });
    let all: Vec<_> = services.chain(known).collect();
    serde_json::to_string(&all).map_err(|error| JsError::new(&error.to_string()).into())
}

/// TypeScript types in which the shop's purposes and services are names.
///
/// # Errors
///
/// As [`Build::new`]'s.
#[wasm_bindgen]
pub fn types(name: &str, json: &str, today: &str) -> Result<String, JsValue> {
    Ok(doui_build::types(&checked(name, json, today)?.shop))
}

/// `doui.js` as one block to paste into a head. `more` puts the words of `more_languages` into it too.
///
/// # Errors
///
/// As [`Build::new`]'s.
#[wasm_bindgen]
pub fn inline(name: &str, json: &str, today: &str, more: bool) -> Result<String, JsValue> {
    let more = if more {
        MoreLanguages::Within
    } else {
        MoreLanguages::LeftOut
    };
    let shop = checked(name, json, today)?.shop;
    let block = doui_build::inline(&shop, &Sources::embedded(), more);
    Ok(block.map_err(said)?)
}

/// The JSON Schema of a shop file.
///
/// # Errors
///
/// None that is known.
#[wasm_bindgen]
pub fn schema() -> Result<String, JsError> {
    Ok(serde_json::to_string(&doui_build::json_schema())?)
}

/// A build: all files but the compressed copies and the manifest.
#[wasm_bindgen]
pub struct Build {
    shop: Shop,
    files: Files,
}

/// The sizes of a file's compressed copies.
#[derive(Deserialize)]
struct Compressed {
    gzip: usize,
    brotli: usize,
}

#[wasm_bindgen]
impl Build {
    /// Builds all files of `dist/`. The finished centre is its files, each as `[path, bytes]`.
    ///
    /// # Errors
    ///
    /// An error named `ShopFileError`, with every finding, one a line, as [`check`]'s `text` has them.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, json: &str, today: &str, centre: &Array) -> Result<Build, JsValue> {
        let sources = Sources::embedded();
        let checked = checked(name, json, today)?;
        let files = centre.iter().map(|file| {
            let file: Array = file.unchecked_into();
            let path = file.get(0).as_string().unwrap_or_default();
            (path, Uint8Array::new(&file.get(1)).to_vec())
        });
        let centre = Centre::from_files(files.collect()).map_err(said)?;
        let files = doui_build::build(&checked.shop, &centre, &sources).map_err(said)?;
        Ok(Build {
            shop: checked.shop,
            files,
        })
    }

    /// The files as `[path, bytes, whether compressed copies lie beside it]`, in the order of their paths.
    pub fn files(&self) -> Array {
        let files = self.files.iter().map(|(path, content)| {
            Array::of3(
                &path.into(),
                &Uint8Array::from(&**content).into(),
                &is_compressible(path).into(),
            )
        });
        files.collect()
    }

    /// The path that the shop serves the files at, such as `/doui/`.
    pub fn path(&self) -> String {
        self.shop.path.clone()
    }

    /// The manifest, given the sizes of the compressed copies as JSON: `{"doui.js": {"gzip": 1, "brotli": 1}}`.
    ///
    /// # Errors
    ///
    /// Where the sizes are no such JSON.
    pub fn manifest(&self, sizes: &str) -> Result<Vec<u8>, JsError> {
        let sizes: BTreeMap<String, Compressed> = serde_json::from_str(sizes)?;
        let sizes = sizes
            .into_iter()
            .map(|(path, Compressed { gzip, brotli })| (path, Sizes { gzip, brotli }));
        Ok(Manifest::new(&self.shop, &self.files, &sizes.collect()).to_json())
    }
}

/// A shop file without faults; else an error named `ShopFileError`, with every finding.
fn checked(name: &str, json: &str, today: &str) -> Result<Checked, JsValue> {
    let file = ShopFile { name, json };
    doui_build::check(file, &Sources::embedded(), day(today)?).map_err(|error| {
        let told = Error::new(&error.to_string());
        if matches!(error, BuildError::Findings(_)) {
            told.set_name("ShopFileError");
        }
        JsValue::from(told)
    })
}

fn day(iso: &str) -> Result<Date, JsError> {
    Date::from_iso(iso)
        .ok_or_else(|| JsError::new(&format!("{iso} is no day; write it as 2026-11-30")))
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn said(error: BuildError) -> JsError {
    JsError::new(&error.to_string())
}
