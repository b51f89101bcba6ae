//! `cargo xtask bench`: Doui beside its peers, in a real browser (`bench/`).

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{build, command::run, project, shop, steps::Steps};

/// Runs the bench with the arguments of its own.
pub fn bench(arguments: &[String]) -> Result<()> {
    let [node, npm] = ["node", "npm"].map(program);
    let (node, npm) = (node?, npm?);
    let folder = project::root().join("bench");
    if !project::dist().is_dir() {
        build::build(&mut Steps::new(build::STEPS), &shop::default_file())?;
    }
    let mut steps = Steps::new(2);
    steps.run("Fetching the peers", || {
        // No package needs a script to be installed, and none should run one here.
        run(Command::new(npm)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder))
    })?;
    steps.run("Measuring", || {
        run(Command::new(node)
            .arg("run.mjs")
            .args(arguments)
            .env("DOUI_XTASK", env::current_exe()?)
            .current_dir(&folder))
    })
}

fn program(name: &str) -> Result<PathBuf> {
    which::which(name).with_context(|| {
        format!("the bench needs {name}: install Node.js (Debian: `apt-get install npm`)")
    })
}
