//! The way back: a small button in a corner of the shop's pages, once the visitor has decided.

use doui_tests::{Ability, Door, Setting, Stage, built};
use serde_json::{Value, json};
use tempfile::TempDir;

/// `doui.js` of the demo's shop, with the button in a corner.
fn in_corner(corner: &str) -> TempDir {
    built::stamped_with(|shop| shop["button"] = corner.into())
}

const HOST: &str = "document.querySelector('doui-button')";
const BUTTON: &str =
    "document.querySelector('doui-button')?.shadowRoot.querySelector('[data-doui-act=settings]')";
const AWAY: &str =
    "document.querySelector('doui-button')?.shadowRoot.querySelector('[data-doui-act=close]')";

/// Whether it is seen, and whether it is what a pointer meets in its middle.
fn meets(button: &str) -> String {
    format!(
        "(button => {{
            if (!button?.getClientRects().length) return false;
            const {{ x, y, width, height }} = button.getBoundingClientRect();
            const at = document.elementFromPoint(x + width / 2, y + height / 2);
            return at?.localName == 'doui-button' && at.shadowRoot.elementFromPoint(x + width / 2, y + height / 2) == button;
        }})({button})"
    )
}

/// A visitor who has decided, on a page that shows the button.
async fn decided(stage: &Stage, path: &str) {
    stage.open(path).await;
    stage.until("window.doui").await;
    stage.call("doui.rejectAll()").await;
    stage.open(path).await;
    stage.until(&meets(BUTTON)).await;
}

/// What is around it: how far it is from the sides of the window.
const AT: &str = "(({ left, top, right, bottom }) => ({ left, top, right: document.documentElement.clientWidth - right, bottom: innerHeight - bottom }))";

#[tokio::test(flavor = "multi_thread")]
async fn it_stays_in_its_corner_once_the_visitor_has_decided() {
    for (corner, across, along) in [
        ("bottom-left", "bottom", "left"),
        ("bottom-right", "bottom", "right"),
        ("top-left", "top", "left"),
        ("top-right", "top", "right"),
    ] {
        Setting::fixtures()
            .doui(in_corner(corner))
            .file("offset.css", ":root { --doui-button-x: 7px; --doui-button-y: 60px }")
            .file("offset.html", "<!doctype html><html lang=ja><head><meta charset=utf-8><link rel=icon href=data:,><script src=/doui/doui.js></script><link rel=stylesheet href=/offset.css></head><body><p>本</p></body></html>")
            .play(async |stage| {
                stage.open_until_asked("/head.html").await;
                stage.until_quiet().await;
                assert!(stage.value::<bool>(&format!("!{HOST}")).await, "before a decision there is none");
                stage.press(Door::Banner, "reject").await;
                stage.until(&meets(BUTTON)).await;
                for page in ["/head.html", "/offset.html"] {
                    stage.open(page).await;
                    stage.until(&meets(BUTTON)).await;
                    let at: Value = stage.value(&format!("{AT}({BUTTON}.getBoundingClientRect())")).await;
                    let (x, y) = if page == "/head.html" { (16.0, 16.0) } else { (7.0, 60.0) };
                    assert_eq!((at[along].as_f64(), at[across].as_f64()), (Some(x), Some(y)), "{corner} {at}");
                }
                // As large as a finger, and named; what puts it away is smaller.
                let size: (f64, f64) = stage.value(&format!("(({{ width, height }}) => [width, height])({BUTTON}.getBoundingClientRect())")).await;
                assert_eq!(size, (44.0, 44.0));
                let small: (f64, f64) = stage.value(&format!("(({{ width, height }}) => [width, height])({AWAY}.getBoundingClientRect())")).await;
                assert!(small.0 >= 24.0 && small.1 >= 24.0 && small.0 < 44.0, "{small:?}");
                let names: (String, String) = stage.value(&format!("[{BUTTON}.ariaLabel ?? {BUTTON}.getAttribute('aria-label'), {AWAY}.getAttribute('aria-label')]")).await;
                assert_eq!(names, ("クッキーの設定".to_owned(), "このボタンを隠す（ページを離れるまで）".to_owned()));
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_opens_the_settings_and_gets_the_focus_back() {
    Setting::fixtures()
        .doui(in_corner("bottom-left"))
        .play(async |stage| {
            decided(stage, "/head.html").await;
            let is_focused = format!("document.activeElement == {HOST} && {HOST}.shadowRoot.activeElement == {BUTTON}");
            for (leave, by_keyboard) in [("save", false), ("close", true), ("", true)] {
                if by_keyboard {
                    stage.call(&format!("{BUTTON}.focus()")).await;
                    stage.keys("\u{e007}").await;
                } else {
                    stage.click_on(BUTTON).await;
                }
                stage.until_banner_shows().await;
                stage.until("document.activeElement?.id == 'doui-banner' && document.querySelector('#doui-banner').shadowRoot.querySelector('.settings').getClientRects().length").await;
                // It is of no use meanwhile, and in nobody's way.
                stage.until(&format!("!{BUTTON}.getClientRects().length")).await;
                if leave.is_empty() {
                    stage.keys("\u{e00c}").await;
                } else {
                    stage.press(Door::Banner, leave).await;
                }
                stage.until_banner_is_gone().await;
                stage.until(&meets(BUTTON)).await;
                if by_keyboard {
                    stage.until(&is_focused).await;
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_put_away_until_the_page_is_left() {
    Setting::fixtures()
        .doui(in_corner("bottom-right"))
        .play(async |stage| {
            decided(stage, "/head.html").await;
            let kept = "JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])";
            let before: String = stage.value(kept).await;
            // By the keyboard alone: the button, then what puts it away.
            stage.call(&format!("{BUTTON}.focus()")).await;
            stage.keys("\u{e004}").await;
            stage.until(&format!("{HOST}.shadowRoot.activeElement == {AWAY}")).await;
            stage.keys("\u{e007}").await;
            stage.until(&format!("!{BUTTON}.getClientRects().length")).await;
            let after: String = stage.value(kept).await;
            assert_eq!(before, after, "something was kept");
            // Whatever the page does then.
            stage.call("document.body.append(document.createElement('hr')); document.querySelector('h1').remove(); doui.acceptAll()").await;
            stage.until_quiet().await;
            assert!(!stage.value::<bool>(&meets(BUTTON)).await);
            stage.open("/head.html").await;
            stage.until(&meets(BUTTON)).await;
        })
        .await;
}

/// Who left the page and comes back to it, as the browser kept it, finds the button again.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_there_again_on_a_page_back_from_the_cache() {
    Setting::fixtures()
        .doui(in_corner("bottom-right"))
        .before("addEventListener('pageshow', event => { window.wasCached = event.persisted })")
        .play(async |stage| {
            decided(stage, "/head.html").await;
            stage
                .call(&format!("window.samePage = true; {AWAY}.click()"))
                .await;
            stage
                .until(&format!("!{BUTTON}.getClientRects().length"))
                .await;
            stage.until_quiet().await;
            stage.open("/links.html").await;
            stage.driver().back().await.expect("there is a page before");
            stage.until("window.wasCached && window.samePage").await;
            stage.until(&meets(BUTTON)).await;
            // Forgotten elsewhere meanwhile, there is nothing to lead back to.
            stage.open("/links.html").await;
            stage.call("doui.reset()").await;
            stage.driver().back().await.expect("there is a page before");
            stage.until("window.wasCached && window.samePage").await;
            stage
                .until(&format!("!{BUTTON}?.getClientRects().length"))
                .await;
            stage.until_banner_shows().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_after_the_pages_first_frame() {
    Setting::fixtures()
        .doui(in_corner("bottom-left"))
        .before(
            "window.early = []; new MutationObserver(() => { if (document.querySelector('doui-button')) early.push(window.isPainted ? 'later' : 'early'); })
                .observe(document, { childList: true, subtree: true });
             requestAnimationFrame(function wait() { if (document.body) setTimeout(() => { window.isPainted = true; }); else requestAnimationFrame(wait); });",
        )
        .play(async |stage| {
            decided(stage, "/head.html").await;
            assert_eq!(stage.value::<String>("early[0]").await, "later");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_focus_is_never_behind_it() {
    let page = "<!doctype html><html lang=ja><head><meta charset=utf-8><link rel=icon href=data:,><script src=/doui/doui.js></script>\
        <link rel=stylesheet href=/low.css></head><body><a id=first href=/a>上</a><a id=low href=/b>下</a></body></html>";
    Setting::fixtures()
        .doui(in_corner("bottom-left"))
        .file("low.html", page)
        .file("low.css", "#low { position: fixed; left: 20px; bottom: 20px }")
        .play(async |stage| {
            decided(stage, "/low.html").await;
            stage.call("low.focus()").await;
            stage.until(&format!("!{BUTTON}.getClientRects().length")).await;
            stage.until("(({ x, y, width, height }) => document.elementFromPoint(x + width / 2, y + height / 2) == low)(low.getBoundingClientRect())").await;
            stage.call("first.focus()").await;
            stage.until(&meets(BUTTON)).await;
            stage.call("low.focus()").await;
            stage.until(&format!("!{BUTTON}.getClientRects().length")).await;
            stage.call("low.blur()").await;
            stage.until(&meets(BUTTON)).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_over_a_film_in_full_screen() {
    Setting::fixtures()
        .doui(in_corner("bottom-left"))
        .play(async |stage| {
            decided(stage, "/head.html").await;
            stage
                .call("const film = document.createElement('div'); film.id = 'film'; film.tabIndex = 0; film.textContent = '映画'; film.onclick = () => film.requestFullscreen(); document.querySelector('main').append(film)")
                .await;
            let film = stage.element("document.querySelector('#film')").await;
            stage.click(&film).await;
            stage.until("document.fullscreenElement?.id == 'film'").await;
            stage.until(&format!("!{BUTTON}.getClientRects().length")).await;
            stage.call("return document.exitFullscreen()").await;
            stage.until(&meets(BUTTON)).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_follows_what_the_page_does_to_itself() {
    Setting::fixtures()
        .doui(in_corner("bottom-left"))
        .without_policy()
        .play(async |stage| {
            decided(stage, "/head.html").await;
            for does in [
                "document.body.replaceWith(document.createElement('body'))",
                "document.querySelector('doui-button').remove()",
                "document.querySelector('doui-button').inert = true",
                "document.querySelector('doui-button').hidePopover()",
                "document.body.append(document.querySelector('doui-button').cloneNode(true))",
                "document.body.innerHTML = document.body.innerHTML",
                "document.body.append(document.createElement('dialog')); document.querySelector('dialog').showModal()",
                "document.querySelector('dialog').remove()",
            ] {
                stage.call(does).await;
                stage.until(&format!("{} && document.querySelectorAll('doui-button').length == 1", meets(BUTTON))).await;
            }
            // A library that copies the page copies none of it.
            stage
                .call("document.dispatchEvent(new Event('turbo:before-cache', { bubbles: true })); window.copy = document.documentElement.outerHTML")
                .await;
            assert!(!stage.value::<bool>("copy.includes('doui-button')").await);
            stage.until(&meets(BUTTON)).await;
            // The page turns to another language.
            stage.call("document.documentElement.lang = 'en'").await;
            stage.until(&format!("{BUTTON}?.getAttribute('aria-label') == 'Cookie settings'")).await;
            stage.until(&meets(BUTTON)).await;
            // Another tab, or the page, forgets the decision.
            stage.call("doui.reset()").await;
            stage.until(&format!("!{BUTTON}?.getClientRects().length")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_printed_and_holds_in_forced_colours() {
    Setting::fixtures()
        .needs(Ability::DevTools)
        .doui(in_corner("bottom-left"))
        .play(async |stage| {
            decided(stage, "/head.html").await;
            let cdp = stage.driver().cdp();
            let play = async |media: Value| {
                let played = cdp.send_raw("Emulation.setEmulatedMedia", media).await;
                played.expect("Chromium plays another medium");
            };
            play(json!({ "media": "print" })).await;
            stage.until(&format!("!{BUTTON}.getClientRects().length")).await;
            play(json!({ "media": "screen", "features": [{ "name": "forced-colors", "value": "active" }] })).await;
            stage.until(&meets(BUTTON)).await;
            // The picture is of borders, which are there.
            let border: String = stage.value(&format!("getComputedStyle({BUTTON}, '::before').borderTopStyle")).await;
            assert_eq!(border, "solid");
        })
        .await;
}

/// A phone's keyboard takes half of the screen.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_out_of_the_way_of_a_phones_keyboard() {
    let page = "<!doctype html><html lang=ja><head><meta charset=utf-8><link rel=icon href=data:,><script src=/doui/doui.js></script></head>\
        <body><input id=field aria-label=検索></body></html>";
    Setting::fixtures()
        .needs(Ability::DevTools)
        .doui(in_corner("bottom-left"))
        .file("field.html", page)
        .play(async |stage| {
            let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
            let cdp = stage.driver().cdp();
            cdp.send_raw("Emulation.setTouchEmulationEnabled", touch)
                .await
                .expect("Chromium plays a phone");
            let screen =
                json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true });
            cdp.send_raw("Emulation.setDeviceMetricsOverride", screen)
                .await
                .expect("Chromium takes another size");
            decided(stage, "/field.html").await;
            stage.call("field.focus()").await;
            stage
                .until(&format!("!{BUTTON}.getClientRects().length"))
                .await;
            stage.call("field.blur()").await;
            stage.until(&meets(BUTTON)).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_breaks_no_rule_of_accessibility() {
    let axe = std::fs::read_to_string(built::npm("axe-core/axe.min.js")).expect("it is installed");
    for is_dark in [false, true] {
        let setting = Setting::fixtures()
            .doui(in_corner("bottom-right"))
            .without_policy();
        let setting = if is_dark {
            setting.in_the_dark()
        } else {
            setting
        };
        setting
            .play(async |stage| {
                decided(stage, "/head.html").await;
                stage.call(&axe).await;
                let faults: Value = stage
                    .value("axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.filter(({ nodes }) => nodes.some(({ html }) => /doui|button/.test(html))).map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))")
                    .await;
                assert_eq!(faults, json!([]));
            })
            .await;
    }
}
