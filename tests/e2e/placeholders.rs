//! What stands where a frame is held: in the frame's own size, saying what it is and what it needs, with two ways on.

use doui_tests::{Ability, Choices, Door, SCRIPTS, Setting, Stage, built, page};
use serde_json::{Value, json};

/// The placeholder of the frame with this id, or null.
fn placeholder(id: &str) -> String {
    format!(
        "(found => found?.localName == 'doui-placeholder' ? found : null)(document.getElementById('{id}').previousElementSibling)"
    )
}

/// A part of it.
fn part(id: &str, selector: &str) -> String {
    format!(
        "({})?.shadowRoot.querySelector({selector:?})",
        placeholder(id)
    )
}

/// Browsers lay out in 64ths of a pixel, and what is computed back from those may be one off.
const BOX: &str = "(({ x, y, width, height }) => [x, y + scrollY, width, height].map(pixels => Math.round(pixels * 10) / 10))";

/// As strict as the demo's, but for a page that embeds.
const EMBEDS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; \
    object-src 'self'; require-trusted-types-for 'script'";

async fn press(stage: &Stage, id: &str, act: &str) {
    stage
        .click_on(&part(id, &format!("[data-doui-act={act}]")))
        .await;
}

async fn on_page(test: impl AsyncFnOnce(&Stage)) {
    Setting::fixtures()
        .policy(EMBEDS)
        .play(async |stage| {
            stage.open("/placeholder.html").await;
            stage.until(&placeholder("embedded")).await;
            test(stage).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_is_held_and_what_that_needs() {
    on_page(async |stage| {
        for (id, texts) in [
            (
                "inline",
                &["朗読の動画", "お客様に合わせた広告", "許可して表示"][..],
            ),
            (
                "stretched",
                &["地図", "お客様に合わせた広告", "アフィリエイト広告"],
            ),
            // Without a title, the host says whose frame it is.
            (
                "wide",
                &["127.0.0.1", "の内容", "アクセス解析とサービス改善"],
            ),
            ("embedded", &["埋め込み", "入力の省略とお客様向けの表示"]),
        ] {
            let text: String = stage
                .value(&format!("{}.innerText", part(id, "section")))
                .await;
            for expected in texts {
                assert!(text.contains(expected), "{id} says {text}");
            }
        }
        // What is too small to read, not to be seen, or waits for no purpose that could be allowed, has none.
        for id in ["dot", "unseen", "without", "unknown"] {
            assert!(
                stage
                    .value::<bool>(&format!("{} === null", placeholder(id)))
                    .await,
                "{id}"
            );
        }
        assert_eq!(
            stage.value::<Vec<String>>("witness.violations").await,
            [""; 0]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_has_the_size_and_place_of_its_frame_however_wide_the_window() {
    on_page(async |stage| {
        let frames = ["inline", "stretched", "wide", "embedded"];
        let boxes = |selector: &dyn Fn(&str) -> String| {
            let list: Vec<_> = frames
                .iter()
                .map(|id| format!("{BOX}(({}).getBoundingClientRect())", selector(id)))
                .collect();
            format!("[{}]", list.join(","))
        };
        let covers = boxes(&placeholder);
        let first: Value = stage.value(&covers).await;
        stage.resize(700, 900).await;
        stage
            .until(&format!("innerWidth < 800 && JSON.stringify({covers}) != JSON.stringify({first})"))
            .await;
        stage.until_quiet().await;
        let narrow: Value = stage.value(&covers).await;
        let after: Value = stage.value(&format!("{BOX}(document.querySelector('#after').getBoundingClientRect())")).await;
        stage.call("doui.acceptAll()").await;
        stage
            .until("document.querySelector('#embedded').src && !document.querySelector('doui-placeholder')")
            .await;
        // Firefox gives an <embed> its size as it comes.
        stage
            .until("document.querySelector('#embedded').getBoundingClientRect().width")
            .await;
        let frames: Value = stage
            .value(&boxes(&|id| format!("document.getElementById('{id}')")))
            .await;
        assert_eq!(frames, narrow, "what stood in for a frame had another place or size");
        let after_too: Value = stage.value(&format!("{BOX}(document.querySelector('#after').getBoundingClientRect())")).await;
        assert_eq!(after, after_too, "the page moved");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_allows_its_purpose_alone_and_refusing_again_brings_it_back() {
    on_page(async |stage| {
        press(stage, "inline", "allow").await;
        stage
            .until("document.querySelector('#inline').contentDocument?.title == '枠の中'")
            .await;
        let state: Value = stage
            .value("[doui.state.choices.ads, doui.state.undecided, doui.state.by]")
            .await;
        assert_eq!(
            state,
            json!([true, ["auth", "traffic", "affiliate"], "banner"])
        );
        assert_eq!(
            stage.value::<Value>("document.activeElement.id").await,
            "inline",
            "focus was lost with the button"
        );
        stage.until(&format!("!{}", placeholder("inline"))).await;
        assert!(
            stage
                .value::<bool>(&format!("!!{}", placeholder("stretched")))
                .await,
            "it needs affiliate too"
        );

        stage.call("doui.rejectAll()").await;
        stage.until(&placeholder("inline")).await;
        let gone: Value = stage
            .value("(frame => [frame.src, frame.checkVisibility()])(document.querySelector('#inline'))")
            .await;
        assert_eq!(gone, json!(["", false]));
        stage.forget_requests();
        stage.until_quiet().await;
        assert_eq!(stage.requests(), [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_other_button_opens_the_settings() {
    on_page(async |stage| {
        stage.press(Door::Banner, "reject").await;
        stage.until_banner_is_gone().await;
        press(stage, "inline", "settings").await;
        stage.until_banner_shows().await;
        let off: Choices = ["auth", "ads", "traffic", "affiliate"]
            .map(|id| (id.to_owned(), false))
            .into();
        assert_eq!(stage.shown(Door::Banner).await, off);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_not_told_of_the_browsers_signal_is_told_first() {
    Setting::fixtures()
        .before("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })")
        .policy(EMBEDS)
        .play(async |stage| {
            stage.open("/placeholder.html").await;
            stage.call("doui.close()").await;
            press(stage, "inline", "allow").await;
            stage.until_banner_shows().await;
            let text = stage.banner_text().await;
            assert!(text.contains("Global Privacy Control"), "{text}");
            assert!(!stage.value::<bool>("doui.allows('ads')").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_with_its_frame_and_comes_with_it() {
    on_page(async |stage| {
        stage
            .call("window.frame = document.querySelector('#inline'); frame.remove()")
            .await;
        stage
            .until("document.querySelectorAll('doui-placeholder').length == 3")
            .await;
        stage
            .call("document.querySelector('#after').after(frame)")
            .await;
        stage.until(&placeholder("inline")).await;
        // Shown later, as a tab of the page's own would be.
        stage
            .call("document.querySelector('#unseen').style.display = 'block'")
            .await;
        stage.until(&placeholder("unseen")).await;
        stage.call("doui.acceptAll()").await;
        stage
            .until("!document.querySelector('doui-placeholder')")
            .await;
        assert_eq!(
            stage
                .value::<String>("document.querySelector('#unseen').style.display")
                .await,
            "block"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_can_do_without() {
    Setting::fixtures()
        .doui(built::stamped_with(|shop| {
            shop["placeholders"] = json!(false)
        }))
        .policy(EMBEDS)
        .play(async |stage| {
            stage.open_until_asked("/placeholder.html").await;
            stage.until_quiet().await;
            let count = stage.count("doui-placeholder").await;
            assert_eq!(count, 0);
            stage.call("doui.acceptAll()").await;
            stage
                .until("document.querySelector('#inline').contentDocument?.title == '枠の中'")
                .await;
        })
        .await;
}

/// How often Chromium has laid out the page.
async fn layouts(stage: &Stage) -> f64 {
    let tools = stage.driver().cdp();
    let metrics = tools.send_raw("Performance.getMetrics", json!({})).await;
    let metrics = metrics.expect("Chromium counts");
    let found = metrics["metrics"].as_array().into_iter().flatten();
    let count = found.filter(|metric| metric["name"] == "LayoutCount");
    let count = count.filter_map(|metric| metric["value"].as_f64()).next();
    count.unwrap_or_else(|| panic!("no LayoutCount in {metrics}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resize_laid_out_the_page_once_for_each_placeholder() {
    let frames: String = (0..30)
        .map(|n| {
            format!(
                "<p><iframe title=\"{n}\" width=\"90%\" height=\"60\" data-doui=\"ads\" data-src=\"/frame.html\"></iframe></p>"
            )
        })
        .collect();
    let page = page(SCRIPTS, &format!("<main><h1>枠</h1>{frames}</main>"));
    Setting::fixtures()
        .needs(Ability::DevTools)
        .policy(EMBEDS)
        .file("thirty.html", page)
        .play(async |stage| {
            stage.open("/thirty.html").await;
            stage
                .until("document.querySelectorAll('doui-placeholder').length == 30")
                .await;
            stage.until_quiet().await;
            let tools = stage.driver().cdp();
            let counting = tools.send_raw("Performance.enable", json!({})).await;
            counting.expect("Chromium counts");
            let widths = "[...new Set([...document.querySelectorAll('doui-placeholder')].map(box => Math.round(box.offsetWidth)))]";
            let wide: Vec<f64> = stage.value(widths).await;
            let before = layouts(stage).await;
            stage
                .call("document.querySelector('main').style.setProperty('width', '600px'); dispatchEvent(new Event('resize'))")
                .await;
            stage.until_quiet().await;
            let count = layouts(stage).await - before;
            let narrow: Vec<f64> = stage.value(widths).await;
            assert!(narrow.len() == 1 && narrow[0] < wide[0], "{wide:?}, then {narrow:?}");
            // A held frame has a document of its own, which is laid out with it.
            let count = count - 30.0;
            assert!((1.0..10.0).contains(&count), "{count} layouts");
        })
        .await;
}
