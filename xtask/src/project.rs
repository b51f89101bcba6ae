//! Where things lie.

use std::path::{Path, PathBuf};

/// The workspace's folder: the one this program was built from, wherever it is called.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the workspace")
}

/// What a build leaves.
pub fn dist() -> PathBuf {
    root().join("dist")
}
