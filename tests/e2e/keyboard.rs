//! Both doors by keyboard alone: no pointer, no script presses anything here. Each stop of the focus can be seen.

use doui_tests::{Door, Engine, Setting, Stage};
use serde::Deserialize;
use serde_json::Value;
use thirtyfour::Key;

use crate::routes::open;

/// Where the focus is, through shadow roots.
#[derive(Debug, Deserialize)]
struct Focus {
    /// The stable hook, the address, or the tag and id.
    name: String,
    /// Whether it is in the banner.
    in_banner: bool,
    /// Whether something is drawn around it.
    ring: bool,
    /// Whether it lies in the window and nothing of the banner covers it.
    clear: bool,
    /// Whether the page has it, and not the browser around it.
    in_page: bool,
}

const FOCUS: &str = "
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const host = document.querySelector('#doui-banner');
    // A card may draw the ring around itself for its link.
    const around = [at, at.parentElement, at.closest('article, li')].filter(Boolean).map(it => getComputedStyle(it));
    const box = at.getClientRects()[0] ?? { left: 0, top: 0, width: 0, height: 0 };
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const inBanner = at.getRootNode() == host?.shadowRoot;
    return {
        name: at.dataset.douiAct || at.name || at.getAttribute('href') || `${at.localName}#${at.id}`,
        in_banner: inBanner,
        ring: around.some(({ outlineStyle, outlineWidth }) => outlineStyle != 'none' && parseFloat(outlineWidth) > 0),
        clear: !!there && (inBanner || there != host),
        in_page: document.hasFocus(),
    }";

async fn focus(stage: &Stage) -> Focus {
    stage.run(FOCUS, vec![]).await
}

/// Presses Tab until the focus is on what `wanted` takes, and returns that stop. Every stop on the way can be seen.
async fn tab_to(
    stage: &Stage,
    what: &str,
    backwards: bool,
    wanted: impl Fn(&Focus) -> bool,
) -> Focus {
    let mut passed = Vec::new();
    for _ in 0..150 {
        stage.tab(backwards).await;
        let mut stop = focus(stage).await;
        if !stop.clear {
            // Where the banner has just come up, the page moves in the frame that paints it.
            stage.until_quiet().await;
            stop = focus(stage).await;
        }
        // WebKit stops at a frame that shows nothing.
        let is_page = ["body#", "html#", "iframe#"].contains(&stop.name.as_str());
        let is_outside = Engine::of_this_run().leaves_page_by_tab() && !stop.in_page;
        assert!(
            is_page || is_outside || stop.ring,
            "no ring around {stop:?}"
        );
        assert!(
            is_page || is_outside || stop.clear,
            "the banner hides {stop:?}"
        );
        if wanted(&stop) {
            return stop;
        }
        passed.push(stop.name);
    }
    panic!("Tab never came to {what}; it passed {passed:?}");
}

async fn tab_to_act(stage: &Stage, door: Door, act: &str) {
    let in_banner = matches!(door, Door::Banner);
    tab_to(stage, act, false, |stop| {
        stop.name == act && stop.in_banner == in_banner
    })
    .await;
}

/// Plays in the demo, where the banner asks on the page at this path.
async fn asked_at(path: &str, test: impl AsyncFnOnce(&Stage)) {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            stage.open_until_asked(path).await;
            test(stage).await;
        })
        .await;
}

/// Plays in the demo, on a live page of the preference centre.
async fn in_the_centre(path: &str, test: impl AsyncFnOnce(&Stage)) {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            open(stage, path).await;
            test(stage).await;
        })
        .await;
}

/// Goes by every vendor's own way to object, in the banner or in the page.
async fn tab_to_opt_outs(stage: &Stage, in_banner: bool) {
    for host in [
        "myadcenter.google.com",
        "thenai.org",
        "btoptout.yahoo.co.jp",
    ] {
        tab_to(stage, host, false, |stop| {
            stop.in_banner == in_banner && stop.name.contains(host)
        })
        .await;
    }
}

async fn press(stage: &Stage, key: Key) {
    stage.keys(&char::from(key).to_string()).await;
}

/// The switches on the way, each turned by Space, from refused to allowed.
async fn turn_all_switches(stage: &Stage, door: Door) {
    for purpose in doui_tests::PURPOSES {
        tab_to_act(stage, door, purpose).await;
        press(stage, Key::Space).await;
    }
    assert!(
        stage.shown(door).await.values().all(|on| *on),
        "Space turned no switch"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_accepts_on_the_banner_and_the_focus_goes_on_in_the_page() {
    asked_at("/", async |stage| {
        tab_to_act(stage, Door::Banner, "accept").await;
        press(stage, Key::Enter).await;
        stage
            .until("doui.state.decided && doui.allows('ads')")
            .await;
        stage.until_banner_is_gone().await;
        let next = tab_to(stage, "something of the page", false, |_| true).await;
        assert!(
            !next.in_banner && next.name != "body#",
            "the focus is lost: {next:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn space_refuses_on_the_banner() {
    asked_at("/", async |stage| {
        tab_to_act(stage, Door::Banner, "reject").await;
        press(stage, Key::Space).await;
        stage
            .until("doui.state.decided && !doui.allows('ads')")
            .await;
        stage.until_banner_is_gone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banners_settings_are_opened_turned_and_saved() {
    asked_at("/", async |stage| {
        tab_to_act(stage, Door::Banner, "settings").await;
        press(stage, Key::Enter).await;
        stage.find(Door::Banner, "[data-doui-act=save]").await;
        turn_all_switches(stage, Door::Banner).await;
        // Back to the second switch and off with it.
        tab_to(stage, "ads", true, |stop| stop.name == "ads").await;
        press(stage, Key::Space).await;
        tab_to_act(stage, Door::Banner, "save").await;
        press(stage, Key::Enter).await;
        stage.until("doui.state.decided").await;
        stage
            .assert_cookie_ends_with(".auth1.ads0.traffic1.affiliate1")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banners_links_are_reached_and_lead_on() {
    asked_at("/", async |stage| {
        tab_to_act(stage, Door::Banner, "settings").await;
        press(stage, Key::Space).await;
        stage.find(Door::Banner, "[data-doui-act=save]").await;
        tab_to_opt_outs(stage, true).await;
        tab_to(stage, "the centre", true, |stop| {
            stop.in_banner && stop.name.contains("/doui/")
        })
        .await;
        press(stage, Key::Enter).await;
        stage.until("location.pathname == '/doui/'").await;
        stage.until_alive().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banner_opened_from_the_page_takes_the_focus_and_gives_it_back() {
    Setting::fixtures()
        .without_motion()
        .play(async |stage| {
            stage.open("/shop.html").await;
            tab_to_act(stage, Door::Banner, "reject").await;
            press(stage, Key::Enter).await;
            stage.until_banner_is_gone().await;
            for how in ["Escape", "the close button", "save"] {
                let is_opener = |stop: &Focus| stop.name == "button#";
                if !is_opener(&focus(stage).await) {
                    tab_to(stage, "the shop's button", false, is_opener).await;
                }
                press(stage, Key::Enter).await;
                stage.until_banner_shows().await;
                assert!(focus(stage).await.in_banner, "the focus stayed in the page");
                match how {
                    "Escape" => press(stage, Key::Escape).await,
                    "save" => {
                        tab_to_act(stage, Door::Banner, "save").await;
                        press(stage, Key::Enter).await;
                    }
                    _ => {
                        tab_to_act(stage, Door::Banner, "close").await;
                        press(stage, Key::Enter).await;
                    }
                }
                stage.until_banner_is_gone().await;
                let back = focus(stage).await;
                assert!(is_opener(&back), "after {how} the focus is on {back:?}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_hides_nothing_that_has_the_focus() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            for path in ["/", "/doui/opt-out"] {
                stage.open_until_asked(path).await;
                // tab_to looks at each stop on the way around the page and back into the banner.
                tab_to_act(stage, Door::Banner, "accept").await;
                tab_to(stage, "the page", false, |stop| !stop.in_banner).await;
                tab_to_act(stage, Door::Banner, "accept").await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_is_turned_and_saved() {
    in_the_centre("/doui/", async |stage| {
        turn_all_switches(stage, Door::Centre).await;
        tab_to(stage, "traffic", true, |stop| {
            stop.name == "traffic" && !stop.in_banner
        })
        .await;
        press(stage, Key::Space).await;
        tab_to_act(stage, Door::Centre, "save").await;
        press(stage, Key::Enter).await;
        stage
            .until("document.cookie.includes('.auth1.ads1.traffic0.affiliate1')")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centres_buttons_and_links_are_reached_and_obey() {
    in_the_centre("/doui/", async |stage| {
        for (act, key, kept) in [
            ("accept", Key::Enter, "auth1.ads1.traffic1.affiliate1"),
            ("reject", Key::Space, "auth0.ads0.traffic0.affiliate0"),
        ] {
            tab_to_act(stage, Door::Centre, act).await;
            press(stage, key).await;
            stage
                .until(&format!("document.cookie.includes('{kept}')"))
                .await;
        }
        tab_to_act(stage, Door::Centre, "reset").await;
        press(stage, Key::Enter).await;
        stage.until("!document.cookie.includes('doui')").await;
        tab_to_opt_outs(stage, false).await;
        tab_to(stage, "the opt-out page", false, |stop| {
            stop.name.contains("/doui/opt-out")
        })
        .await;
        press(stage, Key::Enter).await;
        stage.until("location.pathname == '/doui/opt-out'").await;
        stage.until("document.activeElement.matches('h1')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centres_own_banner_answers() {
    asked_at("/doui/opt-out", async |stage| {
        tab_to_act(stage, Door::Banner, "settings").await;
        press(stage, Key::Enter).await;
        stage.find(Door::Banner, "[data-doui-act=save]").await;
        turn_all_switches(stage, Door::Banner).await;
        tab_to_act(stage, Door::Banner, "save").await;
        press(stage, Key::Enter).await;
        stage.until_banner_is_gone().await;
        stage
            .assert_cookie_ends_with(".auth1.ads1.traffic1.affiliate1")
            .await;
        let lost: Value = stage
            .value("document.activeElement.closest('[hidden]')")
            .await;
        assert_eq!(lost, Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centres_banner_does_not_come_up_over_what_has_the_focus() {
    in_the_centre("/doui/opt-out", async |stage| {
        stage.press(Door::Banner, "accept").await;
        stage.until_banner_is_gone().await;
        stage
            .call("document.querySelector('main a[href*=thenai]').focus()")
            .await;
        stage.tab(false).await;
        stage
            .until("document.activeElement.matches('[href*=btoptout]')")
            .await;
        stage
            .call(
                "document.activeElement.scrollIntoView(false);
                     document.cookie = 'doui=; path=/; max-age=0';
                     localStorage.clear();
                     dispatchEvent(new StorageEvent('storage', { key: null }))",
            )
            .await;
        stage.until_banner_shows().await;
        stage
            .until(
                "document.activeElement.matches('[href*=btoptout]')
                     && document.activeElement.getBoundingClientRect().bottom
                         <= document.querySelector('#doui-banner').getBoundingClientRect().top",
            )
            .await;
    })
    .await;
}
