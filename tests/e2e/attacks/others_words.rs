//! Below an element with `data-doui-off` stands what others wrote: nothing there is Doui's.

use doui_tests::Door;
use serde_json::json;

use super::{asked_elsewhere, on_page, page};

const WRITTEN: &str = r#"
    <script type="text/plain" nonce="abc" data-doui="necessary" src="//evil.example/tag.js?script"></script>
    <script type="text/plain" nonce="abc" data-doui="necessary">ran.push("inline")</script>
    <iframe title="x" data-doui="necessary" data-src="//evil.example/frame.html"></iframe>
    <iframe title="x" class="held" data-doui="ads" data-src="//evil.example/frame.html?ads"></iframe>
    <img alt="x" data-doui="necessary" data-src="//evil.example/dot.svg" data-srcset="//evil.example/dot.svg?2 2x">
    <link rel="stylesheet" data-doui="necessary" data-href="//evil.example/tag.css">
    <a class="link" data-doui="necessary" data-href="//evil.example/">x</a>
    <a class="link" data-doui-link="!ads" href="/plain" data-href="//evil.example/">x</a>
    <template data-doui="necessary"><i class="shown"></i></template>
    <template data-doui="necessary"><template data-doui="necessary"><i class="shown"></i></template></template>
    <div hidden><doui-banner></doui-banner></div>
    <doui-placeholder></doui-placeholder><p class="away" style="display: none">x</p>
    <button type="button" data-doui-open>x</button>"#;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_below_data_doui_off_is_a_gate_a_link_a_button_or_a_place() {
    let html = page(&format!(
        "<div data-doui-off>{WRITTEN}</div><section data-doui-off><p>{WRITTEN}</p></section>
        <script type=text/plain nonce=abc data-doui=ads src=/tag.js?ours></script><button id=ours data-doui-open>x</button>"
    ));
    on_page(html, async |stage| {
        // The banner is where it always is.
        stage.until_banner_shows().await;
        let parent: String = stage.value("document.querySelector('#doui-banner').parentNode.localName").await;
        assert_eq!(parent, "body");
        stage.press(Door::Banner, "accept").await;
        stage.until("ran.includes('ours')").await;
        // What arrives later, too, and what is itself marked.
        stage
            .run::<()>(
                "const part = document.createElement('div');
                 part.dataset.douiOff = '';
                 part.append(document.createRange().createContextualFragment(arguments[0]));
                 document.querySelector('main').append(part);
                 const both = document.createElement('a');
                 both.className = 'link';
                 both.dataset.douiOff = both.dataset.doui = 'necessary';
                 both.dataset.href = '//evil.example/';
                 document.querySelector('main').append(both)",
                vec![json!(WRITTEN)],
            )
            .await;
        stage.until_quiet().await;
        stage
            .call(
                "for (const button of document.querySelectorAll('[data-doui-off] [data-doui-open]')) button.click();
                 dispatchEvent(new Event('resize'))",
            )
            .await;
        stage.until_quiet().await;
        assert!(!stage.banner_shows().await, "the settings do not open");
        let ran: Vec<String> = stage.value("ran").await;
        assert_eq!(ran, ["ours"]);
        assert_eq!(asked_elsewhere(stage), [""; 0]);
        let links: Vec<Option<String>> = stage
            .value("[...document.querySelectorAll('.link')].map(link => link.getAttribute('href')).filter(Boolean)")
            .await;
        assert!(links.iter().all(|link| link.as_deref() == Some("/plain")), "{links:?}");
        let left: [u32; 3] = stage
            .value(
                "[document.querySelectorAll('.shown').length, document.querySelectorAll('doui-placeholder').length,
                  [...document.querySelectorAll('.away')].filter(it => it.style.display != 'none').length]",
            )
            .await;
        assert_eq!(left[0], 0, "no template is opened");
        assert_eq!(left[1], 3, "what looks like a placeholder stays");
        assert_eq!(left[2], 0, "nothing beside it is shown");
        stage.click_on("document.querySelector('#ours')").await;
        stage.until_banner_shows().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_all_of_others_words_keeps_its_banner() {
    let html = page("<p>x</p>").replace("<body>", "<body data-doui-off>");
    on_page(html, async |stage| {
        stage.until_banner_shows().await;
        stage.press(Door::Banner, "settings").await;
        let focused: String = stage.value("document.activeElement.id").await;
        assert_eq!(focused, "doui-banner", "it stays where it is");
        stage.answer("reject").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_frame_below_data_doui_off_asks_nothing() {
    let html = page(
        "<div data-doui-off><iframe title=x width=300 height=200 data-doui=ads data-src=/frame.html></iframe></div>
        <iframe id=ours title=x width=300 height=200 data-doui=ads data-src=/frame.html></iframe>",
    );
    on_page(html, async |stage| {
        stage.until("document.querySelector('doui-placeholder')").await;
        stage.until_quiet().await;
        let boxes: Vec<String> = stage
            .value("[...document.querySelectorAll('doui-placeholder')].map(box => box.nextElementSibling.id)")
            .await;
        assert_eq!(boxes, ["ours"]);
    })
    .await;
}
