//! swup, barba and Astro's client router, which put the next page's parts into this one, and Swiper, which moves slides.

use doui_tests::{Setting, Stage};

use super::{
    act, banner_is_one_and_in_view, of_tags, page, ran, tags, until_frame_shows, until_placeholders,
};

struct Router {
    library: &'static str,
    /// What surrounds the part of the page that it swaps.
    around: [&'static str; 2],
    /// What it needs in the head.
    head: &'static str,
    /// Whether it is done with the page before: until then it ignores clicks, or begins anew.
    is_idle: &'static str,
}

const SWUP: Router = Router {
    library: "swup",
    around: ["<main id=\"swup\">", "</main>"],
    head: "",
    is_idle: "!guest.swup.navigating && !/is-/.test(document.documentElement.className)",
};

const BARBA: Router = Router {
    library: "barba",
    around: [
        "<div data-barba=\"wrapper\"><main data-barba=\"container\" data-barba-namespace=\"shop\">",
        "</main></div>",
    ],
    head: "",
    is_idle: "!guest.barba.transitions.isRunning",
};

const ASTRO: Router = Router {
    library: "astro",
    around: ["<main>", "</main>"],
    head: "<meta name=\"astro-view-transitions-enabled\" content=\"true\">\
        <meta name=\"astro-view-transitions-fallback\" content=\"swap\">",
    is_idle: "!document.documentElement.matches('[data-astro-transition]')",
};

impl Router {
    fn shop(&self) -> Setting {
        let [before, after] = self.around;
        let shop = |name: &str, to: &str| {
            let body = format!(
                "{before}<h1>{name}</h1><a id=\"go\" href=\"/{to}.html\">{to}</a>{}{after}",
                tags(name)
            );
            page(self.library, &body).replace("</head>", &format!("{}</head>", self.head))
        };
        Setting::guests()
            .file("a.html", shop("a", "b"))
            .file("b.html", shop("b", "a"))
    }
}

async fn open(stage: &Stage) {
    stage.open("/a.html").await;
    stage.until("!!window.guest").await;
    stage.call("window.isSame = true").await;
    stage.until_quiet().await;
}

/// Goes to another page, by `way`.
async fn go(stage: &Stage, router: &Router, way: &str, to: &str) {
    stage.until(router.is_idle).await;
    stage.call(way).await;
    stage
        .until(&format!(
            "[...document.querySelectorAll('h1')].map(it => it.textContent).join() == '{to}'"
        ))
        .await;
    stage.until(router.is_idle).await;
    stage.until_quiet().await;
}

/// The page's link to the other one, and the browser's way back.
const LINK: &str = "document.querySelector('#go').click()";
const BACK: &str = "history.back()";

async fn runs_what_is_allowed(router: &Router) {
    router
        .shop()
        .play(async |stage| {
            open(stage).await;
            stage.until_banner_shows().await;
            until_placeholders(stage, &["a"]).await;
            go(stage, router, LINK, "b").await;
            until_placeholders(stage, &["b"]).await;
            banner_is_one_and_in_view(stage).await;
            go(stage, router, BACK, "a").await;
            until_placeholders(stage, &["a"]).await;
            banner_is_one_and_in_view(stage).await;
            assert_eq!(of_tags(stage), [""; 0]);

            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage
                .until("ran.length == 1 && document.querySelector('.ad')")
                .await;
            go(stage, router, LINK, "b").await;
            until_frame_shows(stage, "b").await;
            stage
                .until("ran.length == 2 && document.querySelector('.ad')")
                .await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["a", "b"]);
            assert_eq!(stage.times_requested("/frame.html?b"), 1);
            assert_eq!(stage.count(".ad").await, 1);

            stage.call("doui.rejectAll()").await;
            stage.forget_requests();
            go(stage, router, BACK, "a").await;
            until_placeholders(stage, &["a"]).await;
            go(stage, router, LINK, "b").await;
            until_placeholders(stage, &["b"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            assert_eq!(ran(stage).await, ["a", "b"]);
            assert_eq!(stage.count(".ad").await, 0);

            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "b").await;
            // The router has parsed the page anew, so its tags are new.
            stage.until("ran.length == 3").await;
            stage.until_quiet().await;
            assert_eq!(stage.times_requested("/frame.html?b"), 1);
            assert!(
                stage.value::<bool>("isSame").await,
                "the router left the page"
            );
            assert_eq!(
                stage
                    .value::<String>("document.documentElement.dataset.doui")
                    .await,
                "auth ads traffic affiliate"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn swup_ran_what_was_refused_or_did_not_run_what_was_allowed() {
    runs_what_is_allowed(&SWUP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn barba_ran_what_was_refused_or_did_not_run_what_was_allowed() {
    runs_what_is_allowed(&BARBA).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn astros_router_ran_what_was_refused_or_did_not_run_what_was_allowed() {
    runs_what_is_allowed(&ASTRO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_of_slides_ran_tags_again_or_lost_frames() {
    let slides: String = ["a", "b", "c", "d"]
        .map(|name| {
            format!(
                "<div class=\"swiper-slide\" style=\"width: 100%\">{}</div>",
                tags(name)
            )
        })
        .concat();
    let body = format!(
        "<div class=\"swiper\" style=\"width: 400px; overflow: hidden\">\
         <div class=\"swiper-wrapper\" style=\"display: flex\">{slides}</div></div>"
    );
    Setting::guests()
        .file("a.html", page("swiper", &body))
        .play(async |stage| {
            stage.open("/a.html").await;
            stage
                .call(
                    "window.swiper = new guest.Swiper('.swiper', { loop: true, speed: 0 });
                     window.frames_ = [...document.querySelectorAll('iframe')]",
                )
                .await;
            let around = "const frame = () => new Promise(requestAnimationFrame);
                for (let i = 0; i < 6; i++) { swiper.slideNext(0); await frame(); await frame() }";
            // Each slide gets its placeholder as it comes in sight.
            stage
                .until("document.querySelector('doui-placeholder')")
                .await;
            act(stage, around).await;
            stage
                .until("document.querySelectorAll('doui-placeholder').length == 4")
                .await;
            assert_eq!(of_tags(stage), [""; 0]);
            stage.call("doui.acceptAll()").await;
            stage.until("ran.length == 4").await;
            act(stage, around).await;
            for name in ["a", "b", "c", "d"] {
                until_frame_shows(stage, name).await;
                assert_eq!(stage.times_requested(&format!("/tag.js?{name}")), 1);
            }
            stage.until_quiet().await;
            assert_eq!(ran(stage).await.len(), 4);
            assert!(
                stage
                    .value::<bool>("frames_.every(frame => frame.isConnected)")
                    .await
            );
            stage.call("doui.rejectAll()").await;
            stage.until_quiet().await;
            stage.forget_requests();
            act(stage, around).await;
            stage.until_quiet().await;
            assert_eq!(of_tags(stage), [""; 0]);
        })
        .await;
}
