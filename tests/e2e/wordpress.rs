//! The script that keeps the WP Consent API in step, beside a stand-in of the API that behaves as described.

use std::fs;

use doui_tests::{Door, Setting, built};
use serde_json::{Value, json};

fn read(path: &str) -> String {
    fs::read_to_string(built::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A page as the plugin has WordPress print it.
fn page() -> String {
    let data = json!({ "type": "optin", "categories": {
        "functional": ["necessary"], "preferences": ["auth"], "statistics": ["traffic"], "statistics-anonymous": ["traffic"],
        "marketing": ["ads", "affiliate"],
    } });
    format!(
        "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>店</title><link rel=\"icon\" href=\"data:,\">
        <script src=\"/doui/doui.js\" data-cfasync=\"false\"></script>
        <script>
            window.heard = [];
            for (const name of ['wp_listen_for_consent_change', 'wp_consent_type_defined'])
                document.addEventListener(name, event => heard.push(event.detail || name));
        </script></head><body><p>店</p>
        <script src=\"/wp-consent-api.js\"></script>
        <script>window.douiWordPress = {data};</script><script src=\"/bridge.js\"></script></body></html>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wp_consent_api_follows_doui_and_may_only_refuse() {
    Setting::fixtures()
        .without_policy()
        .file("wordpress.html", page())
        .file("bridge.js", read("integrations/wordpress/doui/bridge.js"))
        .file("wp-consent-api.js", read("tests/bridges/wordpress/wp-consent-api.js"))
        .play(async |stage| {
            let consent = async || {
                stage.value::<Value>("['functional', 'preferences', 'statistics', 'marketing'].map(one => wp_has_consent(one))").await
            };
            stage.open("/wordpress.html").await;
            stage.until_banner_shows().await;
            assert_eq!(stage.value::<Value>("heard[0]").await, "wp_consent_type_defined");
            assert_eq!(stage.value::<String>("wp_consent_type").await, "optin");
            assert_eq!(consent().await, json!([true, false, false, false]));
            stage.press(Door::Banner, "accept").await;
            stage.until("wp_has_consent('marketing')").await;
            assert_eq!(consent().await, json!([true, true, true, true]));
            // A refusal from outside is taken over, and calls nobody again.
            stage.run::<()>("consentCalls = 0; wp_set_consent('marketing', 'deny')", vec![]).await;
            let state: Value = stage.value("doui.state.choices").await;
            assert_eq!(state, json!({ "auth": true, "ads": false, "traffic": true, "affiliate": false }));
            assert!(stage.cookie().await.is_some_and(|it| it.contains(".ads0") && it.contains(".traffic1")));
            assert!(stage.value::<u32>("consentCalls").await < 10);
            // A grant from outside is taken back.
            stage.run::<()>("wp_set_consent('marketing', 'allow')", vec![]).await;
            assert_eq!(consent().await, json!([true, true, true, false]));
            assert!(!stage.value::<bool>("doui.allows('ads')").await);
            // So is a refusal of what is necessary.
            stage.run::<()>("wp_set_consent('functional', 'deny')", vec![]).await;
            assert_eq!(consent().await, json!([true, true, true, false]));
            // The next page agrees without a word.
            stage.reload().await;
            stage.until("window.doui && window.consentCalls").await;
            assert_eq!(consent().await, json!([true, true, true, false]));
            assert_eq!(stage.value::<u32>("heard.length").await, 1);
        })
        .await;
}
