//! A browser of 2020: what came later is taken away before any script runs. The banner may be plain or missing; what it
//! stands for may not.

use doui_tests::{Door, Setting, Stage};

/// Safari 14 has none of these. The proxies of `document` read its prototypes, so there they are taken away.
const OLD: &str = "
    window.CSSStyleSheet = function () { throw TypeError('Illegal constructor') };
    for (const proto of [Document.prototype, ShadowRoot.prototype]) {
        for (const name of ['adoptedStyleSheets', 'fullscreenElement']) delete proto[name];
    }
    for (const name of ['showPopover', 'hidePopover', 'popover']) delete HTMLElement.prototype[name];
    for (const name of ['ariaExpanded']) delete Element.prototype[name];
    for (const name of ['ResizeObserver', 'IntersectionObserver', 'WeakRef', 'reportError', 'structuredClone',
        'requestIdleCallback', 'cookieStore', 'trustedTypes', 'navigation']) delete window[name];
    for (const type of [Array, String]) delete type.prototype.at;
    for (const name of ['replaceAll']) delete String.prototype[name];
    const query = Document.prototype.querySelectorAll;
    Document.prototype.querySelectorAll = function (selector) {
        if (/:modal|:popover-open|:has/.test(selector)) throw new DOMException(selector, 'SyntaxError');
        return query.call(this, selector);
    };";

async fn answers(stage: &Stage) {
    stage.open_until_asked("/withdrawal.html").await;
    stage.press(Door::Banner, "settings").await;
    stage.press(Door::Banner, "accept").await;
    stage.until("doui.allows('ads')").await;
    stage.until("ran.includes('counter')").await;
    stage
        .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
        .await;
    stage.until_banner_is_gone().await;
    stage.call("doui.rejectAll()").await;
    stage
        .until("!document.querySelector('iframe').hasAttribute('src')")
        .await;
    assert!(!stage.value::<bool>("doui.allows('ads')").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_browser_had_exceptions_and_no_gate_opened() {
    Setting::fixtures()
        .policy("script-src 'self' 'unsafe-inline'; style-src 'self'")
        .before(OLD)
        .play(async |stage| {
            // The policy forbids the element that stands in for an adopted sheet.
            stage.expect_complaint("style-src");
            stage.expect_complaint("Content Security Policy");
            answers(stage).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_browser_had_no_banner() {
    Setting::fixtures()
        .without_policy()
        .before(OLD)
        .play(async |stage| {
            answers(stage).await;
            stage.call("doui.open()").await;
            let styled: String = stage
                .value("getComputedStyle(document.querySelector('#doui-banner')).position")
                .await;
            assert_eq!(styled, "fixed");
        })
        .await;
}
