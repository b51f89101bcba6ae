//! The package's components for React, Vue and Svelte, on pages that a server rendered: before the answer, after it, on the
//! next visit, and when what they show comes and goes. The libraries' development builds complain on the console, which no
//! test lets pass.

use doui_tests::{Setting, Stage};

const LIBRARIES: [&str; 4] = ["react-18", "react-19", "vue", "svelte"];

async fn each(test: impl AsyncFn(&Stage)) {
    Setting::guests()
        .play(async |stage| {
            for library in LIBRARIES {
                eprintln!("with {library}");
                let page = format!("/wrapped-{library}.html");
                stage.open(&page).await;
                stage.clear().await;
                stage.forget_requests();
                stage.open(&page).await;
                stage.until("window.isLive").await;
                test(stage).await;
            }
        })
        .await;
}

/// What the page says: the state, whether ads are allowed, and which of the two parts is there.
const SAID: &str = "['state', 'ads', 'inner', 'otherwise'].map(id => document.querySelector('#root #' + id)?.textContent ?? '').join(' ')";

async fn until_said(stage: &Stage, text: &str) {
    stage
        .until(&format!("({SAID}).trim().replace(/ +/g, ' ') == '{text}'"))
        .await;
}

async fn count(stage: &Stage, path: &str) -> usize {
    stage.until_quiet().await;
    stage.times_requested(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn components_follow_the_choice_and_bring_each_script_once() {
    each(async |stage| {
        until_said(stage, "asked not otherwise").await;
        assert_eq!(count(stage, "/tag.js?wrapped").await, 0);
        assert_eq!(count(stage, "/frame.html?wrapped").await, 0);
        stage.call("doui.acceptAll()").await;
        until_said(stage, "decided allowed inner").await;
        stage.until("document.querySelector('iframe[title=wrapped]').contentDocument?.title == '枠の中'").await;
        stage.until("ran.length == 1").await;
        // What comes again does not run again.
        stage.call("app.setShows(false)").await;
        stage.until("!document.querySelector('iframe[title=wrapped]')").await;
        stage.call("app.setShows(true)").await;
        stage.until("document.querySelector('iframe[title=wrapped]')?.contentDocument?.title == '枠の中'").await;
        assert_eq!(count(stage, "/tag.js?wrapped").await, 1);
        stage.call("doui.rejectAll()").await;
        until_said(stage, "decided not otherwise").await;
        stage.until("document.querySelector('iframe[title=wrapped]').contentDocument?.title != '枠の中'").await;
        let recovered: Vec<String> = stage.value("guest.recovered").await;
        assert_eq!(recovered, [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_before_it_was_allowed_never_runs() {
    each(async |stage| {
        stage.call("app.setShows(false)").await;
        stage
            .until("!document.querySelector('iframe[title=wrapped]')")
            .await;
        stage.call("doui.acceptAll()").await;
        until_said(stage, "decided allowed inner").await;
        assert_eq!(count(stage, "/tag.js?wrapped").await, 0);
        assert_eq!(count(stage, "/frame.html?wrapped").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decided_visitor_is_never_shown_a_live_page_that_says_otherwise() {
    each(async |stage| {
        stage.call("doui.acceptAll()").await;
        // Each frame in which the page is live must say what is so.
        stage.reload().await;
        stage.until("window.isLive").await;
        until_said(stage, "decided allowed inner").await;
        assert_eq!(stage.value::<Vec<String>>("wrong").await, [""; 0]);
        let recovered: Vec<String> = stage.value("guest.recovered").await;
        assert_eq!(recovered, [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_button_opens_the_settings() {
    each(async |stage| {
        stage.call("doui.rejectAll()").await;
        stage.call("document.querySelector('#open').click()").await;
        stage.until_banner_shows().await;
        stage.call("doui.close()").await;
    })
    .await;
}
