//! The preference centre, compiled for WebAssembly.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{command::run, files, project, setup};

/// What is compiled, as cargo is told it: a binary or an example of the app's package.
pub type Target = [&'static str; 2];

/// The preference centre itself.
pub const CENTRE: Target = ["--bin", "doui"];
/// `doui-build` for Node.js.
pub const NODE: Target = ["--package", "doui-node"];

/// How the WebAssembly is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As quickly as possible, to be looked at on this machine. It is what `trunk serve` compiles, too.
    Look,
    /// For visitors, by what every Rust has.
    Shipped,
    /// For visitors, with the standard library compiled along for size, and a panic that ends without a word. Both are
    /// unstable features of Rust, so this is asked for, never a default.
    Smallest,
}

/// Where cargo looks for the compiler's flags for WebAssembly alone.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Compiles `what`. Returns the WebAssembly file.
pub fn compile(what: Target, profile: Profile) -> Result<PathBuf> {
    let target = match profile {
        Profile::Look | Profile::Shipped => target_folder(),
        // The usual build's work is not thrown away for it.
        Profile::Smallest => target_folder().join("smallest"),
    };
    compile_into(&target, what, profile)
}

/// Compiles the preference centre as it is shipped once more, from nothing and into another folder, and fails where a byte
/// differs or a folder of this machine is named: whoever builds this source must get what was handed out.
pub fn again() -> Result<()> {
    let compiled = compile(CENTRE, Profile::Shipped)?;
    let bytes = read(&compiled)?;
    let text = String::from_utf8_lossy(&bytes);
    for (folder, _) in folders()? {
        ensure!(
            !text.contains(&folder),
            "the WebAssembly names {folder}: see to it that `remap` in xtask/src/compile.rs leaves that out"
        );
    }
    let elsewhere = target_folder().join("again");
    files::remove(&elsewhere)?;
    let other = compile_into(&elsewhere, CENTRE, Profile::Shipped)?;
    ensure!(
        bytes == read(&other)?,
        "two compilations of the same source differ: compare {} and {}",
        compiled.display(),
        other.display()
    );
    files::remove(&elsewhere)
}

fn compile_into(target: &Path, what: Target, profile: Profile) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    // The app alone has a browser's build.
    let features: &[&str] = if what == NODE {
        &[]
    } else {
        &["--features", "csr"]
    };
    cargo
        .args(["build", "--target", setup::TARGET])
        .args(features)
        .args(what)
        .current_dir(project::root())
        .env("CARGO_TARGET_DIR", target);
    if profile != Profile::Look {
        let mut flags = remap()?;
        cargo.arg("--release");
        if profile == Profile::Smallest {
            setup::standard_library()?;
            cargo.arg("--offline").envs(setup::STANDARD_LIBRARY);
            flags += " -Zunstable-options -Cpanic=immediate-abort";
        }
        cargo.env(FLAGS, flags);
    }
    run(&mut cargo)?;
    let [kind, name] = what;
    let folder = target.join(setup::TARGET).join(match profile {
        Profile::Look => "debug",
        Profile::Shipped | Profile::Smallest => "release",
    });
    let folder = match kind {
        "--example" => folder.join("examples"),
        _ => folder,
    };
    Ok(folder.join(format!("{}.wasm", name.replace('-', "_"))))
}

/// Where cargo keeps what it compiled.
fn target_folder() -> PathBuf {
    project::root().join("target")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The compiler's flags that leave the builder's folders out of the panic messages within the WebAssembly, so that every
/// machine builds the same bytes and none tells whose it is.
fn remap() -> Result<String> {
    let flags = folders()?
        .into_iter()
        .map(|(folder, name)| format!("--remap-path-prefix={folder}={name}"));
    Ok(flags.collect::<Vec<_>>().join(" "))
}

/// The folders of other people's source on this machine, each with what stands for it in messages.
fn folders() -> Result<Vec<(String, String)>> {
    // Without the component rust-src the compiler has this name in its place already.
    let standard_library = setup::standard_library_source()?;
    let mut folders = vec![(
        standard_library,
        format!("/rustc/{}", setup::rust_commit()?),
    )];
    let registries = setup::cargo_home()?.join("registry/src");
    for registry in fs::read_dir(&registries).with_context(|| registries.display().to_string())? {
        let registry = registry?.path().display().to_string();
        folders.push((registry, "crates".to_owned()));
    }
    // The variable's flags are divided by spaces, so a path with one cannot be said there.
    folders.retain(|(folder, _)| !folder.contains(char::is_whitespace));
    folders.sort();
    Ok(folders)
}
