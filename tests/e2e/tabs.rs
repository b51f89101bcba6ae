//! A choice in one tab is obeyed in the others, without a reload.

use doui_tests::{Choices, Door, Setting, Stage};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::{
    demo::{TAGS, ran},
    routes::open,
};

/// The tab that is open, and a new one at `path`, in front.
async fn second_tab(stage: &Stage, path: &str) -> (WindowHandle, WindowHandle) {
    let tabs = stage.new_tab().await;
    stage.open(path).await;
    tabs
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_obeyed_in_another_shop_tab() {
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            stage
                .call("window.samePage = true; window.told = 0; doui.onChange((state, changed) => window.told += !!changed.length)")
                .await;
            let (first, second) = second_tab(stage, "/").await;
            stage.answer("accept").await;

            stage.turn_to(&first).await;
            stage.until("told == 1").await;
            stage.until_banner_is_gone().await;
            stage
                .until(&format!("(window.demoRan ?? []).length == {}", TAGS.len()))
                .await;
            assert!(
                stage.value::<bool>("window.samePage").await,
                "the page was reloaded"
            );

            stage.turn_to(&second).await;
            stage.call("doui.reset()").await;
            stage.turn_to(&first).await;
            stage.until("told == 2 && !doui.state.decided").await;
            stage.until_banner_shows().await;
            assert_eq!(ran(stage).await.len(), TAGS.len());
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_centre_and_a_shop_tab_follow_each_other() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.call("window.samePage = true").await;
            let (centre, shop) = second_tab(stage, "/").await;
            let some: Choices = [
                ("auth", true),
                ("ads", false),
                ("traffic", true),
                ("affiliate", false),
            ]
            .map(|(id, allowed)| (id.to_owned(), allowed))
            .into();
            stage.choose_on_banner(&some).await;

            stage.turn_to(&centre).await;
            stage.until_shown(Door::Centre, &some).await;
            stage.until_banner_is_gone().await;
            stage.press(Door::Centre, "reject").await;
            stage
                .until("document.cookie.includes('.auth0.ads0.traffic0.affiliate0')")
                .await;
            assert!(
                stage.value::<bool>("window.samePage").await,
                "the page was reloaded"
            );

            stage.turn_to(&shop).await;
            stage.until("doui.state.by == 'centre'").await;
            assert_eq!(
                stage
                    .value::<String>("document.documentElement.dataset.doui")
                    .await,
                ""
            );
        })
        .await;
}

/// Notes, in the tab that is open, when it heard of a change, by a clock that all tabs share.
const LISTEN: &str = "window.heard = []; doui.onChange(() => heard.push(Date.now()))";

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_is_obeyed_in_other_tabs_within_a_second() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.includes('counter')").await;
            stage
                .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
                .await;
            stage.call(LISTEN).await;
            let (first, second) = second_tab(stage, "/links.html").await;
            stage
                .until("document.querySelector('a').search == '?tracked'")
                .await;
            stage.call("doui.open()").await;
            stage.press(Door::Banner, "reject").await;
            let at: u64 = stage.value("Date.now()").await;

            stage.turn_to(&first).await;
            stage.until("heard.length").await;
            let heard: u64 = stage.value("heard[0]").await;
            assert!(heard <= at + 1000, "{} ms later", heard - at);
            // Gates, signals, storage, and the offer to load again.
            stage.until("document.querySelector('doui-placeholder')").await;
            let here: Value = stage
                .value("[document.querySelector('iframe').src, [...dataLayer].at(-2)[2].analytics_storage,
                    document.cookie.includes('_ga'), doui.state.decided]")
                .await;
            assert_eq!(here, json!(["", "denied", false, true]));
            stage.until("document.querySelector('doui-offer').hidden === false").await;

            // The later decision wins, wherever it is made.
            stage.call("doui.save({ affiliate: true })").await;
            stage.turn_to(&second).await;
            stage.until("doui.allows('affiliate') && !doui.allows('ads')").await;
            stage.until("document.querySelector('a').search == '?tracked'").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_back_from_the_cache_has_what_was_decided_meanwhile() {
    Setting::fixtures()
        .before("addEventListener('pageshow', event => { window.wasCached = event.persisted })")
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            // Not by a click: geckodriver's keep a page out of the cache.
            stage.call("doui.acceptAll()").await;
            stage.until("ran.includes('counter')").await;
            stage.until_quiet().await;
            stage.call("window.samePage = true").await;
            stage.open("/links.html").await;
            stage.call("doui.rejectAll()").await;
            stage.until("doui.state.decided").await;
            stage.driver().back().await.expect("there is a page before");
            // Taken from the cache, not loaded again.
            stage.until("window.wasCached && window.samePage").await;
            stage.until("!doui.allows('traffic')").await;
            stage
                .until("document.querySelector('doui-placeholder')")
                .await;
            assert_eq!(
                stage
                    .value::<Value>("[...dataLayer].at(-2)[2].analytics_storage")
                    .await,
                "denied"
            );
        })
        .await;
}
