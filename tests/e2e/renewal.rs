//! How long the cookie lives: up to the decision's end, renewed on each visit, by the page or by the shop's server.

use std::time::{SystemTime, UNIX_EPOCH};

use doui_tests::{Door, Setting, Stage, built};
use serde_json::json;
use thirtyfour::Cookie;

const DAY: i64 = 86_400;

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("the clock is right").as_secs() as i64
}

/// A decision of ten days ago.
fn decision() -> String {
    format!(
        "1.20231201.{}.auth1.ads1.traffic0.affiliate0",
        now() - 10 * DAY
    )
}

/// Puts the decision into the jar for `days` more, as a browser does that cuts the life of script-written cookies.
async fn keep(stage: &Stage, days: i64) {
    stage.open("/frame.html").await;
    let mut cookie = Cookie::new("doui", decision());
    cookie.set_path("/");
    cookie.set_expiry(now() + days * DAY);
    let kept = stage.driver().add_cookie(cookie).await;
    kept.expect("the jar takes it");
}

/// How many days the cookie has still to live.
async fn days_left(stage: &Stage) -> i64 {
    let cookie = stage.driver().get_named_cookie("doui").await;
    let expiry = cookie.expect("there is a cookie").expiry;
    (expiry.expect("it has an end") - now() + DAY / 2) / DAY
}

#[tokio::test(flavor = "multi_thread")]
async fn each_visit_renews_it_up_to_the_decisions_end_without_changing_it() {
    Setting::fixtures()
        .play(async |stage| {
            for page in ["/shop.html", "/doui/"] {
                keep(stage, 2).await;
                let before = stage.cookie().await;
                stage.open(page).await;
                stage.until_quiet().await;
                stage
                    .until(&format!(
                        "document.cookie.includes({:?})",
                        before.as_ref().unwrap()
                    ))
                    .await;
                if page == "/doui/" {
                    stage.until_alive().await;
                }
                assert_eq!(days_left(stage).await, 170, "{page}");
                assert_eq!(stage.cookie().await, before, "{page}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_server_renews_it_the_page_leaves_it_alone() {
    Setting::fixtures()
        .doui(built::stamped_with(|shop| {
            shop["cookie"] = json!({ "renewed_by_server": true })
        }))
        .play(async |stage| {
            keep(stage, 2).await;
            stage.open("/shop.html").await;
            stage.until("ran.length").await;
            assert_eq!(days_left(stage).await, 2);
            // Missing, it is made anew from the record; and a new decision is written by the page.
            let cleared = stage.driver().delete_all_cookies().await;
            cleared.expect("the jar can be emptied");
            stage.reload().await;
            assert_eq!(days_left(stage).await, 170);
            stage.call("doui.open()").await;
            stage.press(Door::Banner, "reject").await;
            stage.until("document.cookie.includes('ads0')").await;
            assert_eq!(days_left(stage).await, 180);
        })
        .await;
}
