//! `cargo xtask test`: everything the project has, in real browsers too.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{build, command::run, dependencies, project, setup, shop, steps::Steps};

/// What a Debian needs for the end-to-end tests. The pages are in Japanese, so its fonts belong to them.
const PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-noto-cjk"];
/// The servers that the recipes of `docs/server.md` are tested with, and the Debian packages that have them.
const SERVERS: &[(&str, &str)] = &[
    ("nginx", "nginx"),
    ("apache2", "apache2-bin"),
    ("php", "php-cli"),
];
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
const FIREFOXES: &[&str] = &["firefox", "firefox-esr"];

/// Runs every test whose name contains one of the filters, or all without any.
pub fn test(filters: &[String]) -> Result<()> {
    // The path as it is now: a test may link this program anew, and then the system would call it deleted.
    let program = env::current_exe()?;
    let mut steps = Steps::new(build::STEPS + 7);
    steps.run(
        "Checking the licences and sources of what the project depends on",
        dependencies::check,
    )?;
    steps.run(
        "Testing the rules, the server, the components and the tools",
        || cargo_test(&["doui-core", "doui-serve", "doui", "xtask"], filters, &[]),
    )?;
    build::build(&mut steps, &shop::default_file())?;
    let driver = steps.run(
        "Looking for a browser and its driver, installing what is missing",
        browser,
    )?;
    let firefox_driver = steps.run(
        "Looking for Firefox and its driver, installing what is missing",
        firefox,
    )?;
    steps.run(
        "Looking for the servers of the recipes, installing what is missing",
        servers,
    )?;
    steps.run("Fetching what the end-to-end tests inject", packages)?;
    steps.run("Testing end to end", || {
        let dist = project::dist();
        let mut variables: Vec<(&str, &Path)> = vec![
            ("CHROMEDRIVER", &driver),
            ("DOUI_DIST", &dist),
            ("DOUI_ROOT", project::root()),
            ("DOUI_XTASK", &program),
        ];
        variables.extend(
            firefox_driver
                .as_deref()
                .map(|driver| ("GECKODRIVER", driver)),
        );
        cargo_test(&["doui-tests"], filters, &variables)
    })
}

fn cargo_test(packages: &[&str], filters: &[String], variables: &[(&str, &Path)]) -> Result<()> {
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    run(Command::new("cargo")
        .args(["test", "--no-fail-fast"])
        .args(packages)
        .arg("--")
        .args(filters)
        .envs(variables.iter().copied())
        .current_dir(project::root()))
}

/// Finds chromedriver, with a browser for it.
fn browser() -> Result<PathBuf> {
    if let Some(driver) = driver() {
        return Ok(driver);
    }
    if !is_debian_root() {
        bail!(
            "the end-to-end tests need Chromium and chromedriver: install both (Debian: `apt-get install {}`)",
            PACKAGES.join(" ")
        );
    }
    install(PACKAGES)?;
    driver().context("apt-get installed Chromium, and still there is no chromedriver on PATH")
}

/// The driver named by `CHROMEDRIVER`, or else the one on `PATH`, if there is a browser too.
fn driver() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMEDRIVER") {
        return Some(PathBuf::from(named));
    }
    BROWSERS
        .iter()
        .find_map(|browser| which::which(browser).ok())?;
    which::which("chromedriver").ok()
}

/// Finds geckodriver, with a Firefox for it. `None` where it may not install Firefox: the tests in it say that they are
/// left out.
fn firefox() -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("GECKODRIVER") {
        return Ok(Some(PathBuf::from(named)));
    }
    let is_here = env::var_os("FIREFOX").is_some()
        || FIREFOXES
            .iter()
            .any(|firefox| which::which(firefox).is_ok());
    if !is_here && !is_debian_root() {
        println!(
            "      there is no Firefox, so its tests are left out: install it (Debian: `apt-get install firefox-esr`), or set FIREFOX"
        );
        return Ok(None);
    }
    if !is_here {
        install(&["firefox-esr"])?;
    }
    setup::geckodriver().map(Some)
}

/// Installs the servers that are missing. Where it may not, their tests say what they leave out.
fn servers() -> Result<()> {
    let missing: Vec<_> = SERVERS
        .iter()
        .filter(|(program, _)| which::which(program).is_err())
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() || !is_debian_root() {
        return Ok(());
    }
    // Debian starts a server that it installs. This file, read before each start, is how it is told not to.
    let policy = Path::new("/usr/sbin/policy-rc.d");
    let is_free = !policy.exists();
    if is_free {
        fs::write(policy, "#!/bin/sh\nexit 101\n")?;
        run(Command::new("chmod").arg("755").arg(policy))?;
    }
    let installed = install(&missing);
    if is_free {
        fs::remove_file(policy)?;
    }
    installed?;
    if missing.contains(&"nginx") {
        // Nor is it to start with the machine. The other packages have programs only.
        run(Command::new("update-rc.d").args(["nginx", "disable"]))?;
    }
    Ok(())
}

/// Installs Debian packages.
fn install(packages: &[&str]) -> Result<()> {
    let apt = |arguments: &[&str]| {
        run(Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--quiet", "--yes"], packages].concat())
}

fn is_debian_root() -> bool {
    let user = Command::new("id").arg("--user").output();
    let is_root = user.is_ok_and(|user| user.stdout.trim_ascii() == b"0");
    is_root && Path::new("/etc/debian_version").exists()
}

/// Fetches the npm packages of the tests, in the versions of their lock file.
fn packages() -> Result<()> {
    let folder = project::root().join("tests");
    if !folder.join("package-lock.json").exists() {
        return Ok(());
    }
    let npm = which::which("npm").context(
        "the end-to-end tests need npm: install Node.js (Debian: `apt-get install npm`)",
    )?;
    run(Command::new(npm)
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder))
}
