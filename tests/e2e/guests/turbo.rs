//! Turbo 8: it keeps a copy of each page for the way back, and runs the copy's scripts again.

use doui_tests::Setting;

use super::{
    act, back, go, of_tags, page, ran, tags, until_frame_shows, until_on, until_open_once,
    until_placeholders,
};

fn shop(body: &str) -> Setting {
    Setting::guests()
        .file(
            "a.html",
            page(
                "turbo",
                &format!("<h1>a</h1><a id=\"go\" href=\"/b.html\">b</a>{body}"),
            ),
        )
        .file(
            "b.html",
            page("turbo", "<h1>b</h1><a id=\"go\" href=\"/a.html\">a</a>"),
        )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_ran_and_loaded_what_had_been_refused() {
    shop(&tags("a"))
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1 && document.querySelector('.ad')").await;
            stage.call("window.isSame = true").await;
            go(stage, "b").await;
            stage.call("doui.rejectAll()").await;
            stage.forget_requests();
            back(stage, "a").await;
            assert!(stage.value::<bool>("isSame && !doui.allows('ads')").await);
            until_placeholders(stage, &["a"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            assert_eq!(ran(stage).await, ["a"]);
            let left: Vec<String> = stage
                .value(
                    "[...document.querySelectorAll('.ad, iframe[src], img[src], link[data-doui][href]')]
                     .map(it => it.outerHTML)",
                )
                .await;
            assert_eq!(left, [""; 0]);

            stage.call("doui.acceptAll()").await;
            until_open_once(stage, "a").await;
            assert!(ran(stage).await.len() <= 2, "{:?}", ran(stage).await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_doubled_what_is_allowed() {
    shop(&tags("a"))
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1").await;
            go(stage, "b").await;
            stage.forget_requests();
            back(stage, "a").await;
            until_open_once(stage, "a").await;
            // Turbo runs the scripts of a page that it restores: this one once more, like any.
            assert_eq!(ran(stage).await, ["a", "a"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_brought_dead_copies_of_the_banner_and_of_placeholders() {
    shop(&tags("a"))
        .play(async |stage| {
            stage.open_until_asked("/a.html").await;
            until_placeholders(stage, &["a"]).await;
            go(stage, "b").await;
            stage.until_banner_shows().await;
            back(stage, "a").await;
            stage.until_banner_shows().await;
            until_placeholders(stage, &["a"]).await;
            super::banner_is_one_and_in_view(stage).await;
            stage.press(doui_tests::Door::Banner, "accept").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1").await;
            until_placeholders(stage, &[]).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permanent_element_lost_its_frame() {
    const KEPT: &str = "<div id=\"kept\" data-turbo-permanent>\
        <iframe title=\"kept\" width=\"300\" height=\"150\" data-doui=\"ads\" data-doui-src=\"/frame.html?kept\"></iframe></div>";
    Setting::guests()
        .file(
            "a.html",
            page(
                "turbo",
                &format!("<h1>a</h1><a id=\"go\" href=\"/b.html\">b</a>{KEPT}"),
            ),
        )
        .file(
            "b.html",
            page(
                "turbo",
                &format!("<h1>b</h1><a id=\"go\" href=\"/a.html\">a</a>{KEPT}"),
            ),
        )
        .play(async |stage| {
            stage.open("/a.html").await;
            until_placeholders(stage, &["kept"]).await;
            stage
                .call("window.kept = document.querySelector('iframe')")
                .await;
            go(stage, "b").await;
            until_placeholders(stage, &["kept"]).await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "kept").await;
            go(stage, "a").await;
            until_frame_shows(stage, "kept").await;
            assert!(
                stage
                    .value::<bool>("kept == document.querySelector('iframe')")
                    .await
            );
            stage.call("doui.rejectAll()").await;
            until_placeholders(stage, &["kept"]).await;
            stage.forget_requests();
            back(stage, "b").await;
            until_placeholders(stage, &["kept"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_turbo_frame_brings_ran_twice_or_not_at_all() {
    shop("<turbo-frame id=\"part\"><a id=\"more\" href=\"/part.html\">more</a></turbo-frame>")
        .file(
            "part.html",
            page(
                "turbo",
                &format!("<turbo-frame id=\"part\">{}</turbo-frame>", tags("part")),
            ),
        )
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.until("!!window.guest").await;
            stage.call("document.querySelector('#more').click()").await;
            until_placeholders(stage, &["part"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "part").await;
            stage
                .until("ran.length && document.querySelector('.ad')")
                .await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["part"]);
            assert_eq!(stage.times_requested("/frame.html?part"), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_by_morphing_changed_what_is_open_or_held() {
    let settings = "<meta name=\"turbo-refresh-method\" content=\"morph\">\
        <meta name=\"turbo-refresh-scroll\" content=\"preserve\">";
    let page = page("turbo", &format!("<h1>a</h1>{}", tags("a")))
        .replace("</head>", &format!("{settings}</head>"));
    Setting::guests()
        .file("a.html", page)
        .play(async |stage| {
            let refresh = async || {
                act(stage, "const rendered = new Promise(done => addEventListener('turbo:render', done, { once: true }));
                         guest.Turbo.session.refresh(location.href);
                         await rendered").await;
                until_on(stage, "a").await;
            };
            stage.open("/a.html").await;
            until_placeholders(stage, &["a"]).await;
            refresh().await;
            until_placeholders(stage, &["a"]).await;
            super::banner_is_one_and_in_view(stage).await;
            assert_eq!(of_tags(stage), [""; 0]);
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1 && document.querySelector('.ad')").await;
            stage
                .call("document.querySelector('iframe').contentWindow.isSame = true")
                .await;
            stage.forget_requests();
            refresh().await;
            assert!(
                stage.value::<bool>("document.querySelector('iframe').contentWindow.isSame").await
            );
            stage.until("document.querySelector('.ad')").await;
            assert_eq!(stage.count(".ad").await, 1);
            assert_eq!(ran(stage).await, ["a"]);
            assert_eq!(stage.times_requested("/frame.html?a"), 0);
            stage
                .until("document.documentElement.dataset.doui?.includes('ads')")
                .await;
        })
        .await;
}
