//! However early, late or oddly `doui.js` arrives, and whoever calls it before: the same state, the same banner, the
//! same held tags.

use std::fs;

use doui_tests::{Ability, Door, Setting, Stage, built};
use serde_json::{Value, json};

const WITNESS: &str = r#"<script src="/witness.js"></script>"#;
const TAG: &str = r#"<script type="text/plain" data-doui="ads" src="/tag.js?ads"></script>"#;

/// A page with this in its head and that in its body, around a tag.
fn page(head: &str, body: &str) -> String {
    doui_tests::page(
        &format!("{WITNESS}{head}"),
        &format!("<main><h1>到着</h1>{TAG}</main>{body}"),
    )
}

/// Asks, holds the tag, releases it, and is decided on the next load.
async fn works(stage: &Stage, what: &str) {
    stage.until("window.doui").await;
    stage.until_banner_shows().await;
    stage.until_quiet().await;
    assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0], "{what}");
    assert_eq!(
        stage.value::<u32>("witness.early.length").await,
        1,
        "{what}"
    );
    stage.press(Door::Banner, "accept").await;
    stage.until("ran.length == 1").await;
    stage.until_banner_is_gone().await;
    stage.reload().await;
    stage.until("ran.length == 1").await;
    stage.until_quiet().await;
    assert!(!stage.banner_shows().await, "{what}");
    stage.clear().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_in_the_page_and_in_whatever_way_it_is_loaded() {
    const DOUI: &str = r#"<script src="/doui/doui.js"></script>"#;
    const ASYNC: &str = r#"<script async src="/doui/doui.js"></script>"#;
    let places = [
        ("in the head", DOUI, ""),
        ("async", ASYNC, ""),
        ("deferred", &DOUI.replace("script ", "script defer "), ""),
        ("at the body's end", "", DOUI),
        ("async in the body", "", ASYNC),
        (
            "from another path",
            &DOUI.replace("/doui/doui", "/assets/c"),
            "",
        ),
        (
            "from another host",
            &DOUI.replace("/doui/", "http://cdn.yotsuyu.example/doui/"),
            "",
        ),
        ("by a script", &DOUI.replace("/doui/doui", "/insert"), ""),
    ];
    let script = fs::read_to_string(built::dist().join("doui.js")).expect("doui.js is text");
    let insert = "setTimeout(() => {
        const script = document.createElement('script'); script.src = '/doui/doui.js'; document.body.append(script)
    }, 50)";
    let mut setting = Setting::fixtures()
        .without_policy()
        .file("assets/c.js", script)
        .file("insert.js", insert);
    let paths = [
        "0.html", "1.html", "2.html", "3.html", "4.html", "5.html", "6.html", "7.html",
    ];
    for (path, (_, head, body)) in paths.into_iter().zip(places) {
        setting = setting.file(path, page(head, body));
    }
    setting
        .play(async |stage| {
            for (path, (what, ..)) in paths.into_iter().zip(places) {
                stage.open(&format!("/{path}")).await;
                works(stage, what).await;
            }
            let elsewhere = "//cdn.yotsuyu.example/doui/doui.js";
            assert!(stage.times_requested(elsewhere) > 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_copy_warns_and_yields() {
    let twice = r#"<script src="/doui/doui.js"></script><script src="/first.js"></script><script src="/doui/doui.js?again"></script>"#;
    Setting::fixtures()
        .file("twice.html", page(twice, r#"<script async src="/doui/doui.js?more"></script>"#))
        .file("first.js", "window.first = doui")
        .play(async |stage| {
            stage.open("/twice.html").await;
            stage.until("witness.warnings.length == 2").await;
            let warnings: Vec<String> = stage.value("witness.warnings").await;
            assert!(warnings.iter().all(|line| line.contains("twice")), "{warnings:?}");
            let seen: Value = stage
                .value("[first === doui, document.querySelectorAll('#doui-banner').length, witness.ready.length]")
                .await;
            assert_eq!(seen, json!([true, 1, 1]));
            works(stage, "twice").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_before_there_is_a_body_count() {
    let early = "window.before = [document.body, doui.allows('ads'), doui.open(), doui.close(), doui.open()];
        doui.when('ads').then(() => ran.push('when')); document.addEventListener('doui:change', () => ran.push('change'));";
    let script = r#"<script src="/doui/doui.js"></script><script src="/early.js"></script>"#;
    Setting::fixtures()
        .file("early.html", page(script, ""))
        .file("early.js", early)
        .file("save.html", page(&script.replace("early", "save"), ""))
        .file(
            "save.js",
            "doui.save({ ads: true, auth: false, traffic: false, affiliate: false })",
        )
        .play(async |stage| {
            stage.open("/early.html").await;
            assert_eq!(
                stage.value::<Value>("before.slice(0, 2)").await,
                json!([null, false])
            );
            stage.find(Door::Banner, "[data-doui-act=save]").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 3").await;
            assert_eq!(
                stage.value::<Vec<String>>("ran").await,
                ["change", "when", "ads"]
            );
            stage.clear().await;
            // A decision made before there is a body: no banner comes, and the tag runs as it arrives.
            stage.open("/save.html").await;
            stage.until("ran.length == 1").await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_page_keeps_the_banner_down_with_everything_denied() {
    let script = r#"<script src="/doui/doui.js" data-auto="off"></script>"#;
    // Not even what an opt-out shop grants before the first answer: here nobody can refuse it.
    Setting::fixtures()
        .doui(built::stamped_with(|shop| shop["purposes"][1]["before"] = json!("granted")))
        .file("checkout.html", page(script, "<button data-doui-open>クッキー設定</button>"))
        .play(async |stage| {
            stage.open("/checkout.html").await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await);
            let state: Value = stage
                .value("[doui.state.decided, doui.state.choices.ads, ran, dataLayer[0][2].ad_storage, document.cookie]")
                .await;
            assert_eq!(state, json!([false, false, [], "denied", ""]));
            assert_eq!(stage.value::<u32>("localStorage.length").await, 0);
            // Who asks for it gets it.
            stage.click_on("document.querySelector('[data-doui-open]')").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 1").await;
            // Elsewhere decided, the decision holds here too.
            stage.reload().await;
            stage.until("ran.length == 1").await;
            stage.call("doui.reset()").await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await, "nobody is asked here");
        })
        .await;
}

/// A page that the browser prerenders on the way to it.
const PRERENDERS: &str = r#"<script type="speculationrules">{"prerender": [{"urls": ["/next.html"], "eagerness": "immediate"}]}</script>"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_prerendered_page_does_nothing_until_it_is_seen() {
    let script = r#"<script src="/doui/doui.js"></script><script src="/look.js"></script>"#;
    // Written down while nobody looks: it must be the same as if doui.js had done nothing.
    let look = "window.wasPrerendered = document.prerendering;
        addEventListener('load', () => setTimeout(() => {
            window.unseen = [ran.length, document.querySelectorAll('#doui-banner').length, document.cookie.length,
                localStorage.length, doui.state.decided, document.prerendering];
            fetch('/looked');
        }, 1500))";
    Setting::fixtures()
        .needs(Ability::Prerendering)
        .without_policy()
        .file(
            "start.html",
            page(PRERENDERS, r#"<a href="/next.html">次へ</a>"#),
        )
        .file("next.html", page(script, ""))
        .file("look.js", look)
        .play(async |stage| {
            stage.expect_complaint("/looked");
            stage.open("/start.html").await;
            stage.until_requested("/looked").await;
            assert_eq!(stage.times_requested("/tag.js?ads"), 0);
            stage.click_on("document.querySelector('a')").await;
            stage
                .until("window.wasPrerendered && !document.prerendering")
                .await;
            assert_eq!(
                stage.value::<Value>("unseen").await,
                json!([0, 0, 0, 0, false, true])
            );
            works(stage, "prerendered").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_made_while_a_page_was_prerendered_holds_when_it_is_seen() {
    let script = r#"<script src="/doui/doui.js"></script><script src="/look.js"></script>"#;
    Setting::fixtures()
        .needs(Ability::Prerendering)
        .without_policy()
        .file(
            "start.html",
            page(&format!(r#"<script src="/doui/doui.js"></script>{PRERENDERS}"#), r#"<a href="/next.html">次へ</a>"#),
        )
        .file("next.html", page(script, ""))
        .file("look.js", "window.wasPrerendered = document.prerendering; addEventListener('load', () => fetch('/looked'))")
        .play(async |stage| {
            stage.expect_complaint("/looked");
            stage.open("/start.html").await;
            stage.until_requested("/looked").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 1").await;
            stage.click_on("document.querySelector('a')").await;
            stage.until("window.wasPrerendered && doui.state.decided").await;
            stage.until("ran.length == 1").await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await);
            assert_eq!(stage.value::<u32>("witness.changes.length").await, 1);
        })
        .await;
}
