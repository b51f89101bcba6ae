//! Files of Doui's that do not arrive, or not as they were.

use std::{fs, path::Path};

use doui_tests::{Setting, Stage, built};
use tempfile::TempDir;

use crate::routes::open;

use super::{
    shop::{PAGE, Wrong, ran},
    table,
};

/// A copy of `dist/` without compressed files, for they would be sent instead of what is changed here.
fn dist() -> TempDir {
    let copy = TempDir::new().expect("a temporary folder");
    copy_plain(&built::dist(), copy.path());
    copy
}

fn copy_plain(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the temporary folder takes folders");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy_plain(&path, &target);
        } else if path.extension().is_none_or(|it| it != "br" && it != "gz") {
            fs::copy(&path, target).expect("a file can be copied");
        }
    }
}

/// The file at the root of `dist` that ends in `extension` and whose name has a hash.
fn hashed(dist: &Path, extension: &str) -> std::path::PathBuf {
    fs::read_dir(dist)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .find(|path| {
            let name = path.file_name().expect("it has a name").to_string_lossy();
            name.starts_with("centre-") && name.ends_with(extension)
        })
        .expect("a build has one")
}

/// Changes the text of every page of the centre.
fn change_pages(folder: &Path, change: &impl Fn(String) -> String) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            change_pages(&path, change);
        } else if path.extension().is_some_and(|it| it == "html") {
            let page = fs::read_to_string(&path).expect("a page is text");
            fs::write(&path, change(page)).expect("a page can be written");
        }
    }
}

/// What is done to the files, by the fault's name, and what the browser itself says of it on the console.
type Damage = (&'static str, fn(&Path), &'static [&'static str]);

const WASM: [Damage; 6] = [
    (
        "WebAssembly: not found",
        |dist| fs::remove_file(hashed(dist, ".wasm")).expect("it is there"),
        &["404", "integrity"],
    ),
    (
        "WebAssembly: truncated",
        |dist| {
            let file = hashed(dist, ".wasm");
            let bytes = fs::read(&file).expect("it is there");
            fs::write(file, &bytes[..bytes.len() / 2]).expect("it can be written");
        },
        &["integrity"],
    ),
    (
        "WebAssembly: not the file that was built",
        |dist| {
            let file = hashed(dist, ".wasm");
            let mut bytes = fs::read(&file).expect("it is there");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).expect("it can be written");
        },
        &["integrity"],
    ),
    (
        "WebAssembly: forbidden by the page's policy",
        |dist| {
            change_pages(dist, &|page| {
                page.replacen(
                    "<head>",
                    "<head><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'\">",
                    1,
                )
            });
        },
        &["Content Security Policy", "wasm", "WebAssembly"],
    ),
    (
        "the centre's script: not found",
        |dist| fs::remove_file(hashed(dist, ".js")).expect("it is there"),
        &["404", "integrity", "MIME"],
    ),
    (
        "the centre's script: not the file that was built",
        |dist| {
            let file = hashed(dist, ".js");
            let text = fs::read_to_string(&file).expect("it is text");
            fs::write(file, text + ";").expect("it can be written");
        },
        &["integrity"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_that_cannot_become_live_stays_readable() {
    for (fault, damage, said) in WASM {
        let dist = dist();
        damage(dist.path());
        Setting::demo()
            .dist(dist.path())
            .play(async |stage| {
                for part in said {
                    stage.expect_complaint(part);
                }
                stage.open("/doui/").await;
                stage.until_quiet().await;
                stays_readable(stage).await;
                table::tell(
                    fault,
                    "centre",
                    "the page is readable and its links work; nothing is decided",
                );
            })
            .await;
    }
}

/// WebAssembly of another type than `application/wasm` is compiled all the same, only later: some servers know no better.
#[tokio::test(flavor = "multi_thread")]
async fn webassembly_of_a_wrong_type_becomes_live_all_the_same() {
    let dist = dist();
    let file = hashed(dist.path(), ".wasm");
    let name = file
        .file_name()
        .expect("it has a name")
        .to_string_lossy()
        .into_owned();
    let renamed = name.replace(".wasm", ".txt");
    fs::rename(&file, file.with_file_name(&renamed)).expect("it can be renamed");
    let script = hashed(dist.path(), ".js");
    let text = fs::read_to_string(&script).expect("it is text");
    fs::write(script, text.replace(&name, &renamed)).expect("it can be written");
    change_pages(dist.path(), &|page| {
        let page = page.replace(&name, &renamed);
        page.replace("integrity=", "data-integrity=")
    });
    Setting::demo()
        .dist(dist.path())
        .play(async |stage| {
            stage.expect_complaint("preload");
            open(stage, "/doui/").await;
            table::tell(
                "WebAssembly: served as text/plain",
                "centre",
                "works as usual",
            );
        })
        .await;
}

/// Every word is there, every link leads on, and nothing is decided.
async fn stays_readable(stage: &Stage) {
    let (heading, has_banner): (String, bool) = stage
        .value("[document.querySelector('h1').innerText, !!document.querySelector('#doui-banner')]")
        .await;
    assert_eq!((heading.as_str(), has_banner), ("クッキーの設定", false));
    stage
        .click_on("document.querySelector('nav a[href$=services]')")
        .await;
    stage.until("location.pathname.startsWith('/doui/services') && document.querySelector('h1')?.innerText == '情報の送信先（外部送信）'").await;
    assert_eq!(stage.kept().await, (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_is_cut_off_leaves_the_page_alone_and_every_tag_held() {
    let parts: [(&str, f64, &[&str]); 3] = [
        ("doui.js: truncated in the middle", 0.5, &["SyntaxError"]),
        (
            "doui.js: truncated before its last character",
            1.0,
            &["SyntaxError"],
        ),
        ("doui.js: empty", 0.0, &[]),
    ];
    for (fault, part, said) in parts {
        let dist = dist();
        let file = dist.path().join("doui.js");
        let text = fs::read_to_string(&file).expect("it is text");
        let mut end = (((text.len() - 3) as f64) * part) as usize;
        while !text.is_char_boundary(end) {
            end += 1;
        }
        fs::write(file, &text[..end]).expect("it can be written");
        Wrong::default()
            .setting()
            .dist(dist.path())
            .play(async |stage| {
                for part in said {
                    stage.expect_complaint(part);
                }
                stage.open(PAGE).await;
                stage.until_quiet().await;
                assert!(stage.value::<bool>("window.doui === undefined").await);
                assert_eq!(ran(stage).await, ["shop"]);
                assert_eq!(stage.kept().await, (None, None));
                table::tell(
                    fault,
                    "shop page",
                    "no banner, nothing runs, the page works",
                );
            })
            .await;
    }
}
