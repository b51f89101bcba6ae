//! A broken `shop.json` fails the check and the build, with path, line and remedy, all errors at once.

use std::{fs, path::PathBuf, process::Command};

use doui_tests::built;
use tempfile::TempDir;

/// One fault of `tests/fixtures/broken-shop.json`: the line it is on, by what stands there, and the path to it.
const FAULTS: [(&str, &str); 8] = [
    ("\"colour\"", "colour"),
    ("\"domain\": \"co.jp\"", "cookie.domain"),
    ("\"id\": \"Auth!\"", "purposes[0].id"),
    (
        "\"label\": { \"ja\": \"広告だけ\" }",
        "purposes[1].label.en",
    ),
    (
        "\"id\": \"ads\", \"revised\": \"2023-12-02\"",
        "purposes[2].id",
    ),
    ("\"revised\": \"2023-02-30\"", "purposes[3].revised"),
    ("\"before\": \"allowed\"", "purposes[3].before"),
    ("\"url\": \"http://optout.example/\"", "opt_outs[0].url"),
];

/// Runs one of the project's tools, which must fail, and returns what it says.
fn refuses(mut command: Command) -> String {
    let output = command.output().expect("xtask starts");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn names_every_fault(said: &str, text: &str) {
    for (on_line, path) in FAULTS {
        let line = text.lines().position(|line| line.contains(on_line));
        let place = format!(
            "broken-shop.json:{}:",
            line.expect("the fault is in the file") + 1
        );
        let found = said
            .lines()
            .find(|said| said.contains(&place) && said.contains(path));
        let found = found.unwrap_or_else(|| panic!("nothing on {place} {path} in:\n{said}"));
        let (_, rest) = found.split_once(path).expect("it was found by this path");
        assert!(
            rest.split(". ").count() >= 2,
            "a problem and a remedy: {found}"
        );
    }
}

#[test]
fn the_check_names_every_fault_with_path_line_and_remedy() {
    let file = built::tests().join("fixtures/broken-shop.json");
    let text = fs::read_to_string(&file).unwrap();
    let mut check = built::xtask();
    check.arg("check").arg(&file);
    names_every_fault(&refuses(check), &text);
}

#[test]
fn no_script_is_stamped_from_a_broken_file() {
    let file = built::tests().join("fixtures/broken-shop.json");
    let text = fs::read_to_string(&file).unwrap();
    let out = TempDir::new().unwrap();
    let mut stamp = built::xtask();
    stamp
        .arg("stamp")
        .arg("--shop")
        .arg(&file)
        .arg("--out")
        .arg(out.path());
    names_every_fault(&refuses(stamp), &text);
    assert_eq!(
        fs::read_dir(out.path()).unwrap().count(),
        0,
        "something was written"
    );
}

#[test]
fn nothing_is_built_from_a_broken_file() {
    let file = built::tests().join("fixtures/broken-shop.json");
    let text = fs::read_to_string(&file).unwrap();
    let before = fs::metadata(built::dist().join("doui.js"))
        .unwrap()
        .modified()
        .unwrap();
    let mut build = built::xtask();
    build.arg("build").arg("--shop").arg(&file);
    names_every_fault(&refuses(build), &text);
    let after = fs::metadata(built::dist().join("doui.js"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after, "the last sound build was touched");
}

#[test]
fn a_file_that_is_not_json_fails_with_its_line() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("shop.json");
    fs::write(
        &file,
        "{\n  \"name\": { \"ja\": \"店\" },\n  languages: [\"ja\"]\n}\n",
    )
    .unwrap();
    let mut check = built::xtask();
    check.arg("check").arg(&file);
    let said = refuses(check);
    assert!(said.contains("shop.json:3:"), "{said}");
}

#[test]
fn a_missing_file_is_named() {
    let mut check = built::xtask();
    check.arg("check").arg("no-such-shop.json");
    let said = refuses(check);
    assert!(said.contains("no-such-shop.json"), "{said}");
}

/// A shop file with one text in it replaced, in a folder of its own.
fn changed(from: &str, to: &str) -> (TempDir, PathBuf) {
    let text = fs::read_to_string(built::tests().join("shops/four.json")).unwrap();
    assert!(text.contains(from), "{from} is not in the file");
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("shop.json");
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
    (folder, file)
}

#[test]
fn what_is_unknown_or_missing_is_listed_and_counted_and_no_fault() {
    let service = r#"{ "id": "a", "purpose": "ads", "label": { "ja": "あ", "en": "A", "zh": "阿" }, "cookies": ["_a"],
        "policy": { "value": "https://a.example/", "source": "https://a.example/", "checked": "2023-12-01" } }"#;
    let keys = format!(r#""more_languages": ["zh"], "services": [{service}], "revision""#);
    let (_folder, file) = changed(r#""revision""#, &keys);
    let output = built::xtask().arg("check").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    for note in [
        "shop.json:4:42: services[0].recipient_country: unknown of `a`. ",
        "shop.json:4:42: services[0].cookies[0].days: unknown of `a`. ",
        "shop.json:2:11: name.zh: the text in `zh` is missing. ",
    ] {
        assert!(said.contains(note), "{note} is missing in:\n{said}");
    }
    // Seven facts and a cookie's life; the policy is known. Seventeen texts; the service's label is there.
    let last = said.lines().last().unwrap();
    assert!(
        last.ends_with("; 8 facts unknown (未確認), 17 texts missing, 1 source older than a year"),
        "{last}"
    );
}

#[test]
fn dark_patterns_are_refused_by_check_and_build_with_their_source() {
    for (key, path, source) in [
        (
            r#""texts": { "ja": { "accept": "同意する", "reject": "あとで" } }"#,
            "texts.ja.reject",
            "https://www.edpb.europa.eu/",
        ),
        (
            r##""theme": { "accent": { "light": "#ffff00", "dark": "#ffff00" } }"##,
            "theme.accent.light",
            "https://www.w3.org/TR/WCAG22/",
        ),
        // No test is run for so long that this comes to pass.
        (
            r#""revisions": [{ "date": "9999-12-31", "note": { "ja": "あ", "en": "A" } }]"#,
            "revisions[0].date",
            "https://www.edpb.europa.eu/",
        ),
    ] {
        let (folder, file) = changed(r#""revision""#, &format!(r#"{key}, "revision""#));
        let mut check = built::xtask();
        check.arg("check").arg(&file);
        let mut stamp = built::xtask();
        stamp.arg("stamp").arg("--shop").arg(&file);
        stamp.arg("--out").arg(folder.path().join("out"));
        for command in [check, stamp] {
            let said = refuses(command);
            let line = said
                .lines()
                .find(|line| line.contains(&format!(" {path}: ")));
            let line = line.unwrap_or_else(|| panic!("nothing on {path} in:\n{said}"));
            assert!(
                line.contains("shop.json:4:") && line.contains(source),
                "{line}"
            );
        }
    }
}

#[test]
fn the_catalogue_is_listed() {
    let output = built::xtask()
        .arg("catalog")
        .output()
        .expect("xtask starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let (services, all) = said.trim_end().rsplit_once('\n').expect("there are lines");
    for line in services.lines() {
        assert!(line.contains(" of ") && line.contains(" facts"), "{line}");
    }
    assert!(all.contains("services") && all.contains('%'), "{all}");
}

#[test]
fn the_shops_own_file_is_sound() {
    let output = built::xtask().arg("check").output().expect("xtask starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
