//! What somebody hears who does not see: each answer on a shop's page is said, in a region that stood there before.

use doui_tests::{Door, Setting, Stage};

/// What the region says; nothing where there is none.
const SAID: &str =
    "document.querySelector('doui-news')?.shadowRoot.querySelector('[role=status]').textContent";

async fn until_said(stage: &Stage, text: &str) {
    stage
        .until(&format!("{SAID}?.trim().startsWith({text:?})"))
        .await;
}

/// Every answer ended in silence: "allow all", "refuse all" and "close" sounded alike.
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_on_a_shops_page_ended_in_silence() {
    Setting::demo()
        .play(async |stage| {
            for (act, text) in [
                ("accept", "すべて許可しました"),
                ("reject", "すべて拒否しました"),
                ("close", "設定を閉じました"),
            ] {
                stage.open("/").await;
                stage.clear().await;
                stage.open_until_asked("/").await;
                stage.until("document.querySelector('doui-news')").await;
                let stands: bool = stage
                    .value(&format!(
                        "{SAID} == '' && document.querySelector('doui-news').shadowRoot.querySelector('[role=status]').checkVisibility()"
                    ))
                    .await;
                assert!(stands, "there is no region before {act}");
                stage.press(Door::Banner, act).await;
                until_said(stage, text).await;
            }
            // From the settings, which a visitor opened again; and the same words once more are others.
            for _ in 0..2 {
                stage.call("doui.open()").await;
                let before: String = stage.value(SAID).await;
                stage.press(Door::Banner, "save").await;
                until_said(stage, "選択を保存しました").await;
                assert_ne!(stage.value::<String>(SAID).await, before);
            }
        })
        .await;
}

/// A copy of the region, or one that the page takes away, leaves the page with one that speaks.
#[tokio::test(flavor = "multi_thread")]
async fn the_region_is_there_once_whatever_the_page_does() {
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            stage.until("document.querySelector('doui-news')").await;
            stage
                .call(
                    "const region = document.querySelector('doui-news');
                     document.body.append(region.cloneNode(true));
                     region.remove()",
                )
                .await;
            stage.until("!document.querySelector('doui-news')").await;
            stage.press(Door::Banner, "close").await;
            stage.call("doui.open()").await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.press(Door::Banner, "reject").await;
            until_said(stage, "すべて拒否しました").await;
            assert_eq!(stage.count("doui-news").await, 1);
        })
        .await;
}

/// What a placeholder allows is said too: it holds for the whole shop.
#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_was_allowed_said_nothing() {
    Setting::fixtures()
        .without_policy()
        .file(
            "heard.html",
            "<!doctype html><html lang=ja><meta charset=utf-8><title>枠</title><link rel=icon href=\"data:,\">
             <script src=/witness.js></script><script src=/doui/doui.js data-auto=off></script>
             <iframe title=x width=400 height=300 data-doui=ads data-doui-src=/frame.html></iframe>",
        )
        .play(async |stage| {
            stage.open("/heard.html").await;
            stage.until("document.querySelector('doui-placeholder')").await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.click_on("document.querySelector('doui-placeholder').shadowRoot.querySelector('[data-doui-act=allow]')").await;
            until_said(stage, "「お客様に合わせた広告」を許可しました").await;
        })
        .await;
}

/// A page with two held frames, the first with a title.
fn frames() -> Setting {
    Setting::fixtures().without_policy().file(
        "frames.html",
        "<!doctype html><html lang=ja><meta charset=utf-8><title>枠</title><link rel=icon href=\"data:,\">
         <script src=/witness.js></script><script src=/doui/doui.js data-auto=off></script>
         <iframe title=店への地図 width=400 height=300 data-doui=ads data-doui-src=/frame.html></iframe>
         <iframe width=400 height=300 data-doui=traffic data-doui-src=/frame.html></iframe>",
    )
}

/// Who goes by Tab heard neither what a held frame is nor what its button allows.
#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_a_held_frame_did_not_say_what_they_allow() {
    frames()
        .play(async |stage| {
            stage.open("/frames.html").await;
            stage.until("document.querySelectorAll('doui-placeholder').length == 2").await;
            let said: Vec<(String, String)> = stage
                .value(
                    "[...document.querySelectorAll('doui-placeholder')].map(({ shadowRoot }) => {
                        const section = shadowRoot.querySelector('section');
                        const text = (element, name) => shadowRoot.getElementById(element.getAttribute(name)).textContent;
                        return [text(section, 'aria-labelledby'), text(section.querySelector('[data-doui-act=allow]'), 'aria-describedby')];
                    })",
                )
                .await;
            assert_eq!(said[0].0, "店への地図");
            assert!(said[0].1.contains("「お客様に合わせた広告」の許可が必要です"), "{said:?}");
            assert!(said[1].1.contains("「アクセス解析とサービス改善」の許可が必要です"), "{said:?}");
        })
        .await;
}

/// A host takes no focus: it was remembered in the place of the button in it.
#[tokio::test(flavor = "multi_thread")]
async fn the_focus_did_not_come_back_to_a_held_frame() {
    frames()
        .without_motion()
        .play(async |stage| {
            stage.open("/frames.html").await;
            stage.click_on("document.querySelector('doui-placeholder')?.shadowRoot.querySelector('[data-doui-act=settings]')").await;
            stage.until_banner_shows().await;
            stage.until("document.activeElement == document.querySelector('#doui-banner')").await;
            stage.keys("\u{e00c}").await;
            stage.until_banner_is_gone().await;
            stage
                .until("document.activeElement.shadowRoot?.activeElement?.dataset.douiAct == 'settings'")
                .await;
        })
        .await;
}

/// With the browser's signal on the settings open in the place of the frame. Why was said three paragraphs further down.
#[tokio::test(flavor = "multi_thread")]
async fn why_a_frame_does_not_show_is_said() {
    Setting::fixtures()
        .without_policy()
        .sending_gpc()
        .play(async |stage| {
            stage.open_until_asked("/placeholder.html").await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.press(Door::Banner, "close").await;
            let button = stage
                .element("document.querySelector('doui-placeholder')?.shadowRoot.querySelector('[data-doui-act=allow]')")
                .await;
            until_said(stage, "設定を閉じました").await;
            stage.click(&button).await;
            until_said(stage, "お使いのブラウザーが").await;
        })
        .await;
}

/// The offer came together with its words, as an alert at the page's end: it was not spoken.
#[tokio::test(flavor = "multi_thread")]
async fn the_offer_to_load_again_was_not_spoken() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open_until_asked("/withdrawal.html").await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.includes('counter')").await;
            stage.call("doui.open()").await;
            stage.press(Door::Banner, "reject").await;
            until_said(stage, "すべて拒否しました").await;
            stage
                .until(&format!("{SAID}.includes('再読み込みすると止まります')"))
                .await;
            // Who begins at the top of the page comes to it first.
            let first: String = stage
                .value("document.body.firstElementChild.localName")
                .await;
            assert_eq!(first, "doui-offer");
        })
        .await;
}

/// A banner that comes up again, since somebody started over elsewhere, was silent at the top of a page left behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_banner_that_comes_up_later_was_silent() {
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.press(Door::Banner, "reject").await;
            until_said(stage, "すべて拒否しました").await;
            stage.call("doui.reset()").await;
            until_said(stage, "クッキーの設定").await;
        })
        .await;
}

/// Where nothing can be kept, the answer seemed to do nothing.
#[tokio::test(flavor = "multi_thread")]
async fn that_nothing_can_be_kept_was_not_said() {
    Setting::fixtures()
        .before(
            "Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });
             Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } });",
        )
        .play(async |stage| {
            stage.open_until_asked("/shop.html").await;
            stage.until(&format!("{SAID} == ''")).await;
            stage.press(Door::Banner, "reject").await;
            until_said(stage, "ブラウザーに保存できないため").await;
        })
        .await;
}
