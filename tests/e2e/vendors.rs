//! The recipes of `docs/recipes.md`, each as it is printed, with a stand-in for the vendor's own script that behaves as its
//! documents say: it complains on the console of what should have been said before, and writes down what it is told.

use std::fs;

use doui_tests::{Setting, Stage, built};
use serde_json::{Value, json};

/// The code of a section of the page.
fn recipe(title: &str) -> String {
    let page =
        fs::read_to_string(built::root().join("docs/recipes.md")).expect("the page is there");
    let (_, section) = page
        .split_once(&format!("\n## {title}\n"))
        .unwrap_or_else(|| panic!("no section {title}"));
    let section = section.split("\n## ").next().expect("it has a first part");
    let (_, code) = section.split_once("\n```").expect("it has code");
    let (_, code) = code.split_once('\n').expect("a fence is a line");
    let (code, rest) = code.split_once("\n```\n").expect("the fence is closed");
    assert!(
        !rest.contains("\n```"),
        "{title} has more code than one block"
    );
    code.to_owned()
}

struct Vendor {
    title: &'static str,
    /// The stand-in. `told` is the list that is read, unless it defines another `take`.
    script: &'static str,
    /// What it is told before the answer, once all is allowed, and once all is refused.
    before: Value,
    allowed: Value,
    refused: Value,
}

fn vendors() -> Vec<Vendor> {
    let adobe = |general| json!(["setConsent", { "consent": [{ "standard": "Adobe", "version": "1.0", "value": { "general": general } }] }]);
    vec![
        Vendor {
            title: "Adobe Web SDK",
            script: "window.alloy = (...call) => {
                if (!told.some(([it]) => it == 'configure') && call[0] != 'configure' && !alloy.isConfigured) throw Error('not configured');
                alloy.isConfigured = true;
                told.push(call);
            }",
            before: json!([["configure", { "datastreamId": "YOUR-DATASTREAM", "orgId": "YOUR-ORG@AdobeOrg", "defaultConsent": "pending" }]]),
            allowed: json!([adobe("in")]),
            refused: json!([adobe("out")]),
        },
        Vendor {
            title: "Adobe Experience Cloud (Opt-in Service)",
            script: "window.adobe = {
                OptInCategories: { AAM: 'aam', ANALYTICS: 'aa', ECID: 'ecid', TARGET: 'target' },
                optIn: { approve: list => told.push(['approve', list]), deny: list => told.push(['deny', list]) },
            }",
            before: json!([]),
            allowed: json!([["approve", ["ecid", "aa"]]]),
            refused: json!([["deny", ["ecid", "aa"]]]),
        },
        Vendor {
            title: "AdSense",
            script: "if (window.adsbygoogle?.pauseAdRequests !== 1) throw Error('ads are asked for');
                let last;
                window.take = () => {
                    const now = adsbygoogle.pauseAdRequests;
                    return now === last ? [] : [last = now];
                }",
            before: json!([1]),
            allowed: json!([0]),
            refused: json!([1]),
        },
        Vendor {
            title: "Cloudflare Zaraz",
            script: "setTimeout(() => {
                window.zaraz = { consent: { APIReady: true, set: purposes => told.push(purposes), sendQueuedEvents: () => told.push('queued') } };
                document.dispatchEvent(new Event('zarazConsentAPIReady'));
            })",
            before: json!([]),
            allowed: json!([{ "YOUR-TRAFFIC-ID": true }, "queued", { "YOUR-ADS-ID": true }, "queued"]),
            refused: json!([{ "YOUR-TRAFFIC-ID": false }, { "YOUR-ADS-ID": false }]),
        },
        Vendor {
            title: "FullStory",
            script: "if (window._fs_capture_on_startup !== false) throw Error('it records'); window.FS = (...call) => told.push(call)",
            before: json!([]),
            allowed: json!([["start"]]),
            refused: json!([["shutdown"]]),
        },
        Vendor {
            title: "Intercom",
            script: "if (window.intercomSettings?.app_id) throw Error('it starts by itself'); window.Intercom = (...call) => told.push(call)",
            before: json!([]),
            allowed: json!([["boot", { "app_id": "YOUR-APP" }]]),
            refused: json!([["shutdown"]]),
        },
        Vendor {
            title: "Klaviyo",
            script: "const isOff = () => document.cookie.includes('__kla_off=true');
                if (isOff() == doui.allows('ads')) throw Error('the cookie comes late');
                let last;
                window.take = () => isOff() === last ? [] : [last = isOff()]",
            before: json!([true]),
            allowed: json!([false]),
            refused: json!([true]),
        },
        Vendor {
            title: "Mixpanel",
            script: "window.mixpanel = Object.fromEntries(['init', 'opt_in_tracking', 'opt_out_tracking'].map(name => [name, (...call) => told.push([name, ...call])]))",
            before: json!([["init", "YOUR-TOKEN", { "opt_out_tracking_by_default": true }]]),
            allowed: json!([["opt_in_tracking"]]),
            refused: json!([["opt_out_tracking"]]),
        },
        Vendor {
            title: "Piano Analytics",
            script: "if (window.pdl?.requireConsent != 'v2' || pdl.consent.defaultPreset.PA != 'opt-out') throw Error('no preset');
                window.pa = { consent: { setMode: mode => told.push(mode) } }",
            before: json!([]),
            allowed: json!(["opt-in"]),
            refused: json!(["opt-out"]),
        },
        Vendor {
            title: "PostHog",
            script: "window.posthog = Object.fromEntries(['init', 'opt_in_capturing', 'opt_out_capturing'].map(name => [name, (...call) => told.push([name, ...call])]))",
            before: json!([["init", "YOUR-KEY", { "api_host": "https://eu.i.posthog.com", "opt_out_capturing_by_default": true }]]),
            allowed: json!([["opt_in_capturing"]]),
            refused: json!([["opt_out_capturing"]]),
        },
        Vendor {
            title: "Treasure Data",
            script: "window.Treasure = function () {
                return Object.fromEntries(['setSignedMode', 'setAnonymousMode', 'blockEvents', 'unblockEvents', 'trackPageview'].map(name => [name, () => told.push(name)]));
            }",
            before: json!(["setAnonymousMode", "blockEvents"]),
            allowed: json!(["setSignedMode", "unblockEvents", "trackPageview"]),
            refused: json!(["setAnonymousMode", "blockEvents"]),
        },
        Vendor {
            title: "Zendesk Messaging",
            script: "window.zE = (...call) => told.push(call)",
            before: json!([["messenger:set", "cookies", "functional"]]),
            allowed: json!([["messenger:set", "cookies", "all"]]),
            refused: json!([["messenger:set", "cookies", "functional"]]),
        },
    ]
}

fn page(head: &str) -> String {
    doui_tests::page(
        &format!(
            "<script>window.told = []; window.take = () => told.splice(0)</script>
             <script src=\"/doui/doui.js\"></script>{head}"
        ),
        "",
    )
}

/// Awaits that the stand-in was told this, and nothing else by the time that the page is idle.
async fn until_told(stage: &Stage, title: &str, wanted: &Value) {
    stage.until_quiet().await;
    assert_eq!(&stage.value::<Value>("take()").await, wanted, "{title}");
}

fn both(first: &Value, second: &Value) -> Value {
    let list = |value: &Value| value.as_array().expect("a list").clone();
    [list(first), list(second)].concat().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_recipe_says_first_what_must_be_first_and_each_change_once() {
    let shared = recipe("Once on the page");
    let mut setting = Setting::fixtures().without_policy();
    let vendors = vendors();
    for (at, vendor) in vendors.iter().enumerate() {
        let code = recipe(vendor.title);
        assert!(
            code.contains("<!-- the vendor's own script -->"),
            "{}",
            vendor.title
        );
        let stand_in = format!("<script>{}</script>", vendor.script);
        let code = code.replace("<!-- the vendor's own script -->", &stand_in);
        let path = Box::leak(format!("recipe-{at}.html").into_boxed_str());
        setting = setting.file(path, page(&format!("{shared}\n{code}")));
    }
    setting
        .play(async |stage| {
            for (
                at,
                Vendor {
                    title,
                    before,
                    allowed,
                    refused,
                    ..
                },
            ) in vendors.iter().enumerate()
            {
                stage.open(&format!("/recipe-{at}.html")).await;
                stage.clear().await;
                stage.open(&format!("/recipe-{at}.html")).await;
                until_told(stage, title, before).await;
                stage.call("doui.acceptAll()").await;
                until_told(stage, title, allowed).await;
                stage.call("doui.acceptAll()").await;
                until_told(stage, title, &json!([])).await;
                stage.call("doui.rejectAll()").await;
                until_told(stage, title, refused).await;
                // Who decided before is told of at once. What only holds a state has the last one.
                stage.call("doui.acceptAll()").await;
                stage.reload().await;
                let is_state = ["AdSense", "Klaviyo"].contains(title);
                let wanted = if is_state {
                    allowed.clone()
                } else {
                    both(before, allowed)
                };
                until_told(stage, title, &wanted).await;
                // Starting over is a withdrawal.
                stage.call("doui.reset()").await;
                until_told(stage, title, refused).await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn segments_wrapper_loads_nothing_before_and_hears_of_each_change() {
    let client = fs::read_to_string(built::root().join("npm/client.js")).expect("it is there");
    // It calls what it was made with, in the order of its documents.
    let tools = "export const createWrapper = (settings) => async (analytics) => {
        await settings.shouldLoadWrapper();
        await settings.shouldLoadSegment({ load: (options) => told.push(['load', options]) });
        told.push(settings.getCategories());
        settings.registerOnConsentChanged((categories) => told.push(categories));
    };";
    let imports = json!({ "imports": { "@segment/analytics-consent-tools": "/tools.js", "doui/client": "/client.js" } });
    let head = format!(
        "<script type=\"importmap\">{imports}</script><script type=\"module\">import {{ withDoui }} from '/wrapper.js'; withDoui({{}})</script>"
    );
    Setting::fixtures()
        .without_policy()
        .file("segment.html", page(&head))
        .file("wrapper.js", recipe("Segment"))
        .file("tools.js", tools)
        .file("client.js", client)
        .play(async |stage| {
            stage.open("/segment.html").await;
            until_told(stage, "Segment", &json!([])).await;
            let choices = |traffic, ads| json!({ "auth": false, "ads": ads, "traffic": traffic, "affiliate": false });
            stage.call("doui.save({ traffic: true })").await;
            stage.until("window.told.length == 2").await;
            let loaded = json!([["load", { "consentModel": "opt-in" }], choices(true, false)]);
            until_told(stage, "Segment", &loaded).await;
            stage.call("doui.save({ ads: true })").await;
            until_told(stage, "Segment", &json!([choices(true, true)])).await;
        })
        .await;
}

#[test]
fn each_recipe_names_its_source() {
    let page =
        fs::read_to_string(built::root().join("docs/recipes.md")).expect("the page is there");
    for section in page.split("\n## ").skip(2).filter(|it| it.contains("```")) {
        let title = section.lines().next().expect("a title");
        assert!(
            section.contains("[source](https://") || title == "See it work",
            "{title}"
        );
    }
}
