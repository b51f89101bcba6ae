//! The page's first frame is the page's, and an idle page runs no code of Doui's.

use doui_tests::{Ability, Setting, Stage};
use serde_json::{Value, json};

use crate::hosts::sharing;

/// Counts what scripts touch until the page's first frame is painted, and the timers that `doui.js` has set and that have not
/// come. It runs before `doui.js`, so its frame's end comes before that of `doui.js`.
const COUNTING: &str = r#"
    window.touched = {};
    window.pending = new Set();
    let isPainted = false;
    const count = name => { if (!isPainted) touched[name] = (touched[name] ?? 0) + 1; };
    const around = (object, name, key) => {
        const found = object && Object.getOwnPropertyDescriptor(object, name);
        if (!found) return;
        const own = found[key];
        found[key] = function (...given) { count((key == "value" ? "" : key + " ") + name); return Reflect.apply(own, this, given); };
        Object.defineProperty(object, name, found);
    };
    around(Document.prototype, "cookie", "get");
    around(Document.prototype, "cookie", "set");
    for (const name of ["getItem", "setItem", "removeItem", "key"]) around(Storage.prototype, name, "value");
    for (const name of ["attachShadow", "append", "prepend", "before", "after"]) around(Element.prototype, name, "value");
    around(HTMLElement.prototype, "showPopover", "value");
    around(window.TrustedTypePolicyFactory?.prototype, "createPolicy", "value");
    around(window, "fetch", "value");
    for (const name of ["CSSStyleSheet", "ResizeObserver", "IntersectionObserver", "MutationObserver"]) {
        window[name] = class extends window[name] { constructor(...given) { count(name); super(...given); } };
    }
    requestAnimationFrame(() => setTimeout(() => { isPainted = true; }));
    for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"],
        ["requestAnimationFrame", "cancelAnimationFrame"], ["requestIdleCallback", "cancelIdleCallback"]]) {
        const [own, forget] = [window[set], window[clear]];
        if (!own) continue;
        window[set] = (action, ...given) => {
            const isDoui = new Error().stack.includes("doui.js");
            const timer = own((...told) => {
                if (set != "setInterval") pending.delete(set + timer);
                if (isDoui) window.woken = (window.woken ?? 0) + 1;
                return action(...told);
            }, ...given);
            if (isDoui) pending.add(set + timer);
            return timer;
        };
        window[clear] = timer => { pending.delete(set + timer); return forget(timer); };
    }
"#;

async fn touched(stage: &Stage) -> Value {
    stage.until("document.readyState == 'complete'").await;
    stage.until_quiet().await;
    stage.value("touched").await
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_frame_the_state_is_read_and_nothing_is_written_or_shown() {
    let read = json!({ "get cookie": 1, "getItem": 1, "MutationObserver": 2 });
    Setting::fixtures()
        .before(COUNTING)
        .play(async |stage| {
            stage.open_until_asked("/head.html").await;
            assert_eq!(touched(stage).await, read, "of somebody who is asked");
            assert_eq!(stage.requests_for("/doui/"), ["/doui/doui.js"]);

            stage.answer("reject").await;
            stage.open("/head.html").await;
            assert_eq!(touched(stage).await, read, "of somebody who refused");

            stage.call("doui.acceptAll()").await;
            stage.open("/head.html").await;
            assert_eq!(touched(stage).await, read, "of somebody who allowed");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_observer_of_the_first_frame_sees_what_is_touched() {
    Setting::fixtures()
        .before(format!(
            "{COUNTING} localStorage.setItem('a', 1); document.cookie = 'a=1';"
        ))
        .play(async |stage| {
            stage.open("/head.html").await;
            let touched = touched(stage).await;
            assert_eq!(
                (&touched["setItem"], &touched["set cookie"]),
                (&json!(1), &json!(1))
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_page_has_no_timer_and_does_nothing() {
    let idle = "return new Promise(done => setTimeout(() => done(null), 2500))";
    Setting::fixtures()
        .secure()
        .before(COUNTING)
        .play(async |stage| {
            for act in ["", "doui.rejectAll()", "doui.acceptAll()"] {
                stage.open("/withdrawal.html").await;
                stage.call(act).await;
                stage.until_quiet().await;
                // Only where the browser tells of cookies there is nothing to look for.
                let timers = "'cookieStore' in window ? 0 : 1";
                stage.until(&format!("pending.size == ({timers})")).await;
                stage.call("window.woken = 0").await;
                stage.call(idle).await;
                let found: Value = stage
                    .value("['cookieStore' in window, woken, pending.size]")
                    .await;
                if found[0] == json!(true) {
                    assert_eq!(found, json!([true, 0, 0]), "after {act:?}");
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_that_a_tag_writes_again_is_swept_without_a_timer() {
    Setting::fixtures()
        .secure()
        .before(COUNTING)
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.answer("reject").await;
            stage.until_quiet().await;
            for time in 0..3 {
                stage
                    .call(&format!("document.cookie = '_ga=GA1.{time}; path=/'"))
                    .await;
                stage.until("!document.cookie.includes('_ga=')").await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_https_an_open_tab_of_another_host_follows() {
    Setting::fixtures()
        .secure()
        .needs(Ability::SecureHosts)
        .doui(sharing())
        .before(COUNTING)
        .play(async |stage| {
            stage.open("//www.yotsuyu.co.jp/withdrawal.html").await;
            stage.answer("reject").await;
            stage.until_quiet().await;
            stage.until("pending.size == 0").await;
            let (first, _) = stage.new_tab().await;
            stage.open("//shop.yotsuyu.co.jp/withdrawal.html").await;
            stage.call("doui.acceptAll()").await;
            stage.turn_to(&first).await;
            stage
                .until("doui.allows('traffic') && ran.includes('counter')")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_of_a_secure_page_is_secure() {
    Setting::fixtures()
        .secure()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.answer("accept").await;
            let cookie = stage
                .driver()
                .get_named_cookie("doui")
                .await
                .expect("it is there");
            assert_eq!(cookie.secure, Some(true));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_out_of_sight_is_asked_without_a_frame() {
    Setting::fixtures()
        .before("window.requestAnimationFrame = () => 0; Object.defineProperty(Document.prototype, 'hidden', { get: () => true });")
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.until("document.querySelector('#doui-banner')").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_sheet_that_never_comes_keeps_no_banner() {
    let page = "<!doctype html><html lang=ja><head><meta charset=utf-8><link rel=icon href=data:,>\
        <script src=/doui/doui.js></script><link rel=stylesheet href=/held/late.css></head><body><p>本</p></body></html>";
    Setting::fixtures()
        .file("late.html", page)
        .without_waiting_for_load()
        .play(async |stage| {
            stage.hold("/held/late.css");
            stage.open("/late.html").await;
            stage.until("document.querySelector('#doui-banner')").await;
            stage.expect_complaint("late.css");
            stage.release("/held/late.css");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_of_the_shops_is_filled_in_the_pages_first_frame() {
    Setting::fixtures()
        .before(
            "requestAnimationFrame(() => { window.wasFilled = !!document.querySelector('#doui-banner[data-placed]'); });",
        )
        .play(async |stage| {
            stage.open("/placed.html").await;
            stage.until("window.wasFilled !== undefined").await;
            assert!(stage.value::<bool>("wasFilled").await);
        })
        .await;
}

/// The text blocks that a first layer shows, with the area of their texts: what is largest on a page is what the page is
/// judged by.
const AREAS: &str = r#"
    [...document.querySelector('#doui-banner').shadowRoot.querySelectorAll('h2,h3,p,li,button,label')].map(node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const { width, height } = range.getBoundingClientRect();
        return [node.textContent, Math.round(width * height)];
    }).filter(([, area]) => area > 28000)"#;

#[tokio::test(flavor = "multi_thread")]
async fn no_text_of_the_banner_is_large() {
    for language in ["ja", "en"] {
        Setting::fixtures()
            .needs(Ability::DevTools)
            .language(language)
            .play(async |stage| {
                for width in [390, 1280] {
                    let screen = json!({ "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": false });
                    let sized = stage.driver().cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await;
                    sized.expect("Chromium takes another size");
                    stage.open_until_asked(if language == "ja" { "/head.html" } else { "/english.html" }).await;
                    assert_eq!(stage.value::<Value>(AREAS).await, json!([]), "{language}, {width} px");
                }
            })
            .await;
    }
}

/// A sheet that the page adopts has the browser style all of it anew. A page of a visitor who has decided adopted one as it was
/// left, for nothing: no banner stood there, and no frame was held.
#[tokio::test(flavor = "multi_thread")]
async fn a_decided_page_was_styled_anew_as_it_was_left() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/head.html").await;
            stage.until_banner_shows().await;
            stage.answer("reject").await;
            stage.open("/head.html").await;
            stage.until_quiet().await;
            let sheets: Vec<u32> = stage
                .value(
                    "[document.adoptedStyleSheets.length, (document.dispatchEvent(new Event('visibilitychange', { bubbles: true })), document.adoptedStyleSheets.length)]",
                )
                .await;
            assert_eq!(sheets, [0, 0]);
        })
        .await;
}
