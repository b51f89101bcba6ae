//! What tags that listen are told: each vendor's own calls, in their order and place, heard by readers as strict as the
//! vendors' (`fixtures/listeners.js`).

use doui_tests::{Choices, Setting, Stage, built, combinations};
use serde_json::{Value, json};
use tempfile::TempDir;

const SEVEN: [&str; 7] = [
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
];

/// The purpose that grants a type, in the shop of `dist/`.
fn purpose_of(kind: &str) -> Option<&'static str> {
    match kind {
        "ad_storage" | "ad_user_data" | "ad_personalization" => Some("ads"),
        "analytics_storage" => Some("traffic"),
        "functionality_storage" | "personalization_storage" => Some("auth"),
        _ => None,
    }
}

fn word(is_granted: bool) -> &'static str {
    if is_granted { "granted" } else { "denied" }
}

/// All seven types, as these choices have them.
fn types(choices: &Choices) -> Value {
    let grants = |kind| purpose_of(kind).is_none_or(|id| choices.get(id) == Some(&true));
    SEVEN
        .into_iter()
        .map(|kind| (kind.to_owned(), word(grants(kind)).into()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn save(stage: &Stage, choices: &Choices) {
    stage
        .run::<Value>("doui.save(arguments[0]); return null", vec![json!(choices)])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn google_reads_the_default_then_each_update_then_its_event_in_all_sixteen_combinations() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/signals.html").await;
            let default: Value = stage.value("heard.google").await;
            assert_eq!(default["default"], types(&Choices::new()));
            assert_eq!(default["update"], json!({}), "nobody has decided");
            assert_eq!(default["log"], json!(["default", "set"]));
            assert_eq!(default["set"], json!({ "ads_data_redaction": true }));
            for choices in combinations() {
                stage.call("heard.google.log.length = 0").await;
                save(stage, &choices).await;
                let here: Value = stage.value("heard.google").await;
                assert_eq!(here["update"], types(&choices), "{choices:?}");
                assert_eq!(here["log"], json!(["update", "doui_change"]));
                assert_eq!(here["event"]["doui"], json!(choices));

                // On the next load the default comes first, denied, and the update right after it.
                stage.reload().await;
                let loaded: Value = stage.value("heard.google").await;
                assert_eq!(loaded["default"], types(&Choices::new()), "{choices:?}");
                assert_eq!(loaded["update"], types(&choices), "{choices:?}");
                assert_eq!(
                    loaded["log"],
                    json!(["default", "set", "update", "doui_change"])
                );
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_is_there_before_any_tag() {
    Setting::fixtures()
        // The very next script of the page after doui.js sees it: nothing is left to a promise or a timer.
        .before(
            "new MutationObserver((_, observer) => {
                if (!document.querySelector('script[src=\"/listeners.js\"]')) return;
                observer.disconnect();
                window.first = window.dataLayer && [...dataLayer[0]];
            }).observe(document, { childList: true, subtree: true })",
        )
        .play(async |stage| {
            stage.open("/signals.html").await;
            let first: Value = stage.value("[...dataLayer[0]]").await;
            assert_eq!(first, json!(["consent", "default", types(&Choices::new())]));
            stage.until("window.first?.[1] == 'default'").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_others_are_told_in_their_own_words() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/signals.html").await;
            let denied = json!({ "ad_Storage": "denied", "analytics_Storage": "denied" });
            let default: Value = stage
                .value("[heard.uet, heard.clarity, heard.meta, [...heard.tiktok]]")
                .await;
            assert_eq!(
                default,
                json!([
                    ["consent", "default", { "ad_storage": "denied" }],
                    [["consentv2", denied]],
                    { "isInstalled": true, "log": ["consent revoke", "init 000"] },
                    [["holdConsent"]],
                ])
            );
            for (choices, ads, traffic) in [
                (json!({ "ads": true }), true, false),
                (json!({ "ads": false, "traffic": true }), false, true),
            ] {
                stage
                    .run::<()>(
                        "for (const log of [heard.uet, heard.clarity, heard.meta.log, heard.tiktok]) log.length = 0;
                         doui.save(arguments[0])",
                        vec![choices],
                    )
                    .await;
                let update: Value = stage
                    .value("[heard.uet, heard.clarity, heard.meta.log, [...heard.tiktok]]")
                    .await;
                assert_eq!(
                    update,
                    json!([
                        ["consent", "update", { "ad_storage": word(ads) }],
                        [["consentv2", { "ad_Storage": word(ads), "analytics_Storage": word(traffic) }]],
                        [if ads { "consent grant" } else { "consent revoke" }],
                        [[if ads { "grantConsent" } else { "revokeConsent" }]],
                    ])
                );
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decided_visitors_tags_are_told_the_decision() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/signals.html").await;
            stage.call("doui.acceptAll()").await;
            stage.reload().await;
            let heard: Value = stage
                .value("[heard.uet.slice(3), heard.clarity.at(-1)[1].ad_Storage, heard.meta.log, [...heard.tiktok]]")
                .await;
            assert_eq!(
                heard,
                json!([
                    ["consent", "update", { "ad_storage": "granted" }],
                    "granted",
                    ["consent grant", "init 000"],
                    [["holdConsent"], ["grantConsent"]],
                ])
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendors_function_that_fails_stops_nobody_else() {
    Setting::fixtures()
        .before("window.fbq = window.clarity = () => { throw Error('theirs') }; window.dataLayer = Object.freeze([])")
        .play(async |stage| {
            stage.open_until_asked("/shop.html").await;
            stage.call("doui.acceptAll()").await;
            stage.until("ran.length == 1").await;
            let uet: Value = stage.value("uetq").await;
            assert_eq!(uet[5], json!({ "ad_storage": "granted" }));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_and_regions_and_a_purpose_of_the_shops_own_are_data() {
    let dist = built::stamped_with(|shop| {
        shop["signals"] = json!({ "google": {
            "wait_for_update": 750,
            "url_passthrough": true,
            "regions": [{ "region": ["JP-13", "US-CA"], "granted": ["auth", "traffic"] }],
        } });
        let purposes = shop["purposes"].as_array_mut().expect("a list");
        let mut video = purposes[2].clone();
        video["id"] = json!("video");
        // Analytics now needs two purposes.
        video["consent_types"] = json!(["analytics_storage", "personalization_storage"]);
        purposes.push(video);
    });
    Setting::fixtures()
        .dist(dist.path())
        .play(async |stage| {
            stage.open("/signals.html").await;
            let heard: Value = stage.value("heard.google").await;
            assert_eq!(heard["log"], json!(["default", "region", "set"]));
            assert_eq!(heard["wait"], 750);
            assert_eq!(heard["set"], json!({ "url_passthrough": true }));
            let mut region = types(&[("auth".to_owned(), true)].into());
            region["personalization_storage"] = json!("denied");
            region["region"] = json!(["JP-13", "US-CA"]);
            region["wait_for_update"] = json!(750);
            assert_eq!(
                heard["regions"],
                json!([region]),
                "analytics needs video too"
            );
            assert_eq!(
                stage
                    .value::<Value>("[heard.uet, heard.clarity, heard.tiktok.length]")
                    .await,
                json!([[], [], 0]),
                "what the shop has not switched on is told"
            );

            stage.call("doui.save({ traffic: true })").await;
            let analytics = "heard.google.update.analytics_storage";
            assert_eq!(stage.value::<String>(analytics).await, "denied");
            stage.call("doui.save({ video: true })").await;
            assert_eq!(stage.value::<String>(analytics).await, "granted");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_shops_default_is_what_holds_before_the_first_answer() {
    let dist = built::stamped_with(|shop| {
        shop["purposes"][1]["before"] = json!("granted");
        shop["purposes"][1]["gpc"] = json!(true);
    });
    let granted = types(&[("ads".to_owned(), true)].into());
    Setting::fixtures()
        .dist(dist.path())
        .play(async |stage| {
            stage.open("/signals.html").await;
            assert_eq!(stage.value::<Value>("heard.google.default").await, granted);
            stage.call("doui.rejectAll()").await;
            stage.reload().await;
            let denied = types(&Choices::new());
            let heard: Value = stage
                .value("[heard.google.default, heard.google.update]")
                .await;
            assert_eq!(heard, json!([denied, denied]));
        })
        .await;
    Setting::fixtures()
        .dist(dist.path())
        .before("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })")
        .play(async |stage| {
            stage.open("/signals.html").await;
            assert_eq!(
                stage.value::<Value>("heard.google.default").await,
                types(&Choices::new()),
                "the browser's signal counts before the shop's default"
            );
        })
        .await;
}

const MORE: [&str; 5] = [
    "pinterest",
    "matomo",
    "hubspot",
    "microsoft_universal",
    "shopify",
];

/// `doui.js` of the demo's shop, which tells [`MORE`] of consent.
fn with_more() -> TempDir {
    let told = MORE.iter().map(|name| ((*name).to_owned(), json!(true)));
    built::stamped_with(|shop| shop["signals"] = told.collect())
}

/// What each was told since the last time.
async fn more(stage: &Stage) -> Value {
    stage
        .run(
            "const told = JSON.parse(JSON.stringify(more));
             for (const log of Object.values(more)) log.length = 0;
             return told",
            vec![],
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn pinterest_matomo_hubspot_the_universal_pixel_and_shopify_are_told() {
    let hubspot = |analytics, advertisement, functionality| json!(["setHubSpotConsent", { "analytics": analytics, "advertisement": advertisement, "functionality": functionality }]);
    Setting::fixtures()
        .doui(with_more())
        .play(async |stage| {
            stage.open("/more-signals.html").await;
            stage.until("document.readyState == 'complete'").await;
            // The consent is said before anything else is asked for.
            assert_eq!(
                more(stage).await,
                json!({
                    "pinterest": [["setconsent", false], ["load", "000"], ["page"]],
                    "matomo": [["requireConsent"], ["trackPageView"]],
                    "hubspot": [hubspot(false, false, false)],
                    "universal": [["consent", "default", { "ad_storage": "denied" }], ["init", "000", null]],
                    "shopify": [],
                })
            );
            assert!(stage.value::<bool>("disableHubSpotCookieBanner").await);
            stage.call("doui.save({ traffic: true, ads: false })").await;
            stage.until("more.shopify.length == 1").await;
            assert_eq!(
                more(stage).await,
                json!({
                    "pinterest": [["setconsent", false]],
                    "matomo": [["setConsentGiven"]],
                    "hubspot": [hubspot(true, false, false)],
                    "universal": [["consent", "update", { "ad_storage": "denied" }]],
                    "shopify": [{ "analytics": true, "marketing": false, "preferences": false, "sale_of_data": false }],
                })
            );
            stage.call("doui.acceptAll()").await;
            stage.until("more.shopify.length == 1").await;
            more(stage).await;
            // Who has decided is told of at once, each thing once.
            stage.reload().await;
            stage.until("more.shopify.length == 1").await;
            assert_eq!(
                more(stage).await,
                json!({
                    "pinterest": [["setconsent", true], ["load", "000"], ["page"]],
                    "matomo": [["requireConsent"], ["setConsentGiven"], ["trackPageView"]],
                    "hubspot": [hubspot(false, false, false), hubspot(true, true, true)],
                    "universal": [["consent", "default", { "ad_storage": "granted" }], ["init", "000", null]],
                    "shopify": [{ "analytics": true, "marketing": true, "preferences": true, "sale_of_data": true }],
                })
            );
            stage.call("doui.rejectAll()").await;
            stage.until("more.shopify.length == 1").await;
            assert_eq!(
                more(stage).await,
                json!({
                    "pinterest": [["setconsent", false]],
                    "matomo": [["forgetConsentGiven"]],
                    "hubspot": [["revokeCookieConsent"], hubspot(false, false, false)],
                    "universal": [["consent", "update", { "ad_storage": "denied" }]],
                    "shopify": [{ "analytics": false, "marketing": false, "preferences": false, "sale_of_data": false }],
                })
            );
        })
        .await;
}

/// What each vendor's script has sent, and how often it was told of consent.
async fn sent_and_words(stage: &Stage) -> Value {
    stage.value("[sent, words]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_that_come_late_send_only_what_was_allowed_and_hear_of_each_change_once() {
    let all_sent = |list: Value| json!({ "pinterest": list, "matomo": list, "hubspot": list, "universal": list });
    Setting::fixtures()
        .doui(with_more())
        .play(async |stage| {
            stage.open("/vendors.html").await;
            stage.until("!!window.act").await;
            // The consent stood first in each queue.
            let told = json!({ "pinterest": 1, "matomo": 1, "hubspot": 1, "universal": 1, "shopify": [] });
            assert_eq!(sent_and_words(stage).await, json!([all_sent(json!([])), told]));
            stage.call("doui.acceptAll()").await;
            stage.call("act('allowed')").await;
            stage.until("words.shopify.length == 1").await;
            let sent = json!({
                "pinterest": ["allowed"],
                // It alone keeps what happened before.
                "matomo": ["first", "late", "allowed"],
                "hubspot": ["allowed"],
                "universal": ["allowed"],
            });
            let told = json!({ "pinterest": 2, "matomo": 2, "hubspot": 2, "universal": 2, "shopify": [true] });
            assert_eq!(sent_and_words(stage).await, json!([sent, told]));
            // The same answer is no news, and what Shopify says of it is no answer.
            stage.call("doui.acceptAll()").await;
            stage.call("doui.save({ ads: true })").await;
            stage.until_quiet().await;
            assert_eq!(sent_and_words(stage).await, json!([sent, told]));
            stage.call("doui.rejectAll()").await;
            stage.call("act('refused')").await;
            stage.until("words.shopify.length == 2").await;
            // A refusal of all takes HubSpot two words.
            let told = json!({ "pinterest": 3, "matomo": 3, "hubspot": 4, "universal": 3, "shopify": [true, false] });
            assert_eq!(sent_and_words(stage).await, json!([sent, told]));
            // On the next load nothing is sent either; and all is, once it is allowed before.
            stage.reload().await;
            stage.until("!!window.act && words.shopify.length == 1").await;
            stage.call("act('refused')").await;
            assert_eq!(stage.value::<Value>("sent").await, all_sent(json!([])));
            stage.call("doui.acceptAll()").await;
            stage.reload().await;
            stage.until("!!window.act && words.shopify.length == 1").await;
            let sent = json!({
                "pinterest": ["first", "late"],
                "matomo": ["first", "late"],
                "hubspot": ["late"],
                "universal": ["first", "late"],
            });
            assert_eq!(stage.value::<Value>("sent").await, sent);
            assert!(stage.value::<bool>("words.shopify[0]").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_given_again_is_told_to_nobody_again() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/signals.html").await;
            stage.call("doui.acceptAll()").await;
            const LENGTHS: &str = "[dataLayer, heard.uet, heard.clarity, heard.meta.log, heard.tiktok].map(it => it.length).join()";
            let before: String = stage.value(LENGTHS).await;
            stage.call("doui.acceptAll()").await;
            stage.call("doui.save({ ads: true })").await;
            assert_eq!(stage.value::<String>(LENGTHS).await, before);
            // A purpose that grants no type of consent is news to who reads the choices.
            stage.call("doui.save({ affiliate: false })").await;
            let event: Value = stage.value("heard.google.event.doui.affiliate").await;
            assert_eq!(event, json!(false));
        })
        .await;
}
