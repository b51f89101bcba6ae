//! What once broke, one test each, named after it.

use doui_tests::{Door, Setting, Stage};

const INSERT: &str = "const script = document.createElement('script');
    script.type = 'text/plain'; script.dataset.doui = arguments[0]; script.dataset.src = arguments[1];
    document.querySelector('main').append(script)";

/// A page of the shop whose one tag was allowed, and ran.
async fn allowed(stage: &Stage) {
    stage.open("/shop.html").await;
    stage.press(Door::Banner, "accept").await;
    stage.until("ran.length == 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocker_that_removes_the_banner_froze_the_page() {
    Setting::fixtures()
        .before(
            "new MutationObserver(() => document.querySelector('#doui-banner')?.remove())
                .observe(document, { childList: true, subtree: true })",
        )
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.until_quiet().await;
            assert!(!stage.value::<bool>("doui.state.decided").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_condition_ran_before_any_choice() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/shop.html").await;
            for condition in ["", "  "] {
                stage
                    .run::<()>(INSERT, vec![condition.into(), "/tag.js?empty".into()])
                    .await;
            }
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.includes('ads')").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_away_during_the_refusal_came_back_loaded() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/stuck.html").await;
            stage.press(Door::Banner, "accept").await;
            stage
                .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
                .await;
            stage
                .run::<()>(
                    "window.away = document.querySelector('main'); away.remove(); doui.rejectAll()",
                    vec![],
                )
                .await;
            stage.until_quiet().await;
            stage.forget_requests();
            stage.run::<()>("document.body.append(away)", vec![]).await;
            stage.until_quiet().await;
            assert_eq!(
                stage
                    .value::<String>("document.querySelector('iframe').src")
                    .await,
                ""
            );
            assert_eq!(stage.requests(), [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_tag_that_ran_ran_again() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            allowed(stage).await;
            // The browser itself never runs a copy of a script that ran.
            stage
                .run::<()>(
                    "document.body.append(document.querySelector('script[data-doui]').cloneNode())",
                    vec![],
                )
                .await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_in_the_place_of_a_tag_that_ran_ran_again() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            allowed(stage).await;
            stage
                .run::<()>(
                    "const tag = document.querySelector('script[data-doui]');
                     tag.replaceWith(tag.cloneNode(true))",
                    vec![],
                )
                .await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_cookie_of_another_path_made_answering_impossible() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage
                .run::<()>(
                    "document.cookie = 'doui=2.later; path=/shop.html'; doui.acceptAll()",
                    vec![],
                )
                .await;
            assert!(stage.value::<bool>("doui.state.decided").await);
            stage.reload().await;
            assert!(stage.value::<bool>("doui.state.decided").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_was_marked_as_told_of_the_signal_when_nobody_was_told() {
    Setting::fixtures()
        .before(
            "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl',
                { get: () => sessionStorage.signal == 'on' })",
        )
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage
                .run::<()>("doui.rejectAll(); sessionStorage.signal = 'on'", vec![])
                .await;
            stage.reload().await;
            assert!(stage.value::<bool>("doui.state.decided").await);
            stage.run::<()>("doui.open()", vec![]).await;
            stage.until_banner_shows().await;
            let text = stage.banner_text().await;
            assert!(text.contains("Global Privacy Control"), "{text}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reject_all_with_every_switch_in_view_left_some_allowed() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage
                .run::<()>(
                    "doui.save({ auth: true, ads: true, traffic: true })",
                    vec![],
                )
                .await;
            stage.press(Door::Banner, "settings").await;
            stage.press(Door::Banner, "reject").await;
            stage.until("doui.state.decided").await;
            let cookie = stage.cookie().await.unwrap();
            assert!(
                cookie.ends_with(".auth0.ads0.traffic0.affiliate0"),
                "{cookie}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_over_after_closing_the_centres_banner_did_not_ask_again() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/doui/history").await;
            stage.press(Door::Banner, "close").await;
            stage.press(Door::Centre, "reset").await;
            stage.until_banner_shows().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_for_browsers_without_modules_held_back_what_follows() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage
                .run::<()>(
                    "const hold = (change) => {
                        const script = document.createElement('script');
                        script.type = 'text/plain'; script.dataset.doui = 'ads'; change(script);
                        document.querySelector('main').append(script);
                    };
                    hold((script) => { script.noModule = true; script.dataset.src = '/tag.js?old' });
                    hold((script) => { script.text = 'ran.push(\"inline\")' })",
                    vec![],
                )
                .await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 2").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads", "inline"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_looked_in_the_middle_of_a_reset_undid_it() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            // The cookie of another tab's reset goes at once, its record a moment later.
            stage
                .run::<()>(
                    "document.cookie = 'doui=; path=/; max-age=0';
                     document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
                    vec![],
                )
                .await;
            assert_eq!(stage.cookie().await, None);
            stage.reload().await;
            assert!(stage.cookie().await.is_some(), "on arrival it is mended");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_ran_a_script_that_the_page_had_put_back() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage
                .run::<()>(
                    "window.held = document.querySelector('[data-doui=ads]')",
                    vec![],
                )
                .await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 1").await;
            stage
                .run::<()>(
                    "document.querySelector('main').append(held); doui.rejectAll()",
                    vec![],
                )
                .await;
            stage.until("document.querySelector('doui-offer')").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_placeholder_hid_the_frame_for_good() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.until("document.querySelector('doui-placeholder')").await;
            stage
                .run::<()>(
                    "const copy = document.querySelector('main').cloneNode(true); copy.id = 'copy'; document.body.append(copy)",
                    vec![],
                )
                .await;
            stage
                .until("document.querySelector('#copy doui-placeholder')?.shadowRoot")
                .await;
            stage.run::<()>("dispatchEvent(new Event('resize'))", vec![]).await;
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage
                .until("[...document.querySelectorAll('iframe')].every(frame => frame.checkVisibility() && frame.contentDocument?.title == '枠の中')")
                .await;
            assert_eq!(
                stage.value::<u32>("document.querySelectorAll('doui-placeholder').length").await,
                0
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_heard_of_a_grant_that_another_had_taken_back() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            let heard: Vec<bool> = stage
                .run(
                    "const heard = [];
                     doui.onChange(state => state.choices.ads && doui.save({ ads: false }));
                     doui.onChange(state => heard.push(state.choices.ads));
                     doui.acceptAll();
                     return heard",
                    vec![],
                )
                .await;
            assert!(!heard.contains(&true), "{heard:?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_placeholder_without_its_frame_held_back_what_came_after_it() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.until("document.querySelector('doui-placeholder')").await;
            stage.run::<()>("doui.save({ auth: true })", vec![]).await;
            stage.until_quiet().await;
            // One stands alone, one before a text; the tag comes in the same breath.
            stage
                .run::<()>(
                    "const copy = () => document.querySelector('doui-placeholder').cloneNode();
                     const [alone, before] = [0, 0].map(() => document.createElement('p'));
                     alone.append(copy());
                     before.append(copy(), 'text');
                     const script = document.createElement('script');
                     script.type = 'text/plain'; script.dataset.doui = 'auth'; script.dataset.src = '/tag.js?after';
                     const box = document.createElement('div');
                     box.append(alone, before, script);
                     document.body.append(box)",
                    vec![],
                )
                .await;
            stage.until("ran.includes('after')").await;
            assert_eq!(
                stage.value::<u32>("document.querySelectorAll('doui-placeholder').length").await,
                1
            );
        })
        .await;
}
