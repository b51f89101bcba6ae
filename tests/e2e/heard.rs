//! What somebody hears who does not see: each answer on a shop's page is said, in a region that stood there before.

use doui_tests::{Door, Setting, Stage};

/// What the region says; nothing where there is none.
const SAID: &str =
    "document.querySelector('doui-news')?.shadowRoot.querySelector('[role=status]').textContent";

async fn until_said(stage: &Stage, text: &str) {
    stage
        .until(&format!("{SAID}?.trim().startsWith({text:?})"))
        .await;
}

/// Every answer ended in silence: "allow all", "refuse all" and "close" sounded alike.
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_on_a_shops_page_ended_in_silence() {
    Setting::demo()
        .play(async |stage| {
            for (act, text) in [
                ("accept", "すべて許可しました"),
                ("reject", "すべて拒否しました"),
                ("close", "設定を閉じました"),
            ] {
                stage.open("/").await;
                stage.clear().await;
                stage.open("/").await;
                stage.until_banner_shows().await;
                stage.until("document.querySelector('doui-news')").await;
                let stands: bool = stage
                    .value(&format!(
                        "{SAID} == '' && document.querySelector('doui-news').shadowRoot.querySelector('[role=status]').checkVisibility()"
                    ))
                    .await;
                assert!(stands, "there is no region before {act}");
                stage.press(Door::Banner, act).await;
                until_said(stage, text).await;
            }
            // From the settings, which a visitor opened again; and the same words once more are others.
            for _ in 0..2 {
                stage.run::<()>("doui.open()", vec![]).await;
                let before: String = stage.value(SAID).await;
                stage.press(Door::Banner, "save").await;
                until_said(stage, "選択を保存しました").await;
                assert_ne!(stage.value::<String>(SAID).await, before);
            }
        })
        .await;
}

/// A copy of the region, or one that the page takes away, leaves the page with one that speaks.
#[tokio::test(flavor = "multi_thread")]
async fn the_region_is_there_once_whatever_the_page_does() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.until_banner_shows().await;
            stage.until("document.querySelector('doui-news')").await;
            stage
                .run::<()>(
                    "const region = document.querySelector('doui-news');
                     document.body.append(region.cloneNode(true));
                     region.remove()",
                    vec![],
                )
                .await;
            stage.until("!document.querySelector('doui-news')").await;
            stage.press(Door::Banner, "close").await;
            stage.run::<()>("doui.open()", vec![]).await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.press(Door::Banner, "reject").await;
            until_said(stage, "すべて拒否しました").await;
            assert_eq!(
                stage
                    .value::<usize>("document.querySelectorAll('doui-news').length")
                    .await,
                1
            );
        })
        .await;
}

/// What a placeholder allows is said too: it holds for the whole shop.
#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_was_allowed_said_nothing() {
    Setting::fixtures()
        .without_policy()
        .file(
            "heard.html",
            "<!doctype html><html lang=ja><meta charset=utf-8><title>枠</title><link rel=icon href=\"data:,\">
             <script src=/witness.js></script><script src=/doui/doui.js data-auto=off></script>
             <iframe title=x width=400 height=300 data-doui=ads data-doui-src=/frame.html></iframe>",
        )
        .play(async |stage| {
            stage.open("/heard.html").await;
            stage.until("document.querySelector('doui-placeholder')").await;
            stage.until(&format!("{SAID} == ''")).await;
            let button = stage
                .element("document.querySelector('doui-placeholder').shadowRoot.querySelector('[data-doui-act=allow]')")
                .await;
            stage.click(&button).await;
            until_said(stage, "選択を保存しました").await;
        })
        .await;
}
