//! One service refused alone, while its purpose is allowed: the cookie, the API, the gates, and what it left.

use doui_tests::{Door, Setting, Stage, built};
use serde_json::{Value, json};

const PAGE: &str = r#"<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>サービス</title>
    <link rel="icon" href="data:,"><script src="/witness.js"></script><script src="/doui/doui.js"></script></head>
    <body><main><h1>サービス</h1>
    <script type="text/plain" data-doui="ads/yahoo-ads" src="/tag.js?yahoo"></script>
    <script type="text/plain" data-doui="ads/google-ads" src="/tag.js?google"></script>
    <script type="text/plain" data-doui="ads ads/ad-frames" src="/tag.js?both"></script>
    <script type="text/plain" data-doui="ads !ads/yahoo-ads" src="/tag.js?instead"></script>
    <iframe title="広告" width="400" height="200" data-doui="ads/yahoo-ads" data-src="/frame.html"></iframe>
    </main></body></html>"#;

/// The page of a shop whose services can be refused alone.
async fn on_page(test: impl AsyncFnOnce(&Stage)) {
    let shop = std::fs::read_to_string(built::tests().join("shops/services.json"));
    let shop: Value = serde_json::from_str(&shop.expect("the shop is there")).expect("it is JSON");
    Setting::fixtures()
        .doui(built::stamped(&shop))
        .file("services.html", PAGE)
        .play(async |stage| {
            stage.open("/services.html").await;
            test(stage).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_service_is_held_while_its_purpose_runs() {
    on_page(async |stage| {
        stage.call("doui.save({ ads: true, traffic: true, 'ads/yahoo-ads': false })").await;
        stage.assert_cookie_ends_with(".ads1.traffic1.yahoo-ads0").await;
        stage.until("ran.length == 3").await;
        stage.until_quiet().await;
        let ran: Vec<String> = stage.value("ran").await;
        assert_eq!(ran, ["google", "both", "instead"]);
        let answers: Value = stage
            .value(
                "[doui.allows('ads'), doui.allows('ads', 'yahoo-ads'), doui.allows('ads/yahoo-ads'),
                  doui.allows('ads', 'google-ads'), doui.allows('ads', 'ad-frames'), doui.allows('ads', undefined),
                  doui.state.services, Object.isFrozen(doui.state.services), document.documentElement.dataset.doui]",
            )
            .await;
        let services =
            json!({ "ads/yahoo-ads": false, "ads/google-ads": true, "traffic/counter": true });
        assert_eq!(
            answers,
            json!([true, false, false, true, true, true, services, true, "ads traffic"])
        );

        // A reload, and then the purpose's own answer, keep the exception.
        stage.reload().await;
        stage.until("ran.length == 3").await;
        stage.call("doui.save({ ads: true })").await;
        stage.assert_cookie_ends_with(".yahoo-ads0").await;
        stage.call("doui.when('ads/yahoo-ads').then(() => ran.push('waited')); doui.save({ 'ads/yahoo-ads': true })").await;
        stage.assert_cookie_ends_with(".ads1.traffic1").await;
        stage
            .until("ran.includes('yahoo') && ran.includes('waited')")
            .await;
        let changed: Value = stage.value("witness.changes.at(-1).changed").await;
        assert_eq!(changed, json!(["ads/yahoo-ads"]));
        // What had run is refused: loading again is offered, as for a purpose.
        stage.call("doui.save({ 'ads/yahoo-ads': false })").await;
        stage.until("document.querySelector('doui-offer')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_allows_everything_or_nothing_has_no_exceptions() {
    on_page(async |stage| {
        let narrow = "doui.save({ ads: true, 'ads/yahoo-ads': false })";
        for (script, end) in [
            ("doui.acceptAll()", ".affiliate1"),
            ("doui.rejectAll()", ".affiliate0"),
        ] {
            stage.call(narrow).await;
            stage.assert_cookie_ends_with(".yahoo-ads0").await;
            stage.call(script).await;
            stage.assert_cookie_ends_with(end).await;
        }
        for (act, end) in [
            ("save", ".affiliate0.yahoo-ads0"),
            ("accept", ".affiliate1"),
        ] {
            stage.call(narrow).await;
            stage.call("doui.open()").await;
            stage.press(Door::Banner, act).await;
            stage.assert_cookie_ends_with(end).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_a_service_or_can_not_be_chosen_is_a_warning_and_changes_nothing() {
    on_page(async |stage| {
        stage.call("doui.save({ ads: true })").await;
        let odd: Vec<Value> = stage
            .value(
                "[['ads', 'x'], ['adz', 'yahoo-ads'], ['traffic', 'yahoo-ads'], ['ads', null], ['ads', Symbol('x')],
                  [Symbol('ads'), 'yahoo-ads'], ['ads', { toString() { throw new Error('no') } }], ['necessary', 'x'],
                  ['__proto__', 'constructor'], ['ads/yahoo-ads', 'yahoo-ads']].map(odd => {
                    try { return doui.allows(...odd) } catch (error) { return `threw ${error}` }
                })",
            )
            .await;
        assert!(odd.iter().all(|answer| answer == false), "{odd:?}");
        stage.call("witness.warnings = []; doui.allows('ads', 'y'); doui.save({ 'ads/ad-frames': false, 'ads/yahoo-ads': 'no' })").await;
        let warnings: Vec<String> = stage.value("witness.warnings").await;
        let [unknown, alone, kind] = &warnings[..] else {
            panic!("{warnings:?}");
        };
        assert!(unknown.contains("ads/y") && unknown.contains("ads/google-ads"), "{unknown}");
        assert!(alone.contains("ads/ad-frames") && alone.contains("alone"), "{alone}");
        assert!(kind.contains("ads/yahoo-ads") && kind.contains("true or false"), "{kind}");
        assert!(stage.value::<bool>("doui.allows('ads/yahoo-ads') && doui.allows('ads/ad-frames')").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_refused_service_left_is_deleted_and_what_it_shares_stays() {
    on_page(async |stage| {
        stage
            .call(
                "doui.acceptAll();
                 for (const name of ['_yjads', '_gcl_au', '_shared', '_ga']) document.cookie = `${name}=1; Path=/`;
                 localStorage.setItem('visits', '1')",
            )
            .await;
        let names = "document.cookie.split('; ').map(pair => pair.split('=')[0]).filter(name => name != 'doui').sort()";
        for (script, left) in [
            ("doui.save({ 'ads/yahoo-ads': false })", json!(["_ga", "_gcl_au", "_shared"])),
            ("doui.save({ 'ads/google-ads': false })", json!(["_ga"])),
            ("doui.save({ 'traffic/counter': false })", json!([])),
        ] {
            stage.call(script).await;
            assert_eq!(stage.value::<Value>(names).await, left, "{script}");
        }
        assert!(stage.value::<bool>("!('visits' in localStorage)").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_names_the_service_and_allows_it() {
    on_page(async |stage| {
        stage.call("doui.save({ ads: true, 'ads/yahoo-ads': false })").await;
        let part = |selector: &str| {
            format!(
                "[document.querySelector('doui-placeholder')?.shadowRoot.querySelector({selector:?})]
                     .find(found => found?.getClientRects().length)"
            )
        };
        let section = stage.element(&part("section")).await;
        let text = section.text().await.expect("it has text");
        assert!(text.contains("広告（ヤフー広告）"), "{text}");
        let allow = stage.element(&part("[data-doui-act=allow]")).await;
        stage.click(&allow).await;
        stage
            .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
            .await;
        stage.assert_cookie_ends_with(".ads1").await;
        // With the purpose refused, it is allowed as well: the service can't run without.
        stage.call("doui.rejectAll()").await;
        stage.click_on(&part("[data-doui-act=allow]")).await;
        stage
            .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
            .await;
        stage.assert_cookie_ends_with(".auth0.ads1.traffic0.affiliate0").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_service_can_be_chosen_a_path_is_an_unknown_purpose() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            let answers: Value = stage
                .value("[doui.acceptAll().services ?? null, doui.allows('ads/google-ads'), witness.warnings.length]")
                .await;
            assert_eq!(answers, json!([null, false, 1]));
        })
        .await;
}
