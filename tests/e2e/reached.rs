//! Whoever comes by keyboard sees where the focus is, in every window: what is fixed leaves room, and its choices are in view.

use doui_tests::{Ability, Door, Setting, Stage};
use serde::Deserialize;

/// Windows in CSS pixels: the first is one of 1280 × 1024 at 400 %.
const WINDOWS: [(u32, u32); 5] = [(320, 256), (640, 400), (320, 568), (390, 844), (1280, 800)];

/// What of Doui's is fixed over the page.
const STATES: [(&str, &str); 3] = [
    ("the first layer", ""),
    ("the settings", "doui.open()"),
    ("the offer", "doui.acceptAll(); window.probed = true"),
];

/// Where the focus is.
#[derive(Deserialize)]
struct Stop {
    /// The stable hook, the address, or the tag and id.
    name: String,
    /// Whether the page's last stop lies behind.
    is_end: bool,
    /// Whether anything of it can be seen.
    is_seen: bool,
}

/// A stop in the page is seen if one of nine points of what is in the window of it is not Doui's.
const STOP: &str = "
    let at = document.activeElement;
    const isOwn = at.localName.startsWith('doui-');
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const { left, top, right, bottom } = at.getClientRects()[0] ?? at.getBoundingClientRect();
    const between = (from, to, end) => [0.1, 0.5, 0.9].map(part => {
        const [low, high] = [Math.max(from, 0), Math.min(to, end)];
        return low + (high - low) * part;
    });
    const isIn = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    const points = between(left, right, innerWidth).flatMap(x => between(top, bottom, innerHeight).map(y => [x, y]));
    const isClear = ([x, y]) => {
        const there = document.elementFromPoint(x, y);
        return there && (isOwn ? there == document.activeElement : !there.localName.startsWith('doui-'));
    };
    return {
        name: at.dataset.douiAct || at.name || at.getAttribute('href') || `${at.localName}#${at.id}`,
        is_end: at == document.body || !document.hasFocus(),
        is_seen: isIn && points.some(isClear),
    }";

/// The choices that are not wholly in view.
const HIDDEN_CHOICES: &str = "[...document.querySelectorAll('#doui-banner:not([hidden]), doui-offer:not([hidden])')].flatMap(host => {
    const box = host.shadowRoot.querySelector('section').getBoundingClientRect();
    return [...host.shadowRoot.querySelectorAll('[data-doui-act]')]
        .filter(button => /accept|reject|reload|stay/.test(button.dataset.douiAct))
        .filter(button => {
            const { top, bottom, left, right } = button.getBoundingClientRect();
            return top < Math.max(box.top, 0) || bottom > Math.min(box.bottom, innerHeight) + 1 || left < 0 || right > innerWidth;
        })
        .map(button => button.dataset.douiAct);
})";

/// Sets the size of what the page sees, whatever the browser has around it.
async fn resize(stage: &Stage, width: u32, height: u32) {
    let driver = stage.driver();
    let set = driver.set_window_rect(0, 0, width, height).await;
    set.expect("a window has a size");
    let (w, h): (u32, u32) = stage.value("[innerWidth, innerHeight]").await;
    let around = (width.saturating_sub(w), height.saturating_sub(h));
    let set = driver
        .set_window_rect(0, 0, width + around.0, height + around.1)
        .await;
    set.expect("a window has a size");
    stage.until(&format!("innerWidth == {width}")).await;
}

async fn show(stage: &Stage, act: &str) {
    stage.open("/").await;
    stage.clear().await;
    stage.open_until_asked("/").await;
    stage.call(act).await;
    if act.contains("acceptAll") {
        stage.until("document.querySelector('script[data-doui=traffic]')?.type == 'text/plain' && doui.state.decided").await;
        stage.until_quiet().await;
        stage.call("doui.rejectAll()").await;
        stage
            .until("document.querySelector('doui-offer')?.hidden === false")
            .await;
    }
    stage.until_quiet().await;
}

/// At 400 % the banner hid every stop of the page, and its own answers; the offer hid the page's first stops.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_fixed_hid_what_had_the_focus() {
    Setting::demo()
        .needs(Ability::NarrowWindows)
        .without_motion()
        .play(async |stage| {
            for (width, height) in WINDOWS {
                for (state, act) in STATES {
                    stage.open("/").await;
                    resize(stage, width, height).await;
                    show(stage, act).await;
                    let place = format!("{width} × {height}, {state}");
                    let hidden: Vec<String> = stage.value(HIDDEN_CHOICES).await;
                    assert!(hidden.is_empty(), "{place}: {hidden:?} are not in view");
                    for backwards in [false, true] {
                        stage
                            .call("document.activeElement.blur(); getSelection().removeAllRanges()")
                            .await;
                        let mut passed = 0;
                        loop {
                            stage.tab(backwards).await;
                            let mut stop: Stop = stage.run(STOP, vec![]).await;
                            if stop.is_end && passed > 0 || passed > 90 {
                                break;
                            }
                            if !stop.is_seen && !stop.is_end {
                                // What the browser scrolls to is there in the next frame.
                                stage.until_quiet().await;
                                stop = stage.run(STOP, vec![]).await;
                            }
                            assert!(
                                stop.is_seen || stop.is_end,
                                "{place}, backwards {backwards}: {} is hidden",
                                stop.name
                            );
                            passed += 1;
                        }
                        assert!(passed > 20, "{place}: only {passed} stops");
                    }
                }
            }
        })
        .await;
}

/// On a phone the banner's first layer took more than half of the window.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_layer_took_half_of_a_phone() {
    Setting::demo()
        .needs(Ability::NarrowWindows)
        .play(async |stage| {
            stage.open("/").await;
            resize(stage, 390, 844).await;
            for lang in ["ja", "en"] {
                stage.open("/").await;
                stage.call(&format!("document.documentElement.lang = '{lang}'")).await;
                stage.until_banner_shows().await;
                stage.until(&format!("document.querySelector('#doui-banner')?.lang == '{lang}'")).await;
                stage.until_quiet().await;
                let (height, text, button): (f64, f64, f64) = stage
                    .value(
                        "(root => [document.querySelector('#doui-banner').offsetHeight,
                            Math.min(...[...root.querySelectorAll('p, a, button')].filter(it => it.getClientRects().length).map(it => parseFloat(getComputedStyle(it).fontSize))),
                            Math.min(...[...root.querySelectorAll('.acts button')].filter(it => it.getClientRects().length).map(it => it.offsetHeight))])(document.querySelector('#doui-banner').shadowRoot)",
                    )
                    .await;
                assert!(height <= 0.4 * 844.0, "{lang}: {height} of 844 pixels");
                assert!(text >= 16.0, "{lang}: type of {text} pixels");
                assert!(button >= 44.0, "{lang}: a button of {button} pixels");
            }
        })
        .await;
}

/// The button of the settings said "expanded", and closed nothing when it was pressed again.
#[tokio::test(flavor = "multi_thread")]
async fn the_settings_opened_without_saying_where() {
    for page in ["/shop.html", "/doui/opt-out"] {
        Setting::fixtures()
            .without_motion()
            .play(async |stage| {
                stage.open(page).await;
                if page != "/shop.html" {
                    stage.until_alive().await;
                }
                stage.until_banner_shows().await;
                stage.press(Door::Banner, "settings").await;
                let root = Door::Banner.root();
                if page == "/shop.html" {
                    stage
                        .until(&format!(
                            "{root}.activeElement?.matches('h3') && {root}.activeElement == {root}.querySelector('[data-doui-part=settings]').firstChild"
                        ))
                        .await;
                }
                let seen: (bool, bool) = stage
                    .value(&format!(
                        "[{root}.querySelector('[data-doui-act=settings]').checkVisibility(), !!{root}.querySelector('[aria-expanded]')]"
                    ))
                    .await;
                assert_eq!(seen, (false, false), "{page}");
            })
            .await;
    }
}

/// The reading cursor of a screen reader takes the focus along: Escape did nothing then.
#[tokio::test(flavor = "multi_thread")]
async fn escape_did_nothing_after_the_banner_was_read() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            stage.press(Door::Banner, "reject").await;
            stage.until_banner_is_gone().await;
            stage
                .click_on("document.querySelector('[data-doui-open]')")
                .await;
            stage
                .until("document.activeElement == document.querySelector('#doui-banner')")
                .await;
            stage
                .call("document.activeElement.shadowRoot.activeElement.blur()")
                .await;
            stage.keys("\u{e00c}").await;
            stage.until_banner_is_gone().await;
            stage
                .until("document.activeElement.matches('[data-doui-open]')")
                .await;
        })
        .await;
}

/// Escape within a part of the page that has its own use for it leaves the banner where it is.
#[tokio::test(flavor = "multi_thread")]
async fn escape_in_the_pages_own_field_is_the_pages() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            stage
                .call("doui.open(); document.querySelector('input').focus()")
                .await;
            stage.keys("\u{e00c}").await;
            stage.until_quiet().await;
            assert!(
                stage
                    .value::<bool>("!document.querySelector('#doui-banner').hidden")
                    .await
            );
        })
        .await;
}
