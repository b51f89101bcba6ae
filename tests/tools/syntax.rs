//! The version of JavaScript that the shipped scripts need, as a parser tells that knows each version.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use doui_tests::built;
use tempfile::TempDir;

/// Browsers that know this version run what a shop's page loads: Safari 14 and all others since 2020.
const SHOP_PAGE: u32 = 2020;

/// The version that the centre's module needs: what wasm-bindgen writes.
const CENTRE: u32 = 2020;

/// Says where a script is newer than a version, with what stands there; nothing where it is not.
const PARSE: &str = "
    const [acorn, file, ecmaVersion, sourceType] = process.argv.slice(1);
    const source = require('fs').readFileSync(file, 'utf8');
    try {
        require(acorn).parse(source, { ecmaVersion, sourceType });
    } catch (error) {
        if (!error.loc) throw error;
        const { line, column } = error.loc;
        const near = source.slice(Math.max(0, error.pos - 30), error.pos + 30);
        const what = error.message.replace(/ \\(.*\\)$/, '');
        console.log(`${line}:${column + 1}: ${what}, in ${JSON.stringify(near)}`);
    }";

/// How a script is newer than a version, if it is.
fn newer(file: &Path, version: u32, kind: &str) -> Option<String> {
    let output = Command::new("node")
        .args(["--eval", PARSE])
        .arg(built::npm("acorn/dist/acorn.js"))
        .arg(file)
        .args([&version.to_string(), kind])
        .output()
        .expect("node could not be started: install Node.js 18 or newer");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said = String::from_utf8_lossy(&output.stdout);
    (!said.is_empty()).then(|| format!("{}:{}", file.display(), said.trim_end()))
}

/// The scripts of `dist/`: those that a shop's page loads, and the centre's modules.
fn scripts() -> (Vec<PathBuf>, Vec<PathBuf>) {
    let files = fs::read_dir(built::dist()).expect("dist/ can be read");
    let files = files.map(|file| file.expect("dist/ can be read").path());
    let scripts = files.filter(|file| file.extension().is_some_and(|kind| kind == "js"));
    scripts.partition(|file| {
        let name = file.file_name().expect("it has a name");
        !name.to_string_lossy().starts_with("centre-")
    })
}

#[test]
fn what_a_shop_page_loads_is_es2020() {
    let (scripts, _) = scripts();
    assert!(scripts.len() >= 2, "doui.js and audit.js: {scripts:?}");
    let newer: Vec<_> = scripts
        .iter()
        .filter_map(|file| newer(file, SHOP_PAGE, "script"))
        .collect();
    assert!(
        newer.is_empty(),
        "newer than ES{SHOP_PAGE}:\n{}",
        newer.join("\n")
    );
}

#[test]
fn the_centre_needs_the_version_that_is_told() {
    let (_, modules) = scripts();
    assert!(!modules.is_empty(), "there is no centre-*.js in dist/");
    for module in &modules {
        assert_eq!(newer(module, CENTRE, "module"), None);
        let is_needed = newer(module, CENTRE - 1, "module").is_some();
        assert!(
            is_needed,
            "{} needs less than ES{CENTRE}: say so",
            module.display()
        );
    }
}

#[test]
fn a_script_that_is_too_new_is_told_by_its_place() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("new.js");
    fs::write(&file, "\u{feff}let a;\n(() => { a?.b ?? 1n; a ||= 1; })();")
        .expect("the folder takes files");
    let said = newer(&file, SHOP_PAGE, "script").expect("it is newer");
    assert!(
        said.contains("new.js:2:26: Unexpected token, in "),
        "{said}"
    );
    assert!(said.ends_with("a ||= 1; })();\""), "{said}");
    assert_eq!(newer(&file, SHOP_PAGE + 1, "script"), None);
}
