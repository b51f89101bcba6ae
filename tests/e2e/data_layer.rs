//! A page that makes Google's queue anew, after `doui.js` said in it what is denied; and the consent types for whoever
//! asks.

use doui_tests::{Setting, built, page};
use serde_json::{Value, json};

/// Each consent command in the queue, with what it says of ads.
const COMMANDS: &str = "[...dataLayer].filter(said => said[0] == 'consent').map(said => [said[1], said[2].ad_storage])";

#[tokio::test(flavor = "multi_thread")]
async fn a_data_layer_set_anew_lost_the_default() {
    Setting::fixtures()
        .play(async |stage| {
            stage.expect_complaint("dataLayer was replaced");
            stage.open("/shop.html").await;
            // As a snippet of a theme's has it, and a tag that reads the queue right after.
            let here: Value = stage
                .run(
                    &format!(
                        "dataLayer = [{{ page: 'top' }}]; return [{COMMANDS}, dataLayer.at(-1)]"
                    ),
                    vec![],
                )
                .await;
            assert_eq!(here, json!([[["default", "denied"]], { "page": "top" }]));
            // What follows is said in the new one, and a third has it all; nothing is there twice.
            let here: Value = stage
                .run(
                    &format!(
                        "doui.acceptAll();
                         const second = {COMMANDS};
                         dataLayer = [...dataLayer, {{ page: 'copied' }}];
                         const copied = {COMMANDS};
                         window.dataLayer = [];
                         return [second, copied, {COMMANDS}]"
                    ),
                    vec![],
                )
                .await;
            let all = json!([["default", "denied"], ["update", "granted"]]);
            assert_eq!(here, json!([all, all, all]));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_layer_declared_before_and_set_anew_has_the_default_from_the_next_answer_on() {
    let page = page(
        r#"<script>var dataLayer = [{ page: "top" }]</script><script src="/doui/doui.js"></script>
        <script>var first = dataLayer.length; dataLayer = []</script>"#,
        "<h1>店</h1>",
    );
    Setting::fixtures()
        .without_policy()
        .file("declared.html", page)
        .play(async |stage| {
            stage.expect_complaint("dataLayer was replaced");
            stage.open("/declared.html").await;
            assert!(stage.value::<u32>("first").await > 1);
            stage.call("doui.acceptAll()").await;
            assert_eq!(
                stage.value::<Value>(COMMANDS).await,
                json!([["default", "denied"], ["update", "granted"]])
            );
        })
        .await;
}

/// Values that no queue is: the page goes on, and so does Doui.
#[tokio::test(flavor = "multi_thread")]
async fn a_data_layer_that_is_no_array_stops_nothing() {
    Setting::fixtures()
        .play(async |stage| {
            stage.expect_complaint("a signal failed");
            stage.open("/shop.html").await;
            stage
                .call("dataLayer = null; doui.acceptAll(); dataLayer = {}; doui.rejectAll()")
                .await;
            assert!(
                stage
                    .value::<bool>("doui.state.decided && !doui.allows('ads')")
                    .await
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_without_signals_says_the_consent_types_too() {
    let dist = built::stamped_with(|shop| {
        shop["signals"] = json!({});
        shop["purposes"][3]["consent_types"] = json!(["ad_personalization"]);
    });
    Setting::fixtures()
        .dist(dist.path())
        .play(async |stage| {
            stage.open("/shop.html").await;
            let granted = "Object.entries(doui.state.consent).filter(([, is]) => is == 'granted').map(([type]) => type).sort()";
            let count = "Object.keys(doui.state.consent).length";
            assert_eq!(stage.value::<Value>(granted).await, json!(["security_storage"]));
            assert_eq!(stage.value::<u32>(count).await, 7);
            stage.call("doui.save({ ads: true, affiliate: false })").await;
            assert_eq!(
                stage.value::<Value>(granted).await,
                json!(["ad_storage", "ad_user_data", "security_storage"])
            );
            stage.call("doui.save({ affiliate: true })").await;
            assert_eq!(stage.value::<Value>(&format!("{granted}.length")).await, 4);
            assert_eq!(stage.value::<Value>("[typeof dataLayer, Object.isFrozen(doui.state.consent)]").await, json!(["undefined", true]));
        })
        .await;
}
