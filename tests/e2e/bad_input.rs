//! Whatever lies in the cookie or the record, a page works, grants nothing that is not written there, and asks.

use std::{
    iter::repeat,
    time::{SystemTime, UNIX_EPOCH},
};

use doui_tests::{Door, PURPOSES, Setting, Stage};
use serde_json::json;

/// A few minutes ago, so that nothing is broken but what is meant to be.
fn lately() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("the clock is right").as_secs() - 300
}

/// Cookies that grant nothing: written by others, cut off, padded, forged, or of another time. `AT` is lately.
const COOKIES: [&str; 24] = [
    "true",
    "accept",
    "1",
    "1.",
    "ads1",
    ".ads1",
    "1.20231201.AT",
    "1.20231201.AT.",
    "1.20231201.AT.ads",
    "1.20231201.AT.ads2",
    "1.20231201.AT.ads1.",
    "1.20231201.AT..ads1",
    "1.20231201.AT.ads1 ads1",
    "1.20231201.AT.ads1.ads1",
    "1.20231201.AT.ads1.gpc.auth1",
    "1.20231201.AT.ADS1",
    "1.20231301.AT.ads1",
    "1.2023-12-01.AT.ads1",
    "1.20231201.0AT.ads1",
    "1.20231201.-AT.ads1",
    "1.20231201.9999999999.ads1",
    "1.20231201.1000000000.ads1",
    "\"1.20231201.AT.ads1\"",
    "1%2E20231201%2EAT%2Eads1",
];

/// Records that grant nothing. The first, of a newer format, overrules whatever is beside it.
const RECORDS: [&str; 18] = [
    r#"{"v":2,"revision":"20231201","at":AT,"choices":{"ads":true}}"#,
    "",
    "{",
    "null",
    "true",
    "[]",
    "1.20231201.AT.ads1",
    r#"{"v":1}"#,
    r#"{"v":"1","revision":"20231201","at":AT,"choices":{"ads":true}}"#,
    r#"{"v":1,"revision":20231201,"at":AT,"choices":{"ads":true}}"#,
    r#"{"v":1,"revision":"20231201","at":"AT","choices":{"ads":true}}"#,
    r#"{"v":1,"revision":"20231201","at":-AT,"choices":{"ads":true}}"#,
    r#"{"v":1,"revision":"20231201","at":AT.5,"choices":{"ads":true}}"#,
    r#"{"v":1,"revision":"20231201","at":AT,"choices":{"ads":"true"}}"#,
    r#"{"v":1,"revision":"20231201","at":AT,"choices":{"ads":1}}"#,
    r#"{"v":1,"revision":"20231201","at":AT,"choices":["ads"]}"#,
    r#"{"v":1,"revision":"20231201","at":AT,"choices":{}}"#,
    r#"{"v":1,"revision":"20231201","at":AT,"choices":{"ads":true},"gpc":"yes"}"#,
];

/// Puts a cookie and a record where the next page finds them.
async fn put(stage: &Stage, cookie: &str, record: Option<&str>) {
    let now = lately().to_string();
    stage
        .run::<()>(
            "document.cookie = `doui=${arguments[0]};path=/`; if (arguments[1] != null) localStorage.setItem('doui', arguments[1])",
            vec![cookie.replace("AT", &now).into(), record.map(|record| record.replace("AT", &now)).into()],
        )
        .await;
}

/// Each broken cookie, and beside it a broken record for as long as there are some.
fn broken() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let records = RECORDS.into_iter().map(Some);
    COOKIES.into_iter().zip(records.chain(repeat(None)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_page_asks_again_and_works() {
    Setting::fixtures()
        .play(async |stage| {
            for (cookie, record) in broken() {
                stage.open("/frame.html").await;
                put(stage, cookie, record).await;
                stage.open_until_asked("/shop.html").await;
                stage.until_quiet().await;
                let state: (Vec<String>, String, Vec<String>) = stage
                    .value("[doui.state.undecided, document.documentElement.dataset.doui, ran]")
                    .await;
                assert_eq!(
                    json!(state),
                    json!([PURPOSES, "", []]),
                    "{cookie} {record:?}"
                );
                stage.press(Door::Banner, "accept").await;
                stage.until("doui.state.decided && ran.length == 1").await;
                stage
                    .assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1")
                    .await;
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_asks_again_and_works() {
    Setting::fixtures()
        .play(async |stage| {
            let nothing = PURPOSES
                .into_iter()
                .map(|id| (id.to_owned(), false))
                .collect();
            for (cookie, record) in broken() {
                stage.open("/frame.html").await;
                put(stage, cookie, record).await;
                stage.open_until_asked("/doui/").await;
                assert_eq!(
                    stage.shown(Door::Centre).await,
                    nothing,
                    "{cookie} {record:?}"
                );
                stage.press(Door::Centre, "accept").await;
                stage.until_banner_is_gone().await;
                stage
                    .assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1")
                    .await;
                stage.clear().await;
            }
        })
        .await;
}
