//! htmx 2: it puts boosted pages into the body, keeps the page before as text in session storage, and morphs with
//! idiomorph.

use doui_tests::{Door, Setting, Stage};
use serde_json::Value;

use super::{
    act, back, banner_is_one_and_in_view, go, of_tags, page, ran, tags, until_frame_shows,
    until_open_once, until_placeholders,
};

fn shop(body: &str) -> Setting {
    let boosted = |name: &str, to: &str, body: &str| {
        let body = format!("<h1>{name}</h1><a id=\"go\" href=\"/{to}.html\">{to}</a>{body}");
        page("htmx", &body).replace("<body>", "<body hx-boost=\"true\">")
    };
    Setting::guests()
        .file("a.html", boosted("a", "b", body))
        .file("b.html", boosted("b", "a", ""))
        .file("part.html", tags("part"))
}

async fn open(stage: &Stage) {
    stage.open("/a.html").await;
    stage.until("!!window.guest").await;
    stage.until_quiet().await;
}

/// What htmx keeps of the pages that were left.
async fn snapshots(stage: &Stage) -> String {
    stage
        .value(
            "JSON.parse(sessionStorage['htmx-history-cache'] ?? localStorage['htmx-history-cache'])
                .map(({ content }) => content).join('\\n')",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_banner_was_taken_for_the_shops_own() {
    shop(&tags("a"))
        .play(async |stage| {
            open(stage).await;
            banner_is_one_and_in_view(stage).await;
            until_placeholders(stage, &["a"]).await;
            go(stage, "b").await;
            banner_is_one_and_in_view(stage).await;
            back(stage, "a").await;
            banner_is_one_and_in_view(stage).await;
            until_placeholders(stage, &["a"]).await;
            let text = snapshots(stage).await;
            assert!(
                !text.contains("doui-banner") && !text.contains("doui-placeholder"),
                "{text}"
            );
            stage.press(Door::Banner, "accept").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_held_what_was_open_and_the_way_back_loaded_it() {
    shop(&tags("a"))
        .play(async |stage| {
            open(stage).await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1 && document.querySelector('.ad')").await;
            go(stage, "b").await;
            let left: Vec<String> = stage
                .run(
                    "const box = new DOMParser().parseFromString(arguments[0], 'text/html');
                     return [...box.querySelectorAll('.ad, iframe[src], img[src], link[data-doui][href],' +
                         'script[data-doui]:not([type=\"text/plain\"])')].map(it => it.outerHTML)",
                    vec![Value::String(snapshots(stage).await)],
                )
                .await;
            assert_eq!(left, [""; 0]);
            stage.call("doui.rejectAll()").await;
            stage.forget_requests();
            back(stage, "a").await;
            until_placeholders(stage, &["a"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            assert_eq!(ran(stage).await, ["a"]);
            stage.call("doui.acceptAll()").await;
            until_open_once(stage, "a").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_stayed_where_it_was_lost_what_was_open() {
    // A history entry without another page: what is put back for the copy is opened again in the same page.
    shop(&format!("{}<p id=\"target\"></p><button id=\"push\" hx-get=\"/part.html\" hx-target=\"#target\" hx-push-url=\"/b.html\">more</button>", tags("a")))
        .play(async |stage| {
            open(stage).await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1").await;
            stage
                .call("document.querySelector('#push').click()")
                .await;
            until_frame_shows(stage, "part").await;
            stage.until("ran.length == 2 && document.querySelectorAll('.ad').length == 2").await;
            until_frame_shows(stage, "a").await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["a", "part"]);
            assert_eq!(stage.count(".ad").await, 2);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_swap_brings_ran_twice_or_not_at_all() {
    shop("<div id=\"target\"></div><button id=\"more\" hx-get=\"/part.html\" hx-target=\"#target\">more</button>")
        .play(async |stage| {
            open(stage).await;
            let more = "document.querySelector('#more').click()";
            stage.call(more).await;
            until_placeholders(stage, &["part"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "part").await;
            stage.until("ran.length && document.querySelector('.ad')").await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["part"]);
            // What is fetched again is new.
            stage.call(more).await;
            stage.until("ran.length == 2").await;
            until_frame_shows(stage, "part").await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["part", "part"]);
            assert_eq!(stage.count(".ad").await, 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_swap_by_morphing_changed_what_is_open_or_held() {
    let body = format!(
        "<h1>a</h1><button id=\"again\" hx-get=\"/inner.html\" hx-target=\"#target\" hx-swap=\"morph:innerHTML\">again</button>\
         <div id=\"target\" hx-ext=\"morph\">{}</div>",
        tags("a")
    );
    let body = page("htmx", &body).replace("<body>", "<body hx-ext=\"morph\">");
    Setting::guests()
        .file("a.html", body)
        .file("inner.html", tags("a"))
        .play(async |stage| {
            let again = async || {
                act(
                    stage,
                    "const settled = new Promise(done =>
                             addEventListener('htmx:afterSettle', done, { once: true }));
                         document.querySelector('#again').click();
                         await settled",
                )
                .await;
            };
            open(stage).await;
            until_placeholders(stage, &["a"]).await;
            again().await;
            until_placeholders(stage, &["a"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            super::morphs::stays_open(stage, again).await;
        })
        .await;
}
