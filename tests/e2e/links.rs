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
            stage.open("/links.html").await;
            stage.until_banner_shows().await;
            stage.until_quiet().await;
            assert_eq!(addresses(stage).await, json!(["plain", "plain"]));
            stage
                .run::<()>("doui.save({ affiliate: true })", vec![])
                .await;
            until_addresses(stage, json!(["tracked", "plain"])).await;
            stage.run::<()>("doui.save({ ads: true })", vec![]).await;
            until_addresses(stage, json!(["tracked", "both"])).await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            until_addresses(stage, json!(["plain", "plain"])).await;
            // Once more, and as it is when the page arrives decided.
            stage.run::<()>("doui.acceptAll()", vec![]).await;
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
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until_quiet().await;
            let link = stage.element("document.querySelector('#partner')").await;
            stage.click(&link).await;
            stage.until_requested("/frame.html?plain").await;
            assert!(
                !stage.requests().iter().any(|path| path.contains("tracked")),
                "{:?}",
                stage.requests()
            );
        })
        .await;
}
