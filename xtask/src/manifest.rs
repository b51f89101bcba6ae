//! `manifest.json`: what `dist/` holds, how large it is, and how to check it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use doui_core::Shop;
use serde::{Deserialize, Serialize};

use crate::{compress::is_compressible, files::Files, page::integrity};

/// The file's name in `dist/`.
pub const NAME: &str = "manifest.json";

/// What is in `dist/`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Doui's version.
    pub version: String,
    /// The shop's revision, as `2023-12-01`.
    pub revision: String,
    /// The name of the cookie that the answers are in.
    pub cookie: String,
    /// Each file but this one and the compressed copies, by path.
    pub files: BTreeMap<String, Entry>,
}

/// One file of `dist/`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its size.
    pub bytes: usize,
    /// The size of its `.gz` copy, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gzip: Option<usize>,
    /// The size of its `.br` copy, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brotli: Option<usize>,
    /// The value for an `integrity` attribute.
    pub integrity: String,
}

impl Manifest {
    /// Describes `files`, given their compressed `copies`.
    pub fn new(version: &str, shop: &Shop, files: &Files, copies: &Files) -> Self {
        let size = |path: &str, extension: &str| {
            let is_there = is_compressible(path);
            is_there.then(|| copies[&format!("{path}.{extension}")].len())
        };
        let entries = files.iter().map(|(path, content)| {
            let entry = Entry {
                bytes: content.len(),
                gzip: size(path, "gz"),
                brotli: size(path, "br"),
                integrity: integrity(content),
            };
            (path.clone(), entry)
        });
        Manifest {
            version: version.to_owned(),
            revision: shop.revision.iso(),
            cookie: shop.cookie.name.clone(),
            files: entries.collect(),
        }
    }

    /// Reads the manifest of a built folder.
    pub fn read(dist: &std::path::Path) -> Result<Self> {
        let path = dist.join(NAME);
        let json = std::fs::read(&path).with_context(|| {
            format!(
                "{} cannot be read; run `cargo xtask build` first",
                path.display()
            )
        })?;
        serde_json::from_slice(&json)
            .with_context(|| format!("{} is damaged; run `cargo xtask build`", path.display()))
    }

    /// The manifest as a file.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("a manifest is plain data");
        json.push(b'\n');
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_sizes_and_reads_back() {
        let files = Files::from([
            ("a.js".to_owned(), b"a".repeat(99)),
            ("a.png".to_owned(), b"png".to_vec()),
        ]);
        let copies = crate::compress::copies(&files);
        let shop = Shop::from_json(include_str!("../../tests/shops/four.json")).unwrap();
        let manifest = Manifest::new("0.1.0", &shop, &files, &copies);
        assert_eq!(
            (&*manifest.revision, &*manifest.cookie),
            ("2023-12-01", "doui")
        );
        let script = &manifest.files["a.js"];
        assert_eq!(
            (script.bytes, script.gzip),
            (99, Some(copies["a.js.gz"].len()))
        );
        assert_eq!(script.brotli, Some(copies["a.js.br"].len()));
        let image = &manifest.files["a.png"];
        assert_eq!((image.bytes, image.gzip, image.brotli), (3, None, None));
        assert!(image.integrity.starts_with("sha384-"));
        assert_eq!(
            serde_json::from_slice::<Manifest>(&manifest.to_json()).unwrap(),
            manifest
        );
    }

    #[test]
    fn a_missing_manifest_says_what_to_do() {
        let error = Manifest::read(std::path::Path::new("/nowhere"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("cargo xtask build"), "{error}");
    }
}
