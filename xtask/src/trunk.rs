//! What Trunk calls after each of its own builds, so that `trunk serve` shows finished pages.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
use doui_build::{Files, build};

use crate::{
    bind::Bound,
    centre::{self, Reader},
    files, shop, sources,
};

/// Finishes what Trunk built.
pub fn finish() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("this is Trunk's hook; run `trunk serve` or `cargo xtask build`")?;
    let staging = PathBuf::from(staging);
    let mut built = files::read(&staging)?;
    let centre = centre::finish(take_bound(&mut built)?, Reader::Developer)?;
    let mut sources = sources::read()?;
    // The page as Trunk left it has what loads it again.
    let index = take_text(&mut built, "index.html")?;
    sources.insert("index.html", index.into_bytes());
    let shop = shop::read(&shop::default_file())?;
    files::write(&staging, &build(&shop, &centre, &sources)?)
}

/// What wasm-bindgen wrote for Trunk.
fn take_bound(built: &mut Files) -> Result<Bound> {
    let wasm = built.keys().find(|path| path.ends_with(".wasm")).cloned();
    let wasm = wasm.context("Trunk built no .wasm file")?;
    Ok(Bound {
        glue: take_text(built, &wasm.replace("_bg.wasm", ".js"))?,
        wasm: built.remove(&wasm).unwrap_or_default(),
    })
}

fn take_text(files: &mut Files, path: &str) -> Result<String> {
    let content = files
        .remove(path)
        .with_context(|| format!("Trunk built no {path}"))?;
    String::from_utf8(content).with_context(|| format!("{path} is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_trunk_built_is_found_by_its_names() {
        let mut built = Files::from([
            ("doui-1.js".to_owned(), b"export {}".to_vec()),
            ("doui-1_bg.wasm".to_owned(), b"\0asm".to_vec()),
        ]);
        let bound = take_bound(&mut built).unwrap();
        assert_eq!(bound.glue, "export {}");
        assert_eq!(bound.wasm, b"\0asm");
        let error = take_bound(&mut built).err().unwrap().to_string();
        assert_eq!(error, "Trunk built no .wasm file");
    }
}
