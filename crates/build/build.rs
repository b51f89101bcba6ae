//! With the feature `embedded`: lists Doui's own sources, so that the library has them within. `src/sources.rs` says which.

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

#[path = "src/places.rs"]
mod places;

fn main() {
    println!("cargo::rerun-if-changed=src/places.rs");
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_none() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for place in places::PLACES {
        list(&root.join(place), &mut paths);
    }
    paths.sort();
    let mut list = "[".to_owned();
    for path in paths {
        let name = path.strip_prefix(&root).expect("it lies within");
        let name = name.to_str().expect("a source's name is UTF-8");
        let name = name.replace('\\', "/");
        writeln!(list, "({name:?}, include_bytes!({path:?}).as_slice()),").expect("memory");
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("sources.rs"), list).expect("cargo's folder can be written");
}

/// The files at a place, which is a file or a folder.
fn list(place: &Path, paths: &mut Vec<PathBuf>) {
    // A folder changes when a file comes or goes.
    println!("cargo::rerun-if-changed={}", place.display());
    if !place.is_dir() {
        return paths.push(place.to_owned());
    }
    let entries =
        fs::read_dir(place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
    for entry in entries {
        list(&entry.expect("a folder can be read").path(), paths);
    }
}
