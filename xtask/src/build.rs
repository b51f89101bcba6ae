//! `cargo xtask build`: the whole of `dist/`.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{command::run, files, finish, project, setup, shop, steps::Steps};

/// How many steps [`build`] tells.
pub const STEPS: usize = 4;

/// With what the WebAssembly is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Compiler {
    /// What every Rust has.
    Usual,
    /// The standard library compiled along, for size, and a panic that ends without a word. Both are unstable features of
    /// Rust, so this is asked for, never a default.
    Smallest,
}

/// Where cargo looks for the compiler's flags for WebAssembly alone.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Builds `dist/` for a shop. Whatever fails, the `dist/` that was there stays as it is.
pub fn build(steps: &mut Steps, shop_file: &Path, compiler: Compiler) -> Result<()> {
    let shop = steps.run("Checking the shop file", || shop::read(shop_file))?;
    let path = steps.run(
        "Looking for the tools, installing what is missing",
        setup::tools,
    )?;
    let stage = project::root().join(".stage");
    let trunk = stage.join("trunk");
    steps.run("Building the preference centre (release)", || {
        let mut build = Command::new("trunk");
        build
            .args([
                "build",
                "--release",
                "--offline",
                "true",
                "--skip-version-check",
                "--log",
                "warn",
                "--dist",
            ])
            .arg(&trunk)
            .current_dir(project::root())
            .env("PATH", &path)
            // Its errors say enough; a trace of its own insides would hide them.
            .env("RUST_BACKTRACE", "0")
            .env(finish::DRIVEN, "1");
        let mut flags = remap()?;
        if compiler == Compiler::Smallest {
            setup::standard_library()?;
            flags += " -Zunstable-options -Cpanic=immediate-abort";
            build
                .envs(setup::STANDARD_LIBRARY)
                // The usual build's work is not thrown away for it.
                .env("CARGO_TARGET_DIR", project::root().join("target/smallest"));
        }
        run(build.env(FLAGS, flags))
    })?;
    steps.run(
        "Writing the pages, doui.js and their compressed copies",
        || {
            let finished = finish::finish(files::read(&trunk)?, &shop, true)?;
            let finished = finish::pack(finished, &shop);
            let new = stage.join("dist");
            files::write(&new, &finished)?;
            let dist = project::dist();
            files::remove(&dist)?;
            fs::rename(&new, &dist).with_context(|| {
                format!("{} cannot be moved to {}", new.display(), dist.display())
            })?;
            files::remove(&stage)
        },
    )
}

/// Compiles the preference centre once more, from nothing and into another folder, as Trunk had it compiled for [`build`],
/// and fails where a byte differs or a folder of this machine is named: whoever builds this source must get what was
/// handed out.
pub fn again() -> Result<()> {
    let target = project::root().join("target");
    let elsewhere = target.join("again");
    files::remove(&elsewhere)?;
    run(compile(&["--bin", "doui", "--offline"])?.env("CARGO_TARGET_DIR", &elsewhere))?;
    let compiled = |folder: &Path| {
        let path = folder.join(setup::TARGET).join("release/doui.wasm");
        fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let bytes = compiled(&target)?;
    let text = String::from_utf8_lossy(&bytes);
    for (folder, _) in folders()? {
        ensure!(
            !text.contains(&folder),
            "the WebAssembly names {folder}: see to it that `remap` in xtask/src/build.rs leaves that out"
        );
    }
    ensure!(
        bytes == compiled(&elsewhere)?,
        "two compilations of the same source differ: compare the .wasm files in {} and {}",
        target.display(),
        elsewhere.display()
    );
    files::remove(&elsewhere)
}

/// Cargo, about to compile `what` for WebAssembly as Trunk has the preference centre compiled for [`build`].
pub fn compile(what: &[&str]) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--features", "csr"])
        .args(["--target", setup::TARGET])
        .args(what)
        .current_dir(project::root())
        .env(FLAGS, remap()?);
    Ok(cargo)
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
