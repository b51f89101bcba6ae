//! `manifest.json`: what `dist/` holds, how large it is, and how to check it.

use std::collections::BTreeMap;

use doui_shop::Shop;
use serde::{Deserialize, Serialize};

use crate::{Files, VERSION, integrity};

/// What compression does something for. Images and fonts are compressed already.
const COMPRESSIBLE: &[&str] = &["css", "html", "js", "json", "svg", "ts", "txt", "wasm"];

/// Whether a file of this name gets compressed copies beside it, `.br` and `.gz`.
pub fn is_compressible(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|it| COMPRESSIBLE.contains(&it))
}

/// How large the compressed copies of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The bytes of its `.gz` copy.
    pub gzip: usize,
    /// The bytes of its `.br` copy.
    pub brotli: usize,
}

/// The manifest's name in `dist/`.
pub const MANIFEST: &str = "manifest.json";

/// What is in `dist/`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Doui's version.
    pub version: String,
    /// The shop's revision, as `2023-12-01`.
    pub revision: String,
    /// The name of the cookie that the answers are in.
    pub cookie: String,
    /// Where the shop serves these files, as `/doui/`.
    pub path: String,
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
    /// Describes the files of a shop's build, given the sizes of their compressed copies by path.
    pub fn new(shop: &Shop, files: &Files, sizes: &BTreeMap<String, Sizes>) -> Self {
        let entries = files.iter().map(|(path, content)| {
            let sizes = sizes.get(path);
            let entry = Entry {
                bytes: content.len(),
                gzip: sizes.map(|sizes| sizes.gzip),
                brotli: sizes.map(|sizes| sizes.brotli),
                integrity: integrity(content),
            };
            (path.clone(), entry)
        });
        Manifest {
            version: VERSION.to_owned(),
            revision: shop.revision.iso(),
            cookie: shop.cookie.name.clone(),
            path: shop.path.clone(),
            files: entries.collect(),
        }
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
        let shop = Shop::from_json(include_str!("../../../tests/shops/four.json")).unwrap();
        let files = Files::from([
            ("a.js".to_owned(), b"a".repeat(99)),
            ("a.png".to_owned(), b"png".to_vec()),
        ]);
        let sizes = Sizes {
            gzip: 20,
            brotli: 10,
        };
        let sizes = BTreeMap::from([("a.js".to_owned(), sizes)]);
        let manifest = Manifest::new(&shop, &files, &sizes);
        assert_eq!(
            (&*manifest.revision, &*manifest.cookie, &*manifest.path),
            ("2023-12-01", "doui", "/doui/")
        );
        let script = &manifest.files["a.js"];
        assert_eq!(
            (script.bytes, script.gzip, script.brotli),
            (99, Some(20), Some(10))
        );
        let image = &manifest.files["a.png"];
        assert_eq!((image.bytes, image.gzip, image.brotli), (3, None, None));
        assert!(image.integrity.starts_with("sha384-"));
        assert_eq!(
            serde_json::from_slice::<Manifest>(&manifest.to_json()).unwrap(),
            manifest
        );
    }

    #[test]
    fn only_what_gets_smaller_is_compressed() {
        assert!(is_compressible("en/index.html") && is_compressible("centre-1.wasm"));
        assert!(!is_compressible("icons/icon.png") && !is_compressible("html"));
    }
}
