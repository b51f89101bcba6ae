//! Links with a tracked address, `data-doui-link`: the plain one until the visitor allows the other.

use doui_tests::{Setting, Stage};
use serde_json::{Value, json};

async fn addresses(stage: &Stage) -> Value {
    stage
        .value("[...document.querySelectorAll('a')].map(link => link.search.slice(1))")
        .await
}

async fn until_addresses(stage: &Stage, expected: Value) {
    stage
        .until(&format!(
            "JSON.stringify([...document.querySelectorAll('a')].map(link => link.search.slice(1))) == JSON.stringify({expected})"
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_tracked_while_that_is_allowed_and_plain_otherwise() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open_until_asked("/links.html").await;
            stage.until_quiet().await;
            assert_eq!(addresses(stage).await, json!(["plain", "plain"]));
            stage.call("doui.save({ affiliate: true })").await;
            until_addresses(stage, json!(["tracked", "plain"])).await;
            stage.call("doui.save({ ads: true })").await;
            until_addresses(stage, json!(["tracked", "both"])).await;
            stage.call("doui.rejectAll()").await;
            until_addresses(stage, json!(["plain", "plain"])).await;
            // Once more, and as it is when the page arrives decided.
            stage.call("doui.acceptAll()").await;
            until_addresses(stage, json!(["tracked", "both"])).await;
            stage.reload().await;
            until_addresses(stage, json!(["tracked", "both"])).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refused_goes_to_the_plain_address() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/links.html").await;
            stage.call("doui.rejectAll()").await;
            stage.until_quiet().await;
            stage.click_on("document.querySelector('#partner')").await;
            stage.until_requested("/frame.html?plain").await;
            assert_eq!(stage.requests_with("tracked"), [""; 0]);
        })
        .await;
}
