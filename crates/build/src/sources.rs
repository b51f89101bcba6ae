//! Doui's own sources: what a build needs beside the shop file and the finished centre.

use anyhow::{Context, Result, bail};
use doui_shop::Catalog;

use crate::{BuildError, FileFinding, Files, join};

#[path = "places.rs"]
mod places;

pub use places::PLACES;

/// The modules of the scripts, the style sheets, the page's template, the icons and the catalogue, by their paths from the
/// project's root. [`PLACES`] lists where they lie; what else there is does no harm.
#[derive(Clone, Debug, Default)]
pub struct Sources(Files);

impl Sources {
    /// The sources that a host has read.
    pub fn new(files: Files) -> Self {
        Self(files)
    }

    /// The sources as they were when this library was compiled.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        let files: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/sources.rs"));
        let files = files.iter();
        Self(
            files
                .map(|(path, content)| ((*path).to_owned(), content.to_vec()))
                .collect(),
        )
    }

    /// Puts another file in the place of one.
    pub fn insert(&mut self, path: &str, content: Vec<u8>) {
        self.0.insert(path.to_owned(), content);
    }

    /// The services of the catalogue.
    ///
    /// # Errors
    ///
    /// Every fault of its files.
    pub fn catalog(&self) -> Result<Catalog, BuildError> {
        let mut catalog = Catalog::default();
        let mut found = Vec::new();
        for (name, content) in self.folder("catalog") {
            let file = format!("catalog/{name}");
            let json = std::str::from_utf8(content)
                .map_err(|_| BuildError::Sources(format!("{file} is not UTF-8")))?;
            let Some(id) = name.strip_suffix(".json") else {
                return Err(BuildError::Sources(format!(
                    "{file} is no file of the catalogue; one is named by its service, such as catalog/clarity.json"
                )));
            };
            if let Err(findings) = catalog.add(id, json) {
                found.extend(FileFinding::all(&file, findings));
            }
        }
        if found.is_empty() {
            Ok(catalog)
        } else {
            Err(BuildError::Findings(found))
        }
    }

    /// A text file.
    pub(crate) fn text(&self, path: &str) -> Result<&str> {
        let Some(content) = self.0.get(path) else {
            bail!("{path} is missing among Doui's sources");
        };
        std::str::from_utf8(content).with_context(|| format!("{path} is not UTF-8"))
    }

    /// Style sheets, each with its path.
    pub(crate) fn sheets(&self, paths: &[&str]) -> Result<Vec<(String, String)>> {
        let sheets = paths.iter();
        sheets
            .map(|path| Ok(((*path).to_owned(), self.text(path)?.to_owned())))
            .collect()
    }

    /// The modules of the scripts, by their paths below `src/embed`.
    pub(crate) fn modules(&self) -> Result<join::Sources> {
        let modules = self
            .folder("src/embed")
            .filter(|(name, _)| name.ends_with(".js"));
        modules
            .map(|(name, _)| {
                let text = self.text(&format!("src/embed/{name}"))?;
                Ok((name.to_owned(), text.to_owned()))
            })
            .collect()
    }

    /// The files of a folder and of those within it, by their paths below it.
    pub(crate) fn folder(&self, folder: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.0.iter();
        files.filter_map(move |(path, content)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((name, content.as_slice()))
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::{fs, path::Path};

    use doui_core::sweep::{Place, stands_for};
    use doui_shop::Text;
    use doui_shop::shop::Fact;

    use super::*;

    /// The project's own.
    pub(crate) fn own() -> Sources {
        fn read(files: &mut Files, root: &Path, path: &str) {
            let place = root.join(path);
            if place.is_dir() {
                for entry in fs::read_dir(&place).unwrap() {
                    let name = entry.unwrap().file_name();
                    read(files, root, &format!("{path}/{}", name.to_str().unwrap()));
                }
            } else {
                files.insert(path.to_owned(), fs::read(&place).unwrap());
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut files = Files::new();
        for place in PLACES {
            read(&mut files, &root, place);
        }
        Sources::new(files)
    }

    #[cfg(feature = "embedded")]
    #[test]
    fn what_is_embedded_is_what_lies_in_the_project() {
        assert_eq!(Sources::embedded().0, own().0);
    }

    #[test]
    fn every_file_of_the_catalogue_is_sound() {
        own().catalog().unwrap();
    }

    /// What is kept in Japan and the United States was said to be kept in Japan, by the seat of the company.
    #[test]
    fn the_seat_of_a_recipient_was_taken_for_where_the_data_is_kept() {
        let catalog = own().catalog().unwrap();
        let text = |fact: &Option<Fact<Text>>| {
            let fact = fact.as_ref().expect("it is known");
            fact.value.get("en", "en").to_owned()
        };
        for id in ["yahoo-ads", "line-tag"] {
            let service = catalog.get(id).expect("the catalogue has it");
            assert_eq!(text(&service.recipient_country), "Japan");
            assert_eq!(
                text(&service.storage_location),
                "Japan and the United States"
            );
            assert!(service.statement.is_some(), "{id}");
        }
    }

    /// Google's policy ceased to hold for reCAPTCHA, and TikTok's for Europe never did in Japan.
    #[test]
    fn a_policy_that_does_not_hold_was_cited() {
        let own = own();
        for (file, policy) in [
            ("catalog/recaptcha.json", "YouTube/Privacy"),
            ("catalog/tiktok-pixel.json", "TikTok/Privacy"),
        ] {
            let text = str::from_utf8(&own.0[file]).unwrap();
            assert!(!text.contains(policy), "{file} cites {policy}");
        }
    }

    /// A withdrawal deletes what is listed, so what tags leave today must be.
    #[test]
    fn what_tags_leave_today_stayed_after_a_withdrawal() {
        let catalog = own().catalog().unwrap();
        for (id, place, name) in [
            ("line-tag", Place::Cookies, "__lt__sid"),
            ("line-tag", Place::Cookies, "__lt__cid.0a1b2c3d"),
            ("tiktok-pixel", Place::Cookies, "ttcsid"),
            (
                "tiktok-pixel",
                Place::Cookies,
                "ttcsid_CEUU933C77UA1PN5K8JG",
            ),
            ("x-pixel", Place::Cookies, "_twpid"),
            ("x-pixel", Place::Cookies, "_twsid"),
            ("a8", Place::Cookies, "_a8_s00000022948001"),
            ("yahoo-ads", Place::Cookies, "_ycl_aw"),
            ("yahoo-ads", Place::Cookies, "_ycl_x_aw"),
            ("yahoo-ads", Place::Cookies, "_ly_su"),
            ("yahoo-ads", Place::Storage, "_ly_r"),
            ("google-ads", Place::Storage, "_gcl_ls"),
            ("microsoft-ads", Place::Storage, "_uetsid"),
            ("microsoft-ads", Place::Storage, "_uetvid"),
        ] {
            let service = catalog.get(id).expect("the catalogue has it");
            let mut names = service.names(place);
            assert!(names.any(|known| stands_for(known, name)), "{id}: {name}");
        }
    }

    #[test]
    fn a_source_that_is_missing_is_named() {
        let error = Sources::default().text("index.html").unwrap_err();
        assert_eq!(
            error.to_string(),
            "index.html is missing among Doui's sources"
        );
    }
}
