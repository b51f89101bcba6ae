//! Robots that answer banners: the rules of `integrations/robots`, against the demo.

use std::fs;

use doui_tests::{Setting, built};
use serde_json::{Value, json};

fn read(path: &str) -> String {
    fs::read_to_string(built::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// DuckDuckGo's autoconsent with the rule, told to opt out or in.
fn autoconsent(action: &str) -> String {
    let library = fs::read_to_string(built::npm(
        "@duckduckgo/autoconsent/dist/autoconsent.playwright.js",
    ));
    let asked = read("tests/bridges/robots/autoconsent.js")
        .replace("RULE", &read("integrations/robots/autoconsent.json"))
        .replace("ACTION", &format!("\"{action}\""));
    format!("{asked}\n{}", library.expect("it is text"))
}

#[tokio::test(flavor = "multi_thread")]
async fn duckduckgo_refuses_what_it_is_told_to_refuse() {
    for (action, is_allowed) in [("optOut", false), ("optIn", true)] {
        Setting::demo()
            .before(autoconsent(action))
            .play(async |stage| {
                // In a browser its style is not the page's, and no policy of the page's forbids it.
                for part in ["Applying inline style", "blocked an inline style"] {
                    stage.expect_complaint(part);
                }
                stage.open("/").await;
                stage
                    .until("window.said.some(one => one.type == 'autoconsentDone')")
                    .await;
                stage.until("doui.state.decided").await;
                let choices: Vec<bool> = stage.value("Object.values(doui.state.choices)").await;
                assert_eq!(choices, [is_allowed; 4]);
                stage.until_banner_is_gone().await;
                let result: Value = stage
                    .value(&format!("said.find(one => one.type == '{action}Result')"))
                    .await;
                assert_eq!(
                    (&result["cmp"], &result["result"]),
                    (&json!("doui"), &json!(true))
                );
                // Its own test of what came of it.
                if !is_allowed {
                    stage
                        .call("autoconsentReceiveMessage({ type: 'selfTest' })")
                        .await;
                    stage
                        .until("said.some(one => one.type == 'selfTestResult' && one.result)")
                        .await;
                }
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_o_matic_answers_as_its_user_wishes() {
    let run = read("tests/bridges/robots/consent-o-matic.js");
    let rule: Value =
        serde_json::from_str(&read("integrations/robots/consent-o-matic.json")).expect("JSON");
    Setting::demo()
        .before(run)
        .play(async |stage| {
            for (wishes, allowed) in [
                (json!({}), json!([false, false, false, false])),
                (json!({ "B": true }), json!([false, false, true, false])),
                (
                    json!({ "A": true, "B": true, "F": true, "X": true }),
                    json!([true, true, true, true]),
                ),
            ] {
                stage.open_until_asked("/").await;
                let is_met: bool = stage
                    .run(
                        "return consentOMatic(...arguments)",
                        vec![rule.clone(), wishes],
                    )
                    .await;
                assert!(is_met);
                stage.until("doui.state.decided").await;
                assert_eq!(
                    stage
                        .value::<Value>("Object.values(doui.state.choices)")
                        .await,
                    allowed
                );
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_on_robots_says_what_they_do() {
    let lines = built::blocks("integrations/robots/README.md", "js").concat();
    let lines = lines.replacen("\ndocument", "\nreturn document", 1);
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            assert_eq!(stage.run::<Value>(&lines, vec![]).await, json!(false));
            stage.until_banner_is_gone().await;
        })
        .await;
}
