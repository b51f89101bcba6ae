//! Two shops on one host, each with purposes of its own: `cookie.name` keeps their answers apart.

use std::{fs, path::Path};

use doui_tests::{Door, Setting, Stage, built};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::routes::open;

/// The shop of books is the demo's; that of films has one purpose, and a name for its cookie if one is given.
fn films(name: Option<&str>) -> Value {
    let mut shop = built::shop();
    if let Some(name) = name {
        shop["cookie"] = json!({ "name": name });
    }
    let mut purpose = shop["purposes"][1].clone();
    purpose["id"] = json!("trailers");
    shop["purposes"] = json!([purpose]);
    shop["services"] = json!([{
        "id": "player", "purpose": "trailers", "label": { "ja": "映像", "en": "Player" }, "cookies": ["film*", "player"],
    }]);
    shop
}

const FILMS: &str = r#"<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>映画</title>
    <link rel="icon" href="data:,"><script src="/films/doui.js"></script></head><body><main><h1>映画</h1></main></body></html>"#;

fn setting(films: &TempDir) -> Setting {
    let script = films.path().join("doui.js");
    let script = fs::read_to_string(script).expect("the stamp wrote it");
    Setting::fixtures()
        .file("films/doui.js", script)
        .file("films/index.html", FILMS)
}

async fn decided(stage: &Stage, page: &str) -> bool {
    stage.open(page).await;
    stage.until_quiet().await;
    stage.value("doui.state.decided").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_shops_on_one_host_asked_at_every_change_of_site() {
    let films_dist = built::stamped(&films(Some("doui_films-2")));
    setting(&films_dist)
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.answer("accept").await;
            let books = stage.kept().await;
            assert!(!decided(stage, "/films/").await);
            stage.call("document.cookie = 'film1=1;path=/'").await;
            stage.press(Door::Banner, "reject").await;
            stage
                .until("doui.state.decided && !document.cookie.includes('film1=')")
                .await;
            assert_eq!(stage.kept().await, books);
            for _ in 0..2 {
                assert!(decided(stage, "/shop.html").await);
                assert!(stage.value::<bool>("doui.allows('ads')").await);
                assert!(decided(stage, "/films/").await);
                assert!(!stage.value::<bool>("doui.allows('trailers')").await);
            }
            let kept =
                "[/(^|; )doui_films-2=1\\.\\d+\\.\\d+\\.trailers0(;|$)/.test(document.cookie),
                JSON.parse(localStorage.getItem('doui_films-2')).choices]";
            assert_eq!(
                stage.value::<Value>(kept).await,
                json!([true, { "trailers": false }])
            );
            // Withdrawing at one leaves the other alone.
            stage.call("doui.reset()").await;
            assert!(
                !stage
                    .value::<bool>(
                        "document.cookie.includes('doui_films') || 'doui_films-2' in localStorage"
                    )
                    .await
            );
            assert!(decided(stage, "/shop.html").await);
        })
        .await;
}

/// Without names of their own they share what is kept: the test above would have noticed.
#[tokio::test(flavor = "multi_thread")]
async fn without_names_two_shops_on_one_host_ask_again() {
    let films_dist = built::stamped(&films(None));
    setting(&films_dist)
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.answer("accept").await;
            assert!(!decided(stage, "/films/").await);
            stage.answer("reject").await;
            assert!(!decided(stage, "/shop.html").await);
        })
        .await;
}

/// Copies what is built, for a shop whose cookie is named `own`. The compressed copies of pages stay behind, for they would
/// be sent instead.
fn copy_named(from: &Path, to: &Path) {
    let (before, after) = (
        "\"cookie\":{\"name\":\"doui\"",
        "\"cookie\":{\"name\":\"own\"",
    );
    fs::create_dir_all(to).expect("the temporary folder takes folders");
    for entry in fs::read_dir(from).expect("it is built") {
        let entry = entry.expect("it can be listed");
        let (path, name) = (entry.path(), entry.file_name());
        let target = to.join(&name);
        let name = name.to_string_lossy();
        if path.is_dir() {
            copy_named(&path, &target);
        } else if name.ends_with(".html") {
            let page = fs::read_to_string(path).expect("a page is text");
            let page = page.replacen(before, after, 1);
            fs::write(target, page).expect("the temporary folder takes files");
        } else if !name.contains(".html.") {
            fs::copy(path, target).expect("the temporary folder takes files");
        }
    }
}

/// The WebAssembly is the same for every shop, so it reads the name from its page.
#[tokio::test(flavor = "multi_thread")]
async fn the_centre_keeps_the_answer_under_the_shops_name() {
    let folder = TempDir::new().expect("a temporary folder");
    copy_named(&built::dist(), folder.path());
    Setting::demo()
        .dist(folder.path())
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage
                .call("document.cookie = 'doui=another;path=/'; localStorage.doui = 'another'")
                .await;
            stage.press(Door::Centre, "reject").await;
            stage.until("document.cookie.includes('own=1.')").await;
            let kept = "[localStorage.doui, document.cookie.includes('doui=another'), JSON.parse(localStorage.own).choices.ads]";
            assert_eq!(stage.value::<Value>(kept).await, json!(["another", true, false]));
            // It is read again, and it alone is Doui's own.
            open(stage, "/doui/cookies").await;
            let groups = "[...document.querySelectorAll('#app section')].map(group =>
                [...group.querySelectorAll('h3')].map(name => name.textContent)).filter(names => names.length)";
            stage.until(&format!("{groups}.length == 2")).await;
            assert_eq!(
                stage.value::<Value>(groups).await,
                json!([["own", "own"], ["doui", "doui"]])
            );
            open(stage, "/doui/").await;
            assert!(stage.value::<bool>("document.cookie.includes('.ads0')").await);
        })
        .await;
}
