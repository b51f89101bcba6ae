//! What a visitor downloads, by the server's own list.

use doui_tests::{Door, Setting};

use crate::routes::{decide, open};

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_answers_the_banner_downloads_no_webassembly() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.press(Door::Banner, "settings").await;
            stage.answer("accept").await;
            stage.until_quiet().await;
            assert_eq!(stage.requests_for("/doui"), ["/doui/doui.js"]);
            open(stage, "/doui/").await;
            let requests = stage.requests();
            assert!(
                requests.iter().any(|path| path.ends_with(".wasm")),
                "the list misses WebAssembly: {requests:?}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decided_visitor_downloads_nothing_but_the_script() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "reject").await;
            stage.forget_requests();
            stage.reload().await;
            stage.until_quiet().await;
            assert_eq!(stage.requests_for("/doui"), ["/doui/doui.js"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_asks_another_server_for_anything() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "accept").await;
            for path in ["/", "/doui/", "/doui/opt-out"] {
                stage.open(path).await;
                stage.until_quiet().await;
                let asked: Vec<String> = stage
                    .value("performance.getEntriesByType('resource').map(entry => entry.name)")
                    .await;
                let own = stage.url("/");
                assert!(
                    !asked.is_empty() && asked.iter().all(|url| url.starts_with(&own)),
                    "{path}: {asked:?}"
                );
            }
        })
        .await;
}
