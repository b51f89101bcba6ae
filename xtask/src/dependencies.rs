//! What the project depends on: from where, under which licences, and with which known flaws.

use std::process::Command;

use anyhow::Result;

use crate::{
    command::{output, run},
    project, setup,
};

/// Holds every dependency to `.cargo/deny.toml`.
///
/// Advisories come from a database of others. Where it cannot be reached, that is said, and no failure: what has not changed
/// here must not fail for what has changed elsewhere.
pub fn check() -> Result<()> {
    let program = setup::cargo_deny()?;
    let deny = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command
            .args(["--workspace", "--log-level", "error"])
            .args(arguments)
            .current_dir(project::root());
        command
    };
    run(&mut deny(&["check", "licenses", "bans", "sources"]))?;
    if output(&mut deny(&["fetch", "db"])).is_err() {
        println!("      advisories are not checked: the database of RustSec cannot be reached");
        return Ok(());
    }
    run(&mut deny(&["check", "--disable-fetch", "advisories"]))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use serde_json::Value;

    use super::*;

    /// The crates that the manifest at this path and its workspace name themselves, but for the project's own.
    fn named(manifest: &str) -> BTreeSet<String> {
        let mut cargo = Command::new("cargo");
        cargo
            .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
            .args(["--manifest-path", manifest])
            .current_dir(project::root());
        let metadata: Value = serde_json::from_str(&output(&mut cargo).unwrap()).unwrap();
        let packages = metadata["packages"].as_array().unwrap().iter();
        packages
            .flat_map(|package| package["dependencies"].as_array().unwrap())
            .filter(|dependency| dependency.get("path").is_none())
            .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_dependency_is_listed_with_why_it_is_there() {
        let manifests = ["Cargo.toml", "crates/shop/fuzz/Cargo.toml"];
        let named: BTreeSet<_> = manifests.into_iter().flat_map(named).collect();
        let list = fs::read_to_string(project::root().join("docs/dependencies.md")).unwrap();
        let (crates, _) = list.split_once("## Programs").unwrap();
        let rows = crates.lines().filter_map(|line| line.strip_prefix("| `"));
        let listed: BTreeSet<_> = rows
            .map(|row| {
                let (name, why) = row.split_once("` | ").expect("a row names one crate");
                assert!(
                    why.trim_end_matches(" |").ends_with(['.', '?', '"']),
                    "{row}"
                );
                name.to_owned()
            })
            .collect();
        let missing: Vec<_> = named.difference(&listed).collect();
        let gone: Vec<_> = listed.difference(&named).collect();
        assert!(missing.is_empty(), "docs/dependencies.md lacks {missing:?}");
        assert!(gone.is_empty(), "docs/dependencies.md still has {gone:?}");
    }
}
