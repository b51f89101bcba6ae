//! What else than Rust is needed for one thing or another, installed where it is missing.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    command::{output, run},
    project,
};

/// What the preference centre is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// What has cargo compile the standard library along.
/// Source: <https://doc.rust-lang.org/cargo/reference/unstable.html#build-std>.
pub const STANDARD_LIBRARY: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];
/// Has cargo install a program without the optimisations that take longer than the program will ever save.
/// Source: <https://doc.rust-lang.org/cargo/reference/environment-variables.html>.
const QUICKLY: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

const TRUNK: &str = "0.21.14";
const GECKODRIVER: &str = "0.37.1";
const CARGO_DENY: &str = "0.20.2";
const TWIGGY: &str = "0.8.0";

/// Sees to it that `trunk serve` finds what it needs: the target, Trunk, and wasm-bindgen. What builds and tests never
/// calls them.
pub fn trunk() -> Result<()> {
    target()?;
    let bindgen = lock_version("wasm-bindgen")?;
    let tools = [
        Tool {
            package: "trunk",
            binary: "trunk",
            version: TRUNK.to_owned(),
        },
        // It must be exactly the version of the library that the app is built with.
        Tool {
            package: "wasm-bindgen-cli",
            binary: "wasm-bindgen",
            version: bindgen,
        },
    ];
    for tool in &tools {
        if let Some(folder) = tool.provide()? {
            println!("      put {} on your PATH", folder.display());
        }
    }
    Ok(())
}

/// Sees to it that Firefox's WebDriver server is there. Returns the program.
pub fn geckodriver() -> Result<PathBuf> {
    program("geckodriver", GECKODRIVER)
}

/// Sees to it that cargo-deny is there. Returns the program.
pub fn cargo_deny() -> Result<PathBuf> {
    program("cargo-deny", CARGO_DENY)
}

/// Sees to it that twiggy, which tells what WebAssembly is made of, is there. Returns the program.
pub fn twiggy() -> Result<PathBuf> {
    program("twiggy", TWIGGY)
}

/// A program of a package of the same name.
fn program(name: &'static str, version: &str) -> Result<PathBuf> {
    let tool = Tool {
        package: name,
        binary: name,
        version: version.to_owned(),
    };
    let folder = tool.provide()?.unwrap_or_default();
    Ok(folder.join(name))
}

/// Adds the WebAssembly target to the Rust in use.
pub fn target() -> Result<()> {
    if rust_library()?.join(TARGET).exists() {
        return Ok(());
    }
    println!("      adding Rust's target {TARGET}");
    run(Command::new("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("add the target {TARGET} to your Rust by hand"))
}

/// Where the component rust-src puts the source of the standard library.
pub fn standard_library_source() -> Result<String> {
    Ok(rust_library()?.join("src/rust").display().to_string())
}

/// The commit that the Rust in use was made of.
pub fn rust_commit() -> Result<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "));
    Ok(commit.unwrap_or_default().to_owned())
}

/// Where the Rust in use has what belongs to its targets.
fn rust_library() -> Result<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(&sysroot).join("lib/rustlib"))
}

/// Adds the source of the standard library to the Rust in use, and fetches the packages that it is made of, for a build
/// that fetches nothing.
pub fn standard_library() -> Result<()> {
    if !Path::new(&standard_library_source()?).exists() {
        println!("      adding Rust's component rust-src");
        run(Command::new("rustup").args(["component", "add", "rust-src"]))
            .context("add the component rust-src to your Rust by hand")?;
    }
    run(Command::new("cargo")
        .args(["fetch", "--quiet", "--target", TARGET])
        .envs(STANDARD_LIBRARY)
        .current_dir(project::root()))
}

/// The version of a package in `Cargo.lock`.
fn lock_version(package: &str) -> Result<String> {
    let id = output(
        Command::new("cargo")
            .args(["pkgid", package])
            .current_dir(project::root()),
    )?;
    let version = id.rsplit(['@', '#']).next().unwrap_or_default();
    Ok(version.to_owned())
}

/// A program that cargo can install.
struct Tool {
    package: &'static str,
    binary: &'static str,
    version: String,
}

impl Tool {
    /// Finds the tool in exactly its version, or installs it. Returns the folder it is in if that is not on `PATH`.
    fn provide(&self) -> Result<Option<PathBuf>> {
        if self.is_right(Path::new(self.binary)) {
            return Ok(None);
        }
        let kept = cache()?.join(format!("{}-{}", self.package, self.version));
        // They go where cargo puts programs, so that a plain `trunk serve` finds them; but a version that somebody else
        // installed there is left alone.
        let is_taken = which::which(self.binary).is_ok();
        let root = if is_taken {
            kept.clone()
        } else {
            cargo_home()?
        };
        let candidates = [kept.join("bin"), root.join("bin")];
        if let Some(folder) = candidates
            .iter()
            .find(|folder| self.is_right(&folder.join(self.binary)))
        {
            return Ok(Some(folder.clone()));
        }
        println!(
            "      installing {} {}: this takes some minutes, once",
            self.package, self.version
        );
        let install = |lock: Option<&str>| {
            let mut cargo = Command::new("cargo");
            cargo
                .args([
                    "install",
                    self.package,
                    "--version",
                    &self.version,
                    "--root",
                ])
                .arg(&root)
                .args(lock)
                .envs(QUICKLY)
                // Without the lock, nothing newer than the Rust in use can build.
                .env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")
                // Not the project's folder: its settings are for its own packages.
                .current_dir(env::temp_dir());
            run(&mut cargo)
        };
        // A registry mirror may lack one of the very versions that the tool was released with.
        install(Some("--locked"))
            .or_else(|_| {
                println!("      trying again with other versions of what it is made of");
                install(None)
            })
            .with_context(|| {
                format!(
                    "{} {} cannot be installed; put this version of it on your PATH by hand",
                    self.package, self.version
                )
            })?;
        Ok(Some(root.join("bin")))
    }

    /// Whether the program is there and says that it is the right version, as in `trunk 0.21.14`.
    fn is_right(&self, program: &Path) -> bool {
        let said = Command::new(program).arg("--version").output();
        said.is_ok_and(|said| {
            String::from_utf8_lossy(&said.stdout)
                .split_whitespace()
                .nth(1)
                == Some(self.version.as_str())
        })
    }
}

/// A folder of the user's that outlives `git clean` and serves every clone.
fn cache() -> Result<PathBuf> {
    let root = match env::var_os("XDG_CACHE_HOME") {
        Some(root) => PathBuf::from(root),
        None => home()?.join(".cache"),
    };
    Ok(root.join("doui/tools"))
}

/// Where cargo keeps what it fetched and installed.
pub fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Ok(home()?.join(".cargo")),
    }
}

fn home() -> Result<PathBuf> {
    env::home_dir().context("your home folder is unknown; set HOME")
}
