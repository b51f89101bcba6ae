//! What lies beside `doui.js` and is loaded when it is needed: the words of further languages, and the audit.

use std::fs;

use doui_tests::{Setting, built, page_in};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A page in a language, with a frame that is held and a policy's nonce on its scripts.
fn page(lang: &str) -> String {
    page_in(
        lang,
        r#"<script nonce="c2hvcA" src="/witness.js"></script><script nonce="c2hvcA" src="/doui/doui.js"></script>"#,
        r#"<main><h1>언어</h1><button data-doui-open>설정</button>
        <iframe title="광고" width="400" height="200" data-doui="ads" data-src="/frame.html"></iframe></main>"#,
    )
}

/// The banner's title in Korean, in these tests.
const TITLE: &str = "쿠키 설정";

/// `doui.js` of the first shop, which has Korean in a file of its own.
fn dist() -> TempDir {
    let dist = built::stamped(&built::shop());
    let file = dist.path().join("doui.ko.js");
    let words = fs::read_to_string(&file).expect("the language has its file");
    // Its first words are the banner's title; the separator that they begin with is whichever none of them contains.
    let start = words.find("=\"").expect("it sets the words") + 2;
    let separator = words[start..].chars().next().expect("it has words");
    let mut words: Vec<_> = words.split(separator).collect();
    words[1] = TITLE;
    fs::write(&file, words.join(&separator.to_string())).expect("it takes a text");
    dist
}

fn setting(dist: &TempDir) -> Setting {
    Setting::fixtures()
        .dist(dist.path())
        .file("korean.html", page("ko-KR"))
        .file("none.html", page(""))
        .file("japanese.html", page("ja"))
}

const FILE: &str = "/doui/doui.ko.js";

const SHOWN_TITLE: &str =
    "document.querySelector('#doui-banner')?.shadowRoot.querySelector('h2').textContent";

#[tokio::test(flavor = "multi_thread")]
async fn a_further_language_is_loaded_where_the_page_asks_for_it() {
    let dist = dist();
    setting(&dist)
        .without_waiting_for_load()
        .play(async |stage| {
            stage.open_until_asked("/japanese.html").await;
            assert_eq!(stage.times_requested(FILE), 0);

            stage.hold(FILE);
            stage.open("/korean.html").await;
            stage.until_requested(FILE).await;
            stage
                .call("document.body.append('more')")
                .await;
            assert!(stage.value::<bool>("!document.querySelector('#doui-banner, doui-placeholder')").await);
            stage.release(FILE);
            stage.until_banner_shows().await;
            assert_eq!(stage.value::<String>(SHOWN_TITLE).await, TITLE);
            stage
                .until("document.querySelector('doui-placeholder')?.lang == 'ko'")
                .await;
            stage.answer("accept").await;
            assert!(stage.record().await.unwrap().contains("\"lang\":\"ko\""));
            assert_eq!(stage.times_requested(FILE), 1);
            assert_eq!(stage.value::<Value>("witness.violations").await, json!([]));

            // Who has decided is shown nothing, and needs no words; a page without a language speaks the one chosen in.
            stage.forget_requests();
            stage.open("/none.html").await;
            stage.until_quiet().await;
            assert_eq!(stage.times_requested(FILE), 0);
            stage.call("doui.open()").await;
            stage
                .until("document.activeElement?.id == 'doui-banner' && document.activeElement.lang == 'ko'")
                .await;
            assert_eq!(stage.value::<String>(SHOWN_TITLE).await, TITLE);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_language_is_loaded_where_the_browser_asks_for_it() {
    let dist = dist();
    setting(&dist)
        .language("ko")
        .play(async |stage| {
            stage.open_until_asked("/none.html").await;
            assert_eq!(stage.value::<String>(SHOWN_TITLE).await, TITLE);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_can_not_be_had_leaves_the_first() {
    for broken in [None, Some("<!doctype html><title>404</title>")] {
        let dist = dist();
        let file = dist.path().join("doui.ko.js");
        match broken {
            Some(text) => fs::write(file, text),
            None => fs::remove_file(file),
        }
        .expect("the folder is ours");
        setting(&dist)
            .play(async |stage| {
                stage.expect_complaint("doui.ko.js");
                stage.open_until_asked("/korean.html").await;
                assert_eq!(
                    stage
                        .value::<String>("document.querySelector('#doui-banner').lang")
                        .await,
                    "ja"
                );
                stage.answer("reject").await;
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_before_the_words_are_there_keeps_the_banner_down() {
    let dist = dist();
    setting(&dist)
        .without_waiting_for_load()
        .play(async |stage| {
            stage.hold(FILE);
            stage.open("/korean.html").await;
            stage.until_requested(FILE).await;
            stage.call("doui.close()").await;
            stage.release(FILE);
            stage
                .until("document.querySelector('doui-placeholder')")
                .await;
            assert!(!stage.banner_shows().await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_is_loaded_only_where_it_is_asked_for() {
    let dist = dist();
    let audit = "window.audited = [document.currentScript.src, !!window.doui]";
    fs::write(dist.path().join("audit.js"), audit).expect("the folder is ours");
    for policy in [
        "default-src 'none'; script-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types doui",
        "default-src 'none'; script-src 'nonce-c2hvcA'; img-src data:",
    ] {
        setting(&dist)
            .policy(policy)
            .play(async |stage| {
                for path in [
                    "/japanese.html",
                    "/japanese.html?q=doui-audit",
                    "/japanese.html#doui-audit",
                ] {
                    stage.open(path).await;
                    stage.until_quiet().await;
                    assert_eq!(stage.times_requested("/doui/audit.js"), 0, "{path}");
                }
                stage.open("/japanese.html?q=1&doui-audit").await;
                stage
                    .until("window.audited?.[0].endsWith('/doui/audit.js') && audited[1]")
                    .await;
                assert_eq!(stage.value::<Value>("witness.violations").await, json!([]));
            })
            .await;
    }
}
