//! `cargo xtask bench`: Doui beside its peers, and the centre beside plain pages, in real Chromium.

use std::{env, ffi::OsString, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{command::run, project, sizes};

/// Fetches what the bench needs, and runs one of its scripts with `arguments`.
pub fn bench(script: &str, arguments: &[OsString]) -> Result<()> {
    let needs = "the bench needs Node.js 20 or newer, with npm: install them (Debian: `apt-get install nodejs npm`)";
    let node = which::which("node").context(needs)?;
    let npm = which::which("npm").context(needs)?;
    let chromium =
        env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    ensure!(
        chromium.exists(),
        "the bench needs Chromium at {}: install it (Debian: `apt-get install chromium fonts-noto-cjk`), or name it in CHROMIUM",
        chromium.display()
    );
    // What is measured is what a build left.
    sizes::manifest(&project::dist())?;
    let folder = project::root().join("bench");
    run(Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder))?;
    run(Command::new(node)
        .arg(script)
        .args(arguments)
        .env("DOUI_XTASK", env::current_exe()?)
        .current_dir(&folder))
}
