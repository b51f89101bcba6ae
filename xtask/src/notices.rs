//! The licenses of others' code that the compiled WebAssembly holds: they ask that their texts go with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{command::output, project, setup};

/// The notices' name, in `dist/` and in the package.
pub use doui_build::NOTICES;

/// What each license file is called, in capitals.
const FILES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// The notices for these packages of the workspace: every crate that is compiled into them, and the text of each license once.
pub fn notices(packages: &[&str]) -> Result<String> {
    let metadata = metadata()?;
    let all = list(&metadata["packages"]);
    let by_id: BTreeMap<&str, &Value> = all.iter().map(|it| (text(&it["id"]), it)).collect();
    let nodes = list(&metadata["resolve"]["nodes"]);
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|it| (text(&it["id"]), it)).collect();

    let mut ahead: Vec<&str> = all
        .iter()
        .filter(|it| packages.contains(&text(&it["name"])))
        .map(|it| text(&it["id"]))
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        // What runs in the compiler is in no program.
        if is_macro(by_id[id]) || !reached.insert(id) {
            continue;
        }
        let needs = list(&nodes[id]["deps"]).iter().filter(|need| {
            let kinds = list(&need["dep_kinds"]);
            kinds.iter().any(|kind| kind["kind"].is_null())
        });
        ahead.extend(needs.map(|need| text(&need["pkg"])));
    }

    let mut names = String::new();
    let mut licenses = BTreeMap::<String, Vec<String>>::new();
    // The project's own have no source.
    let others = reached.iter().map(|id| by_id[id]);
    let mut others: Vec<_> = others.filter(|it| !it["source"].is_null()).collect();
    others.sort_by_key(|it| (text(&it["name"]), text(&it["version"])));
    for package in others {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        let license = text(&package["license"]);
        let _ = writeln!(names, "- {name} {version}: {license}");
        let manifest = Path::new(text(&package["manifest_path"]));
        let folder = manifest.parent().context("a manifest lies in a folder")?;
        for license in texts(folder, license)? {
            licenses
                .entry(license)
                .or_default()
                .push(format!("{name} {version}"));
        }
    }
    let mut licenses: Vec<_> = licenses.into_iter().collect();
    licenses.sort_by(|(_, one), (_, other)| one.cmp(other));
    let mut notices = format!(
        "Doui's WebAssembly holds code of these packages, each under the license beside its name:\n\n{names}"
    );
    for (license, packages) in licenses {
        let line = "-".repeat(80);
        let _ = write!(
            notices,
            "\n{line}\n{}\n{line}\n\n{license}\n",
            packages.join(", ")
        );
    }
    Ok(notices)
}

fn metadata() -> Result<Value> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["metadata", "--format-version=1", "--features=csr"])
        .args(["--filter-platform", setup::TARGET])
        .current_dir(project::root());
    Ok(serde_json::from_str(&output(&mut cargo)?)?)
}

/// The texts of a package's licenses. Where one may choose, that of MIT will do.
fn texts(folder: &Path, license: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if FILES.iter().any(|file| name.starts_with(file)) && entry.file_type()?.is_file() {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    let is_choice = license.contains("MIT") && !license.contains("AND");
    if is_choice && files.iter().any(|(name, _)| name.contains("MIT")) {
        files.retain(|(name, _)| name.contains("MIT"));
    }
    files
        .iter()
        .map(|(_, path)| {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            let lines: Vec<_> = text.lines().map(str::trim_end).collect();
            Ok(lines.join("\n").trim().to_owned())
        })
        .collect()
}

fn is_macro(package: &Value) -> bool {
    let targets = list(&package["targets"]);
    targets.iter().any(|target| {
        list(&target["kind"])
            .iter()
            .any(|kind| kind == "proc-macro")
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_name_what_is_compiled_in_and_nothing_of_the_projects() {
        let notices = notices(&["doui"]).unwrap();
        for part in [
            "- leptos ",
            "- wasm-bindgen ",
            "Permission is hereby granted",
        ] {
            assert!(notices.contains(part), "{part} is missing");
        }
        for part in ["- doui-core ", "- clap "] {
            assert!(!notices.contains(part), "{part} is there");
        }
    }
}
