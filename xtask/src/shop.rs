//! The shop file: read and checked before anything is built from it.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use doui_core::Shop;

use crate::{files::read_text, project};

/// The project's own shop file.
pub fn default_file() -> PathBuf {
    project::root().join("shop.json")
}

/// Reads a shop file. The error lists every finding, one a line, as `FILE:LINE:COLUMN: path: problem. remedy`.
pub fn read(file: &Path) -> Result<Shop> {
    let json = read_text(file)?;
    let name = file
        .strip_prefix(project::root())
        .unwrap_or(file)
        .display()
        .to_string();
    doui_core::check(&json).map_err(|findings| anyhow!("{}", findings.in_file(&name)))
}
