//! The snippet for Shopify's themes beside a stand-in of the Customer Privacy API.

use std::fs;

use doui_tests::{Setting, built};
use serde_json::{Value, json};

fn read(path: &str) -> String {
    fs::read_to_string(built::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn shopify_follows_doui_and_may_only_refuse() {
    let snippet = read("integrations/shopify/doui.liquid");
    let (_, snippet) = snippet
        .split_once("{% endcomment %}")
        .expect("it says what it is");
    let snippet = snippet.replace("{{ 'doui.js' | asset_url }}", "/doui/doui.js");
    assert!(
        !snippet.contains("{{") && !snippet.contains("{%"),
        "{snippet}"
    );
    let page = format!(
        "<!doctype html><html lang=\"ja\"><head>{snippet}<meta charset=\"utf-8\"><title>店</title><link rel=\"icon\" href=\"data:,\">
        <script src=\"/customer-privacy.js\"></script></head><body><p>店</p></body></html>"
    );
    let said = built::blocks("integrations/shopify/README.md", "js").concat();
    let console = said.replacen("\nShopify", "\nreturn Shopify", 1);
    let settings = read("integrations/shopify/README.md");
    let (_, settings) = settings
        .split_once("```json\n")
        .expect("it says what to set");
    let (settings, _) = settings.split_once("```").expect("it is closed");
    let settings: Value =
        serde_json::from_str(&format!("{{{settings}}}")).expect("a part of shop.json");
    let stamped = built::stamped_with(|shop| {
        shop["centre"] = settings["centre"].clone();
        shop["signals"] = settings["signals"].clone();
        shop["contact"]["policy"] = "https://shop.example/policy".into();
    });
    Setting::fixtures()
        .without_policy()
        .dist(stamped.path())
        .file("shopify.html", page)
        .file("customer-privacy.js", read("tests/bridges/shopify/customer-privacy.js"))
        .play(async |stage| {
            let choices = async || stage.value::<Value>("Object.values(doui.state.choices)").await;
            // The API as an app would use it; it is loaded by then.
            let outside = async |given: Value| {
                stage.run::<()>(
                    "return new Promise(done => Shopify.loadFeatures([], () => {
                        Shopify.customerPrivacy.setTrackingConsent(arguments[0], () => setTimeout(() => setTimeout(done)));
                    }))",
                    vec![given],
                ).await;
            };
            stage.open_until_asked("/shopify.html").await;
            assert_eq!(stage.value::<Value>("privacyCalls").await, json!([]));
            // The lines of the page.
            let answer: Value = stage.run(&format!("return (async () => {{ {console} }})()"), vec![]).await;
            assert_eq!(answer, true);
            stage.until_quiet().await;
            // Its own call came back as an event, and was answered by nothing.
            assert_eq!(stage.value::<u32>("privacyCalls.length").await, 1);
            // A refusal from outside.
            outside(json!({ "marketing": false })).await;
            stage.until("!doui.allows('ads')").await;
            assert_eq!(choices().await, json!([true, false, true, false]));
            stage.until("!Shopify.customerPrivacy.saleOfDataAllowed()").await;
            // A grant from outside is taken back.
            outside(json!({ "marketing": true, "analytics": false })).await;
            stage.until("!Shopify.customerPrivacy.marketingAllowed() && !doui.allows('traffic')").await;
            assert_eq!(choices().await, json!([true, false, false, false]));
            stage.until_quiet().await;
            let calls: u32 = stage.value("privacyCalls.length").await;
            assert!(calls < 9, "{calls} calls");
            // Before any answer of Doui's own, too.
            stage.clear().await;
            stage.reload().await;
            outside(json!({ "analytics": false })).await;
            stage.until("document.cookie.includes('.traffic0')").await;
            stage.until("!Shopify.customerPrivacy.marketingAllowed()").await;
            assert_eq!(choices().await, json!([false, false, false, false]));
        })
        .await;
}
