//! `window.doui`, its events and marks: what a shop's developer relies on.

use doui_tests::{Choices, Door, PURPOSES, Setting, Stage};
use serde_json::{Value, json};

async fn on_shop_page(test: impl AsyncFnOnce(&Stage)) {
    Setting::fixtures()
        .play(async |stage| {
            stage.open_until_asked("/shop.html").await;
            test(stage).await;
        })
        .await;
}

/// A turn of the page's event loop, in which promises and timers that are due have their say.
async fn turn(stage: &Stage) {
    stage
        .call("return new Promise(done => setTimeout(() => done()))")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_choice_the_state_says_that_nothing_is_allowed() {
    on_shop_page(async |stage| {
        let state: Value = stage.value("doui.state").await;
        assert_eq!(
            state,
            json!({
                "decided": false,
                "choices": { "auth": false, "ads": false, "traffic": false, "affiliate": false },
                "undecided": PURPOSES,
                "revision": null,
                "decidedAt": null,
                "by": null,
                "gpc": false,
                "consent": {
                    "ad_storage": "denied",
                    "ad_user_data": "denied",
                    "ad_personalization": "denied",
                    "analytics_storage": "denied",
                    "functionality_storage": "denied",
                    "personalization_storage": "denied",
                    "security_storage": "granted",
                },
                "leftovers": [],
            })
        );
        assert_eq!(
            stage
                .value::<String>("document.documentElement.dataset.doui")
                .await,
            ""
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_is_frozen_through_and_through() {
    on_shop_page(async |stage| {
        let loose: Vec<String> = stage
            .run(
                "const loose = [];
                 (function look(value, path) {
                     if (typeof value != 'object' || value == null) return;
                     if (!Object.isFrozen(value)) loose.push(path);
                     for (const key in value) look(value[key], `${path}.${key}`);
                 })(doui.state, 'state');
                 return loose",
                vec![],
            )
            .await;
        assert_eq!(loose, [""; 0]);
        stage
            .call(
                "try { doui.state.choices.ads = true } catch {}
            try { doui.state.decided = true } catch {}
            try { doui.state = { choices: { ads: true } } } catch {}
            try { doui.allows = () => true } catch {}
            try { window.doui = { allows: () => true } } catch {}",
            )
            .await;
        assert!(
            !stage
                .value::<bool>("doui.allows('ads') || doui.state.decided")
                .await
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn allows_answers_at_once_and_never_throws() {
    on_shop_page(async |stage| {
        assert_eq!(stage.value::<Value>("doui.allows('necessary')").await, true);
        assert_eq!(stage.value::<Value>("doui.allows('ads')").await, false);
        stage.call("doui.save({ ads: true })").await;
        assert_eq!(stage.value::<Value>("doui.allows('ads')").await, true);
        assert_eq!(stage.value::<Value>("doui.allows('auth')").await, false);
        let odd: Vec<Value> = stage
            .value(
                "[undefined, null, true, 0, 1n, '', 'ADS', ' ads', '__proto__', 'constructor', 'toString', {}, ['ads'],
                  Symbol('ads'), () => 'ads', Object.create(null), { toString() { throw new Error('no') } }].map(odd => {
                    try { return doui.allows(odd) } catch (error) { return `threw ${error}` }
                })",
            )
            .await;
        // An array of one string reads as that string wherever JavaScript wants one; refusing it is as good.
        let (array, others) = (odd[12].clone(), [&odd[..12], &odd[13..]].concat());
        assert!(array.is_boolean(), "{array}");
        assert!(others.iter().all(|answer| answer == false), "{odd:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_purpose_is_a_warning_that_names_the_known_ones_and_not_allowed() {
    on_shop_page(async |stage| {
        for (stranger, question) in [
            ("adverts", "doui.allows('adverts')"),
            ("spots", "doui.when('spots').then(() => ran.push('spots'))"),
            ("posters", "doui.save({ posters: true })"),
        ] {
            stage.call("witness.warnings.length = 0").await;
            stage.call(question).await;
            let warnings: Vec<String> = stage.value("witness.warnings").await;
            let [warning] = &warnings[..] else {
                panic!("{question}: not one warning but {warnings:?}");
            };
            assert!(warning.contains(stranger), "{warning}");
            assert!(PURPOSES.iter().all(|id| warning.contains(id)), "{warning}");
        }
        stage.call("doui.acceptAll()").await;
        stage.until("ran.includes('ads')").await;
        assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads"]);
        let allowed = "['adverts', 'spots', 'posters'].some(doui.allows)";
        assert!(!stage.value::<bool>(allowed).await);
        stage
            .assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_resolves_once_its_purpose_is_allowed_and_not_before() {
    on_shop_page(async |stage| {
        stage
            .call(
                "window.resolved = [];
                 for (const id of ['ads', 'traffic', 'necessary']) doui.when(id).then(() => resolved.push(id))",
            )
            .await;
        turn(stage).await;
        assert_eq!(stage.value::<Vec<String>>("resolved").await, ["necessary"]);
        stage.call("doui.save({ traffic: true, ads: false })").await;
        turn(stage).await;
        assert_eq!(stage.value::<Vec<String>>("resolved").await, ["necessary", "traffic"]);
        stage.call("doui.save({ ads: true }); doui.save({ ads: false }); doui.save({ ads: true })").await;
        turn(stage).await;
        assert_eq!(stage.value::<Vec<String>>("resolved").await, ["necessary", "traffic", "ads"]);
        stage.call("doui.when('ads').then(() => resolved.push('again'))").await;
        turn(stage).await;
        assert_eq!(stage.value::<String>("resolved.at(-1)").await, "again");
    })
    .await;
}

/// Counts the listeners of the page's changes.
const COUNTED: &str = "
    window.listening = 0;
    for (const [name, step] of [['addEventListener', 1], ['removeEventListener', -1]]) {
        const original = EventTarget.prototype[name];
        EventTarget.prototype[name] = function (type, ...rest) {
            if (type == 'doui:change') listening += step;
            return original.call(this, type, ...rest);
        };
    }";

#[tokio::test(flavor = "multi_thread")]
async fn asking_when_at_each_rendering_added_a_listener_each_time() {
    Setting::fixtures()
        .before(COUNTED)
        .play(async |stage| {
            stage.open("/shop.html").await;
            let before: u32 = stage.value("listening").await;
            stage
                .call(
                    "doui.rejectAll();
                     window.promises = id => new Set(Array.from({ length: 1000 }, () => doui.when(id))).size;
                     window.resolved = []",
                )
                .await;
            let counts: Value = stage
                .value("[promises('ads'), promises('adz'), promises('ads'), witness.warnings.length]")
                .await;
            assert_eq!(counts, json!([1, 1, 1, 1]), "promises and warnings");
            let after: u32 = stage.value("listening").await;
            assert!(after - before <= 2, "{} listeners more", after - before);
            stage.call("window.first = doui.when('ads'); first.then(() => resolved.push('first'))").await;
            stage.call("doui.save({ auth: true })").await;
            turn(stage).await;
            assert_eq!(stage.value::<Vec<String>>("resolved").await, [""; 0]);
            // Once it is allowed nobody waits any more, and who asks after a later refusal waits again, in the same task too.
            stage
                .call(
                    "doui.save({ ads: true }); doui.save({ ads: false });
                     window.second = doui.when('ads'); second.then(() => resolved.push('second'))",
                )
                .await;
            turn(stage).await;
            assert_eq!(stage.value::<Vec<String>>("resolved").await, ["first"]);
            assert!(stage.value::<bool>("first != second && second == doui.when('ads')").await);
            stage.call("doui.save({ ads: true })").await;
            turn(stage).await;
            assert_eq!(stage.value::<Vec<String>>("resolved").await, ["first", "second"]);
            let waiting: u32 = stage.value("listening").await;
            assert!(waiting - before <= 1, "only the unknown one may wait");
            assert_eq!(stage.value::<u32>("witness.warnings.length").await, 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn listeners_and_events_tell_of_each_change_until_stopped() {
    on_shop_page(async |stage| {
        let ready: Value = stage.value("witness.ready.map(({ state }) => [state.decided, state.undecided.length])").await;
        assert_eq!(ready, json!([[false, 4]]));
        stage.call("window.heard = []; window.stop = doui.onChange(() => heard.push(doui.state.choices.ads))").await;
        assert_eq!(stage.value::<Value>("typeof stop").await, "function");
        stage.call("doui.save({ ads: true })").await;
        stage.call("doui.save({ ads: false, auth: true })").await;
        assert_eq!(stage.value::<Value>("heard").await, json!([true, false]));
        stage.call("stop(); stop(); doui.acceptAll()").await;
        assert_eq!(stage.value::<Value>("heard").await, json!([true, false]));
        let told: Value = stage.value("witness.changes.map(({ state, changed }) => [changed, state.choices.ads])").await;
        assert_eq!(
            told,
            json!([[["ads"], true], [["auth", "ads"], false], [["ads", "traffic", "affiliate"], true]])
        );
        assert_eq!(stage.value::<Value>("witness.changes.at(-1).state === doui.state").await, true);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_fails_stops_nobody_else() {
    on_shop_page(async |stage| {
        stage.expect_complaint("a shop's own mistake");
        stage
            .call(
                "doui.onChange(() => { throw new Error(\"a shop's own mistake\") });
            window.heard = 0; doui.onChange(() => window.heard++); doui.acceptAll()",
            )
            .await;
        assert_eq!(stage.value::<u32>("heard").await, 1);
        assert_eq!(stage.value::<usize>("witness.changes.length").await, 1);
        stage.until("ran.includes('ads')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn save_leaves_the_others_as_they_are() {
    on_shop_page(async |stage| {
        stage.call("doui.save({ ads: true })").await;
        let undecided = "[doui.state.decided, doui.state.undecided]";
        assert_eq!(
            stage.value::<Value>(undecided).await,
            json!([false, ["auth", "traffic", "affiliate"]])
        );
        stage.assert_cookie_ends_with(".ads1").await;
        assert!(stage.banner_shows().await, "three are still to be asked");
        stage.call("doui.save({ auth: false })").await;
        assert_eq!(
            stage.value::<Value>(undecided).await,
            json!([false, ["traffic", "affiliate"]])
        );
        stage.assert_cookie_ends_with(".auth0.ads1").await;
        stage
            .call("doui.save({ traffic: false, affiliate: true })")
            .await;
        assert_eq!(stage.value::<Value>(undecided).await, json!([true, []]));
        stage
            .assert_cookie_ends_with(".auth0.ads1.traffic0.affiliate1")
            .await;
        stage.until_banner_is_gone().await;
        assert_eq!(stage.value::<Value>("doui.state.by").await, "api");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn save_grants_nothing_that_is_not_exactly_true() {
    on_shop_page(async |stage| {
        for odd in [
            "",
            "null",
            "'ads'",
            "['ads']",
            "{ ads: 'true' }",
            "{ ads: 1 }",
            "{ ads: {} }",
            "{ ads: null }",
        ] {
            stage
                .call(&format!("try {{ doui.save({odd}) }} catch {{}}"))
                .await;
            assert!(
                !stage.value::<bool>("doui.allows('ads')").await,
                "save({odd})"
            );
        }
        assert_eq!(
            stage.value::<Value>("doui.state.undecided").await,
            json!(PURPOSES)
        );
        assert_eq!(stage.cookie().await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accept_all_reject_all_and_reset_do_what_they_say() {
    on_shop_page(async |stage| {
        let mark = "document.documentElement.dataset.doui";
        stage.call("doui.acceptAll()").await;
        stage
            .assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1")
            .await;
        assert_eq!(
            stage.value::<String>(mark).await,
            "auth ads traffic affiliate"
        );
        stage.call("doui.rejectAll()").await;
        stage
            .assert_cookie_ends_with(".auth0.ads0.traffic0.affiliate0")
            .await;
        assert_eq!(stage.value::<String>(mark).await, "");
        stage.until_banner_is_gone().await;
        let record: Value = serde_json::from_str(&stage.record().await.unwrap()).unwrap();
        assert_eq!(
            record["history"].as_array().map(Vec::len),
            Some(2),
            "{record}"
        );
        stage.call("doui.reset()").await;
        assert_eq!(stage.kept().await, (None, None));
        assert_eq!(
            stage.value::<Value>("doui.state.undecided").await,
            json!(PURPOSES)
        );
        stage.until_banner_shows().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_keeps_the_last_twenty_decisions() {
    on_shop_page(async |stage| {
        stage.call("for (let i = 0; i < 25; i++) doui.save({ auth: i % 2 == 0, ads: false, traffic: false, affiliate: false })").await;
        let record: Value = serde_json::from_str(&stage.record().await.unwrap()).unwrap();
        let history = record["history"].as_array().unwrap();
        assert_eq!(history.len(), 20);
        let times: Vec<_> = history.iter().map(|entry| entry["at"].as_u64().unwrap()).collect();
        assert!(times.is_sorted_by(|a, b| a < b), "oldest first: {times:?}");
        assert_eq!(history[19]["at"], record["at"]);
        assert_eq!(history[19]["choices"], json!({ "auth": true, "ads": false, "traffic": false, "affiliate": false }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn open_shows_the_current_choice_and_close_takes_the_banner_away() {
    on_shop_page(async |stage| {
        stage.call("doui.close()").await;
        stage.until_banner_is_gone().await;
        assert!(
            !stage.value::<bool>("doui.state.decided").await,
            "closing is no choice"
        );
        assert_eq!(stage.cookie().await, None);
        stage
            .call("doui.save({ auth: true, ads: false, traffic: true, affiliate: false })")
            .await;
        let first: Choices = stage.value("doui.state.choices").await;
        stage.call("doui.open()").await;
        assert_eq!(stage.shown(Door::Banner).await, first);
        stage.call("doui.close()").await;
        stage.until_banner_is_gone().await;
        stage
            .call("doui.save({ auth: false, ads: true }); doui.open()")
            .await;
        let second: Choices = stage.value("doui.state.choices").await;
        assert_ne!(first, second);
        assert_eq!(stage.shown(Door::Banner).await, second);
        // Switches that were moved and not saved say nothing the next time.
        stage.set(Door::Banner, &first).await;
        stage.call("doui.close(); doui.open()").await;
        assert_eq!(stage.shown(Door::Banner).await, second);
        assert_eq!(stage.value::<Choices>("doui.state.choices").await, second);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn callbacks_for_ready_run_whether_they_come_before_or_after() {
    on_shop_page(async |stage| {
        assert_eq!(
            stage
                .value::<Value>("witness.early.map(it => it === doui)")
                .await,
            json!([true])
        );
        stage
            .call("(window.douiOnReady ||= []).push(it => witness.late = it)")
            .await;
        stage.until("witness.late === doui").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_goes_where_the_shop_wants_it() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open_until_asked("/placed.html").await;
            let place = "[...document.querySelectorAll('#doui-banner')].map(host => host.closest('doui-banner:not(#doui-banner)').parentElement.id)";
            assert_eq!(stage.value::<Vec<String>>(place).await, ["here"]);
            let flow: Value = stage
                .value("(() => {
                    const [above, below] = document.querySelectorAll('main > p');
                    const host = document.querySelector('#doui-banner').getBoundingClientRect();
                    return host.height > 0 && above.getBoundingClientRect().bottom <= host.top
                        && host.bottom <= below.getBoundingClientRect().top;
                })()")
                .await;
            assert_eq!(flow, true, "it stands in the flow of the page");
            stage.answer("accept").await;
            stage.until_banner_is_gone().await;
            stage.open("/shop.html").await;
            stage.call("doui.open()").await;
            stage.until_banner_shows().await;
            assert_eq!(stage.value::<Value>("document.body.firstElementChild.id").await, "doui-banner");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_the_shop_opens_the_banner() {
    on_shop_page(async |stage| {
        stage.press(Door::Banner, "accept").await;
        stage.until_banner_is_gone().await;
        let button = stage
            .element("document.querySelector('[data-doui-open]')")
            .await;
        button
            .click()
            .await
            .expect("the shop's button can be pressed");
        stage.until_banner_shows().await;
        assert!(stage.shown(Door::Banner).await.values().all(|on| *on));
        stage.press(Door::Banner, "close").await;
        stage.until_banner_is_gone().await;
    })
    .await;
}
