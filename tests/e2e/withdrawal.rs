//! A refusal that is true: what the refused left is deleted, and deleted again; what can't be is named; and where code
//! already ran, loading the page again is offered.

use std::fs;

use doui_tests::{Ability, Door, Setting, Stage, built};
use serde_json::{Value, json};
use thirtyfour::Cookie;

use crate::routes::open;

/// The names of the cookies that the page sees, without Doui's own.
const NAMES: &str = "document.cookie.split('; ').map(pair => pair.split('=')[0]).filter(name => name && name != 'doui')";

async fn names(stage: &Stage) -> Vec<String> {
    let mut names: Vec<String> = stage.value(NAMES).await;
    names.sort();
    names
}

async fn accept(stage: &Stage) {
    stage.press(Door::Banner, "accept").await;
    stage.until("ran.includes('counter')").await;
}

/// The first shop, whose analytics also keep something in storage.
fn shop() -> Value {
    let mut shop = built::shop();
    let analytics = &mut shop["services"][0];
    assert_eq!(analytics["purpose"], "traffic");
    analytics["storage"] = json!(["counter", "counter.*"]);
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_deletes_what_the_refused_service_left_and_nothing_else() {
    let page = built::tests().join("fixtures/withdrawal.html");
    let page = fs::read_to_string(page).expect("the fixture is there");
    Setting::fixtures()
        .doui(built::stamped(&shop()))
        .file("deep/er/withdrawal.html", page)
        .play(async |stage| {
            for path in ["/withdrawal.html", "/deep/er/withdrawal.html"] {
                stage.open(path).await;
                stage.run::<Value>("doui.reset(); return null", vec![]).await;
                stage.reload().await;
                stage
                    .call(
                        "document.cookie = 'cart=3; Path=/'; document.cookie = '_gat=1; Path=/';
                         for (const storage of [localStorage, sessionStorage])
                             for (const key of ['counter', 'counter.1', 'counters', 'cart']) storage.setItem(key, '1')",
                    )
                    .await;
                accept(stage).await;
                assert_eq!(
                    names(stage).await,
                    ["_ga", "_ga_PATH", "_ga_SHOP", "_gat", "cart"]
                );
                let gone: Value = stage
                    .value("(doui.save({ traffic: false }), [doui.state.leftovers, witness.changes.at(-1).state.leftovers])")
                    .await;
                assert_eq!(gone, json!([[], []]), "{path}");
                assert_eq!(names(stage).await, ["_gat", "cart"], "{path}");
                for storage in ["localStorage", "sessionStorage"] {
                    let mut keys: Vec<String> =
                        stage.value(&format!("Object.keys({storage})")).await;
                    keys.retain(|key| key != "doui");
                    keys.sort();
                    assert_eq!(keys, ["cart", "counters"], "{path}: {storage}");
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_running_tag_writes_again_is_deleted_again() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            accept(stage).await;
            stage.call("doui.rejectAll()").await;
            assert_eq!(names(stage).await, [""; 0]);
            for _ in 0..2 {
                stage.call("count()").await;
                stage.until(&format!("!{NAMES}.length")).await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_meanwhile_is_deleted_on_the_next_load() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.answer("reject").await;
            // A page of the shop without doui.js.
            stage.open("/frame.html").await;
            stage.call("document.cookie = '_ga=1; Path=/'").await;
            stage.open("/withdrawal.html").await;
            assert_eq!(names(stage).await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_deleted_of_a_visitor_who_has_not_decided() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/frame.html").await;
            stage.call("document.cookie = '_ga=1; Path=/'").await;
            stage.open_until_asked("/withdrawal.html").await;
            stage.until_quiet().await;
            assert_eq!(names(stage).await, ["_ga"]);
            // Starting over takes back what was granted, so it sweeps.
            stage.call("doui.reset()").await;
            assert_eq!(names(stage).await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_services_share_stays_until_both_are_refused() {
    let dist = built::stamped_with(|shop| {
        shop["services"]
            .as_array_mut()
            .expect("a list")
            .push(json!({
                "id": "member-count", "purpose": "auth", "cookies": ["_ga"],
                "label": { "ja": "会員数の計測", "en": "Counting members" },
            }))
    });
    Setting::fixtures()
        .dist(dist.path())
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            accept(stage).await;
            stage.call("doui.save({ traffic: false })").await;
            assert_eq!(names(stage).await, ["_ga"]);
            stage.call("doui.rejectAll()").await;
            assert_eq!(names(stage).await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_for_servers_alone_is_named_by_both_doors() {
    Setting::fixtures()
        .needs(Ability::ServersCookies)
        .play(async |stage| {
            stage.open("/frame.html").await;
            let mut cookie = Cookie::new("_ga", "server");
            cookie.set_path("/");
            cookie.set_http_only(true);
            stage.driver().add_cookie(cookie).await.expect("the jar takes it");
            stage.open("/withdrawal.html").await;
            let named: Value = stage
                .value("(doui.rejectAll(), [doui.state.leftovers, witness.changes.at(-1).state.leftovers])")
                .await;
            assert_eq!(named, json!([["_ga"], ["_ga"]]));
            assert_eq!(names(stage).await, [""; 0], "a probe was left");
            // On the next load too, once the page is there.
            stage.reload().await;
            stage.until("doui.state.leftovers[0] == '_ga'").await;
            assert_eq!(
                stage
                    .value::<Value>("witness.changes.map(({ changed, state }) => [changed, state.leftovers])")
                    .await,
                json!([[[], ["_ga"]]])
            );

            open(stage, "/doui/").await;
            let note = stage.find(Door::Centre, ".standing").await;
            let text = note.text().await.expect("it has text");
            assert!(text.contains("「_ga」"), "{text}");
            assert_eq!(names(stage).await, [""; 0], "a probe was left");
            stage.press(Door::Centre, "accept").await;
            stage
                .until("!document.querySelector('.standing').innerText.includes('_ga')")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_deletes_as_well() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            accept(stage).await;
            assert_eq!(names(stage).await, ["_ga", "_ga_PATH", "_ga_SHOP"]);
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "withdraw").await;
            stage.until("document.cookie.includes('traffic0')").await;
            assert_eq!(names(stage).await, [""; 0]);
            // What belongs to another path goes when a page of that path is next seen.
            stage.open("/withdrawal.html").await;
            assert_eq!(names(stage).await, [""; 0]);
        })
        .await;
}

/// The offer's button, as soon as it has a box.
const RELOAD: &str =
    "[document.querySelector('doui-offer')?.shadowRoot.querySelector('[data-doui-act=reload]')]
    .find(found => found?.getClientRects().length)";

#[tokio::test(flavor = "multi_thread")]
async fn where_a_script_had_run_loading_again_is_offered_and_frames_are_gone() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            accept(stage).await;
            stage
                .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
                .await;
            stage.call("window.samePage = true").await;
            // Ads had a frame alone: nothing outlives it.
            stage
                .call("doui.save({ ads: false })")
                .await;
            stage
                .until("!document.querySelector('iframe').src && document.querySelector('doui-placeholder')")
                .await;
            assert!(stage.value::<bool>(&format!("!({RELOAD})")).await);

            stage.call("doui.open()").await;
            stage.press(Door::Banner, "reject").await;
            stage.until_banner_is_gone().await;
            let button = stage.element(RELOAD).await;
            let consent: Value = stage.value("[...dataLayer].at(-2)[2].analytics_storage").await;
            assert_eq!(consent, "denied");
            stage.click(&button).await;
            stage.until("!window.samePage && window.doui").await;
            stage.until_quiet().await;
            assert!(stage.value::<bool>(&format!("!({RELOAD})")).await);
            assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offer_can_be_put_off_and_goes_when_the_purpose_is_allowed_again() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            accept(stage).await;
            stage.call("doui.rejectAll()").await;
            stage.until(RELOAD).await;
            stage.call("doui.acceptAll()").await;
            stage.until(&format!("!({RELOAD})")).await;
            stage.call("doui.rejectAll()").await;
            stage.until(RELOAD).await;
            stage.click_on("document.querySelector('doui-offer').shadowRoot.querySelector('[data-doui-act=stay]')").await;
            stage.until(&format!("!({RELOAD})")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_can_have_the_page_loaded_again_at_once() {
    Setting::fixtures()
        .doui(built::stamped_with(|shop| {
            shop["on_withdraw"] = json!("reload")
        }))
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            // A first refusal has nothing to undo.
            stage.call("window.samePage = true").await;
            stage.press(Door::Banner, "reject").await;
            stage.until_banner_is_gone().await;
            stage.until_quiet().await;
            assert!(stage.value::<bool>("window.samePage").await);
            stage.call("doui.acceptAll()").await;
            stage.until("ran.includes('counter')").await;
            stage.call("doui.rejectAll()").await;
            stage.until("!window.samePage && window.doui").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
            assert!(stage.value::<bool>("doui.state.decided").await);
        })
        .await;
}
