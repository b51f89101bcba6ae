//! `cargo xtask build`: the whole of `dist/`; and what `cargo xtask serve` shows.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use doui_build::Files;
use doui_shop::Shop;

use crate::{
    bind::bind,
    centre::{self, Reader},
    compile::{CENTRE, Profile, compile},
    compress, files, project, setup, shop, sources,
    steps::Steps,
};

const CHECK: &str = "Checking the shop file";
const TARGET: &str = "Looking for Rust's target for WebAssembly, adding it if it is missing";
const COMPILE: &str = "Compiling the preference centre for WebAssembly";
const BIND: &str = "Writing the script of the WebAssembly";
const FINISH: &str = "Writing the pages, doui.js and the style sheet";
const PACK: &str = "Writing their compressed copies";

/// The steps of [`look`].
pub const LOOK: [&str; 5] = [CHECK, TARGET, COMPILE, BIND, FINISH];

/// The steps of [`build`].
pub const STEPS: [&str; 6] = [CHECK, TARGET, COMPILE, BIND, FINISH, PACK];

/// Builds what can be looked at on this machine: the same pages and the same `doui.js` as [`build`], but quickly compiled
/// WebAssembly, and nothing compressed. Returns its folder.
pub fn look(steps: &mut Steps, shop_file: &Path) -> Result<PathBuf> {
    let folder = project::root().join("target/look");
    let (_, files) = finished(steps, shop_file, Profile::Look)?;
    files::write(&folder, &files)?;
    Ok(folder)
}

/// Builds `dist/` for a shop. Whatever fails, the `dist/` that was there stays as it is.
pub fn build(steps: &mut Steps, shop_file: &Path, profile: Profile) -> Result<()> {
    let (shop, files) = finished(steps, shop_file, profile)?;
    steps.run(PACK, || {
        replace(&project::dist(), &compress::pack(&shop, files))
    })
}

/// A shop, and all its files without their compressed copies.
fn finished(steps: &mut Steps, shop_file: &Path, profile: Profile) -> Result<(Shop, Files)> {
    let shop = steps.run(CHECK, || shop::read(shop_file))?;
    steps.run(TARGET, setup::target)?;
    let compiled = steps.run(COMPILE, || compile(CENTRE, profile))?;
    let bound = steps.run(BIND, || bind(&compiled))?;
    let reader = match profile {
        Profile::Look => Reader::Developer,
        Profile::Shipped | Profile::Smallest => Reader::Visitor,
    };
    let files = steps.run(FINISH, || {
        let centre = centre::finish(bound, reader)?;
        Ok(doui_build::build(&shop, &centre, &sources::read()?)?)
    })?;
    Ok((shop, files))
}

/// Puts `files` in the place of `folder`. The old folder is moved away whole before it is removed, so that a file that
/// cannot be removed never leaves half of it.
fn replace(folder: &Path, files: &Files) -> Result<()> {
    let stage = folder.with_file_name(".stage");
    let (new, old) = (stage.join("new"), stage.join("old"));
    files::remove(&stage)?;
    files::write(&new, files)?;
    let rename = |from: &Path, to: &Path| {
        fs::rename(from, to)
            .with_context(|| format!("{} cannot be moved to {}", from.display(), to.display()))
    };
    if folder.exists() {
        rename(folder, &old)?;
    }
    if let Err(error) = rename(&new, folder) {
        // What was there comes back, if there was anything.
        let _ = fs::rename(&old, folder);
        return Err(error);
    }
    files::remove(&stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_replaced_stays_whole() {
        let root = std::env::temp_dir().join(format!("doui-replace-{}", std::process::id()));
        let folder = root.join("dist");
        let one = Files::from([("a.js".to_owned(), b"1".to_vec())]);
        let other = Files::from([("b.js".to_owned(), b"2".to_vec())]);
        replace(&folder, &one).unwrap();
        replace(&folder, &other).unwrap();
        assert_eq!(files::read(&folder).unwrap(), other);
        // A file's name that is a folder's too cannot be written, so the new files are not whole.
        let faulty = Files::from([
            ("c".to_owned(), b"3".to_vec()),
            ("c/d".to_owned(), b"4".to_vec()),
        ]);
        assert!(replace(&folder, &faulty).is_err());
        assert_eq!(files::read(&folder).unwrap(), other);
        files::remove(&root).unwrap();
    }
}
