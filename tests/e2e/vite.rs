//! The package's plugin in a project of Vite's, as its user would have it: in development and in the build.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use doui_tests::{Setting, Stage, built};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::routes::open;

const PAGE: &str = "<!doctype html>
<html lang=\"ja\">
<head>
<meta charset=\"utf-8\">
<script src=\"/doui/doui.js\"></script>
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Viteの店</title>
<link rel=\"icon\" href=\"data:,\">
</head>
<body><p id=\"ads\"></p><script type=\"module\" src=\"/main.js\"></script></body>
</html>
";

const MAIN: &str = "import { allows, ready, subscribe } from \"doui/client\";
const show = () => (document.querySelector(\"#ads\").textContent = allows(\"ads\") ? \"allowed\" : \"not\");
subscribe(show);
ready().then(show);
";

/// Where Node finds Vite from, and Vite looks for changes: it does not below `node_modules`.
fn project(shop: &Value) -> TempDir {
    built::npm("vite/package.json");
    let folder = tempfile::Builder::new()
        .prefix(".project-")
        .tempdir_in(built::tests())
        .expect("a temporary folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("the folder is writable");
    };
    write("package.json", r#"{ "private": true, "type": "module" }"#);
    write(
        "vite.config.js",
        "import doui from \"doui/vite\";\nexport default { plugins: [doui()] };\n",
    );
    write("index.html", PAGE);
    write("main.js", MAIN);
    write("shop.json", &shop.to_string());
    let modules = folder.path().join("node_modules");
    fs::create_dir(&modules).expect("the folder is writable");
    std::os::unix::fs::symlink(built::package(), modules.join("doui")).expect("it can be linked");
    folder
}

fn vite(at: &Path, arguments: &[&str]) -> Command {
    let mut node = Command::new("node");
    node.arg(built::tests().join("node_modules/vite/bin/vite.js"))
        .args(arguments)
        .current_dir(at)
        .env("NO_COLOR", "1");
    node
}

fn shop(name: &str) -> Value {
    json!({
        "name": name, "languages": ["ja", "en"], "revision": "2026-04-01",
        "contact": { "email": "desk@yotsuyu.example" }, "purposes": ["ads", "traffic"],
    })
}

async fn until_asked_and_obeyed(stage: &Stage) {
    stage.until_banner_shows().await;
    stage
        .until("document.querySelector('#ads').textContent == 'not'")
        .await;
    stage.call("doui.acceptAll()").await;
    stage
        .until("document.querySelector('#ads').textContent == 'allowed'")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_of_vites_is_built_with_the_folder_in_it() {
    let project = project(&shop("よつゆ書房"));
    let built = vite(project.path(), &["build"])
        .output()
        .expect("node starts");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let dist = project.path().join("dist");
    for name in [
        "index.html",
        "doui/doui.js",
        "doui/doui.js.br",
        "doui/index.html",
        "doui/manifest.json",
    ] {
        assert!(dist.join(name).is_file(), "{name} is missing");
    }
    Setting::folder(&dist)
        .dist(dist.join("doui"))
        .play(async |stage| {
            stage.open("/").await;
            until_asked_and_obeyed(stage).await;
            open(stage, "/doui/").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_development_a_change_of_the_shop_file_loads_the_page_again() {
    let project = project(&shop("よつゆ書房"));
    let server = vite(project.path(), &["--host", "127.0.0.1", "--port", "0"]);
    let mut server = tokio::process::Command::from(server)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("node starts");
    let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
    let address = loop {
        let line = lines.next_line().await.expect("it is text");
        let line = line.expect("it says where");
        if let Some(at) = line.find("http://127.0.0.1:") {
            break line[at..].trim_end_matches('/').to_owned();
        }
    };
    Setting::guests()
        .play(async |stage| {
            let page = format!("{address}/");
            stage.driver().goto(&page).await.expect("it answers");
            until_asked_and_obeyed(stage).await;
            stage.driver().goto(&format!("{address}/doui/")).await.expect("it answers");
            stage.until("document.title.includes('よつゆ書房')").await;
            stage.driver().goto(&page).await.expect("it answers");
            stage.call("window.isOld = true").await;
            fs::write(project.path().join("shop.json"), shop("あさつゆ書房").to_string()).expect("it is writable");
            stage.until("!window.isOld && window.doui").await;
            stage.driver().goto(&format!("{address}/doui/")).await.expect("it answers");
            stage.until("document.title.includes('あさつゆ書房')").await;
            // A fault is shown on the page, and what was built last goes on.
            stage.driver().goto(&page).await.expect("it answers");
            stage.until("window.doui").await;
            stage.expect_complaint("[vite]");
            fs::write(project.path().join("shop.json"), "{ \"name\": ").expect("it is writable");
            stage
                .until("document.querySelector('vite-error-overlay')?.shadowRoot.textContent.includes('shop.json:1:')")
                .await;
        })
        .await;
}
