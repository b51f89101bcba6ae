//! Doui's own sources, as they lie in the project.

use std::fs;

use anyhow::{Context, Result};
use doui_build::{Files, PLACES, Sources};

use crate::{files, project};

/// Reads all that a build needs.
pub fn read() -> Result<Sources> {
    let mut read = Files::new();
    for place in PLACES {
        let path = project::root().join(place);
        if path.is_dir() {
            let files = files::read(&path)?.into_iter();
            read.extend(files.map(|(name, content)| (format!("{place}/{name}"), content)));
        } else {
            let content = fs::read(&path);
            let content = content.with_context(|| format!("{} cannot be read", path.display()))?;
            read.insert(place.to_owned(), content);
        }
    }
    Ok(Sources::new(read))
}
