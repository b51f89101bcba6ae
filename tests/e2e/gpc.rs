//! Global Privacy Control: it keeps ads and affiliates off, says so, never grants, and is honoured once told. Firefox
//! sends it of itself; in engines that cannot, pages are shown the signal.

use std::time::{SystemTime, UNIX_EPOCH};

use doui_tests::{Door, PURPOSES, Setting, Stage};
use serde_json::{Value, json};

use crate::routes::open;

/// The signal's name, which no other sentence of the banner has.
const NAME: &str = "Global Privacy Control";

/// The sentence on a grant that did not know of the signal.
const CONFLICT: &str = "以前いただいた許可は、いったん止めています";

/// The request of the only tag on the shop page, which is for ads.
const TAG: &str = "/tag.js?ads";

#[tokio::test(flavor = "multi_thread")]
async fn without_the_signal_nothing_is_said_of_it() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            assert!(!sends(stage).await, "the browser sends the signal");
            stage.until_banner_shows().await;
            tells(stage, Door::Banner, &[]).await;
            stage.open_until_asked("/doui/opt-out").await;
            tells(stage, Door::Banner, &[]).await;
            open(stage, "/doui/").await;
            tells(stage, Door::Centre, &[]).await;
            assert!(!told_of_signal(stage).await);
            stage.open("/shop.html").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("doui.state.decided && ran.length == 1").await;
            assert!(!stage.cookie().await.unwrap().contains("gpc"));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_with_the_signal_reads_of_it_and_may_still_allow() {
    Setting::fixtures()
        .sending_gpc()
        .play(async |stage| {
            stage.open("/shop.html").await;
            assert!(sends(stage).await, "the browser sends no signal");
            stage.until_banner_shows().await;
            stage.until_quiet().await;
            tells(stage, Door::Banner, &[NAME]).await;
            let state: Value = stage
                .value("[doui.state.gpc, doui.state.decided, doui.allows('ads'), doui.allows('affiliate'), ran]")
                .await;
            assert_eq!(state, json!([true, false, false, false, []]));
            assert_eq!(stage.times_requested(TAG), 0);
            stage.press(Door::Banner, "accept").await;
            stage.until("doui.state.decided && ran.length == 1").await;
            stage.assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1.gpc").await;
            let (cookie, record) = stage.kept().await;
            let record: Value = serde_json::from_str(&record.unwrap()).unwrap();
            assert_eq!(record["gpc"], true);
            stage.reload().await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await, "told once is enough");
            assert!(stage.value::<bool>("doui.allows('ads')").await);
            assert_eq!(stage.cookie().await, cookie);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_grant_that_did_not_know_of_the_signal_is_held_back_kept_and_asked_again() {
    let older = older_grant();
    Setting::fixtures()
        .sending_gpc()
        .play(async |stage| {
            arrive_with(stage, &older).await;
            stage.open("/shop.html").await;
            assert!(sends(stage).await, "the browser sends no signal");
            stage.until_banner_shows().await;
            stage.until_quiet().await;
            let state: Value = stage
                .value("[doui.state.choices, doui.state.undecided, ran]")
                .await;
            let held = json!({ "auth": true, "ads": false, "traffic": true, "affiliate": false });
            assert_eq!(state, json!([held, ["ads", "affiliate"], []]));
            assert_eq!(stage.times_requested(TAG), 0);
            assert_eq!(stage.cookie().await.as_ref(), Some(&older));
            tells(stage, Door::Banner, &[NAME, CONFLICT]).await;
            stage.answer("reject").await;
            stage
                .assert_cookie_ends_with(".auth1.ads0.traffic1.affiliate0.gpc")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_honours_the_signal_too() {
    Setting::fixtures()
        .sending_gpc()
        .play(async |stage| {
            stage.open("/doui/opt-out").await;
            assert!(sends(stage).await, "the browser sends no signal");
            stage.until_banner_shows().await;
            tells(stage, Door::Banner, &[NAME]).await;
            open(stage, "/doui/").await;
            tells(stage, Door::Centre, &[NAME]).await;
            assert!(told_of_signal(stage).await);
            let off = PURPOSES
                .into_iter()
                .map(|id| (id.to_owned(), false))
                .collect();
            assert_eq!(stage.shown(Door::Centre).await, off);
            allow_in_the_centre(stage).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_holds_back_an_older_grant_too() {
    let older = older_grant();
    Setting::fixtures()
        .sending_gpc()
        .play(async |stage| {
            arrive_with(stage, &older).await;
            stage.open_until_asked("/doui/opt-out").await;
            tells(stage, Door::Banner, &[NAME, CONFLICT]).await;
            open(stage, "/doui/").await;
            tells(stage, Door::Centre, &[NAME, CONFLICT]).await;
            let held = PURPOSES
                .into_iter()
                .map(|id| (id.to_owned(), id == "auth" || id == "traffic"))
                .collect();
            assert_eq!(stage.shown(Door::Centre).await, held);
            assert_eq!(stage.cookie().await.as_ref(), Some(&older));
            allow_in_the_centre(stage).await;
        })
        .await;
}

/// Whether pages see the signal, without which a play about it would prove nothing.
async fn sends(stage: &Stage) -> bool {
    stage.value("navigator.globalPrivacyControl === true").await
}

/// What the preference centre says of the signal itself, on or off.
async fn told_of_signal(stage: &Stage) -> bool {
    let told = "[...document.querySelectorAll('.standing p')].some(it => it.checkVisibility() && it.innerText.includes('Global Privacy Control'))";
    stage.value(told).await
}

/// Checks that of the two sentences on the signal, exactly those with `parts` can be read at `door`.
async fn tells(stage: &Stage, door: Door, parts: &[&str]) {
    let text = match door {
        Door::Banner => stage.banner_text().await,
        Door::Centre => {
            let text = format!("{}.innerText", door.root());
            stage.value(&text).await
        }
    };
    for part in [NAME, CONFLICT] {
        assert_eq!(
            text.contains(part),
            parts.contains(&part),
            "{part}, {door:?}: {text}"
        );
    }
}

/// All allowed a day ago, by a visitor who was not told of the signal.
fn older_grant() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is right");
    format!(
        "1.20231201.{}.auth1.ads1.traffic1.affiliate1",
        since.as_secs() - 86400
    )
}

/// Leaves the cookie in the browser, on a page that has no doui.js to mend it.
async fn arrive_with(stage: &Stage, cookie: &str) {
    stage.open("/frame.html").await;
    stage
        .run::<()>(
            "document.cookie = `doui=${arguments[0]};path=/`",
            vec![cookie.into()],
        )
        .await;
}

/// Allows all in the preference centre, and finds the cookie that says: told of the signal.
async fn allow_in_the_centre(stage: &Stage) {
    stage.press(Door::Centre, "accept").await;
    stage.until_banner_is_gone().await;
    stage
        .assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1.gpc")
        .await;
    // That it was allowed all the same is said too.
    stage
        .until("document.querySelector('[data-doui-when=overruled]').checkVisibility()")
        .await;
    tells(stage, Door::Centre, &[NAME]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_states_that_it_heeds_the_signal() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/frame.html").await;
            let statement: Value = stage
                .value("fetch('/.well-known/gpc.json').then(got => got.json())")
                .await;
            assert_eq!(
                statement,
                json!({ "gpc": true, "lastUpdate": "2023-12-01" })
            );
        })
        .await;
}
