//! The banner, the placeholders and the settings buttons on pages that others wrote, own and change.

use doui_tests::{Ability, Door, Setting, Stage};
use serde_json::{Value, json};
use thirtyfour::Key;

/// A page of this body, in which `host` is the banner's.
fn page(body: &str) -> String {
    with_tag("", body)
}

/// The same with attributes on the tag of `doui.js`.
fn with_tag(attributes: &str, body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>客</title><link rel="icon" href="data:,"><script>Object.defineProperty(window, 'host', {{ get: () => document.querySelector('#doui-banner') }})</script>
        <script src="/doui/doui.js" {attributes}></script></head><body>{body}</body></html>"#
    )
}

const FRAME: &str = r#"<iframe title="枠" width="400" height="300" data-doui="ads" data-src="/frame.html"></iframe>"#;

async fn on(body: &str, test: impl AsyncFnOnce(&Stage)) {
    play(page(body), test).await;
}

async fn play(html: String, test: impl AsyncFnOnce(&Stage)) {
    Setting::fixtures()
        .without_policy()
        .file("guest.html", html)
        .play(async |stage| {
            stage.open("/guest.html").await;
            stage.until_banner_shows().await;
            test(stage).await;
        })
        .await;
}

/// Runs what a page does, and awaits two frames.
async fn does(stage: &Stage, script: &str) {
    stage
        .run::<()>(
            &format!("{script}; return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"),
            vec![],
        )
        .await;
}

/// What has the focus within the banner: an act or a name.
const FOCUSED: &str = "(it => it?.dataset.douiAct || it?.name)(host.shadowRoot.activeElement)";

const DIALOGS: &str =
    "<p>x</p><dialog id=cart><p>cart</p><button id=open data-doui-open>settings</button>
    <dialog id=inner><button>ok</button></dialog></dialog>";

#[tokio::test(flavor = "multi_thread")]
async fn a_modal_dialog_of_the_pages_made_the_banner_dead() {
    on(DIALOGS, async |stage| {
        let place = "[host.parentNode.id || host.parentNode.localName, host.getBoundingClientRect().bottom == innerHeight]";
        for (act, parent) in [
            ("cart.showModal()", "cart"),
            ("inner.showModal()", "inner"),
            ("inner.close()", "cart"),
            ("cart.close()", "body"),
            ("cart.show()", "body"),
            ("cart.close()", "body"),
            ("cart.showModal()", "cart"),
        ] {
            does(stage, act).await;
            assert_eq!(stage.value::<Value>(place).await, json!([parent, true]), "{act}");
        }
        stage.press(Door::Banner, "settings").await;
        stage.keys(&char::from(Key::Escape).to_string()).await;
        stage.until_banner_is_gone().await;
        assert!(stage.value::<bool>("cart.open").await, "Escape closed the page's dialog too");
        let open = stage.element("document.querySelector('#open')").await;
        open.click().await.expect("it is in the dialog");
        stage.until_banner_shows().await;
        stage.press(Door::Banner, "save").await;
        stage.until("doui.state.decided").await;
        stage.run::<()>("doui.open()", vec![]).await;
        does(stage, "cart.remove()").await;
        assert_eq!(stage.value::<Value>(place).await, json!(["body", true]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_went_into_a_dialog_that_others_wrote() {
    on(
        "<div data-doui-off><dialog id=cart><p>x</p></dialog></div>",
        async |stage| {
            does(stage, "cart.showModal()").await;
            assert_eq!(
                stage.value::<String>("host.parentNode.localName").await,
                "body"
            );
            does(stage, "cart.close()").await;
        },
    )
    .await;
}

/// What traps of the focus, locks of scrolling and those that hide the rest of the page do, all at once: focus-trap, Radix,
/// MUI, React Aria, body-scroll-lock.
const TRAP: &str = "
    const take = event => { if (!drawer.contains(event.target)) { event.stopImmediatePropagation(); first.focus() } };
    const lose = event => { if (event.relatedTarget && !drawer.contains(event.relatedTarget)) setTimeout(() => first.focus()) };
    const stop = event => { if (!drawer.contains(event.target)) { event.preventDefault(); event.stopImmediatePropagation() } };
    for (const type of ['focusin', 'focus']) document.addEventListener(type, take, true);
    for (const type of ['focusout', 'blur']) drawer.addEventListener(type, lose, true);
    for (const type of ['mousedown', 'pointerdown', 'touchstart', 'touchmove', 'wheel', 'click', 'keydown'])
        document.addEventListener(type, stop, { capture: true, passive: false });
    const hide = () => { for (const one of document.body.children) if (one != drawer) { one.inert = true; one.setAttribute('aria-hidden', 'true') } };
    hide();
    first.focus();";

#[tokio::test(flavor = "multi_thread")]
async fn a_drawer_that_keeps_the_focus_made_the_banners_buttons_dead() {
    on(
        "<p>x</p><div id=drawer role=dialog><input id=first><button data-doui-open>settings</button></div>",
        async |stage| {
            does(stage, TRAP).await;
            assert_eq!(
                stage.value::<Value>("[host.inert, host.getAttribute('aria-hidden')]").await,
                json!([false, null])
            );
            stage.press(Door::Banner, "settings").await;
            let ads = stage.find(Door::Banner, "input[name=ads]").await;
            ads.click().await.expect("the switch can be pressed");
            assert_eq!(stage.value::<Value>(&format!("[{FOCUSED}, host.shadowRoot.activeElement?.checked]")).await, json!(["ads", true]));
            stage.tab(false).await;
            assert_eq!(stage.value::<String>(FOCUSED).await, "traffic");
            stage.press(Door::Banner, "save").await;
            stage.until("doui.allows('ads')").await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_with_a_transform_put_the_banner_far_away() {
    for style in [
        "transform:translateZ(0)",
        "filter:blur(0)",
        "will-change:transform",
    ] {
        on(
            &format!("<style>body {{ {style} }}</style><p style=\"height:3000px\">x</p>"),
            async |stage| {
                let bottom: Value = stage
                    .value("host.getBoundingClientRect().bottom - innerHeight")
                    .await;
                assert_eq!(bottom, json!(0), "{style}");
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_in_full_screen_was_covered() {
    on("<button id=film>film</button>", async |stage| {
        does(stage, "film.onclick = () => film.requestFullscreen()").await;
        let film = stage.element("document.querySelector('#film')").await;
        film.click().await.expect("it can be pressed");
        stage
            .until("document.fullscreenElement && host.hidden")
            .await;
        does(stage, "document.exitFullscreen()").await;
        stage
            .until("!document.fullscreenElement && !host.hidden")
            .await;
    })
    .await;
}

/// Chromium makes everything inert that is not within what is in full screen.
#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_what_is_in_full_screen_were_dead() {
    on(
        "<main id=film><button id=larger>film</button><button data-doui-open>settings</button></main>",
        async |stage| {
            does(stage, "larger.onclick = () => film.requestFullscreen()").await;
            let larger = stage.element("document.querySelector('#larger')").await;
            larger.click().await.expect("it can be pressed");
            stage
                .until("document.fullscreenElement && host.hidden")
                .await;
            let settings = stage
                .element("document.querySelector('[data-doui-open]')")
                .await;
            settings.click().await.expect("it can be pressed");
            stage.until_banner_shows().await;
            stage.until_quiet().await;
            stage.press(Door::Banner, "accept").await;
            stage.until("doui.allows('ads') && host.hidden").await;
            does(stage, "document.exitFullscreen()").await;
            stage.until("!document.fullscreenElement").await;
            does(stage, "doui.open()").await;
            stage
                .until("!host.hidden && host.parentNode == document.body")
                .await;
        },
    )
    .await;
}

/// The units of the window are larger there than the window.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_a_zoom_of_its_own_cut_off_a_button() {
    on("<style>body { zoom: 1.5 }</style><p>本</p>", async |stage| {
        let ends: Vec<f64> = stage
            .value(
                "['accept', 'reject', 'settings'].map(act => host.shadowRoot
                    .querySelector(`[data-doui-act=${act}]`).getBoundingClientRect().right - innerWidth)",
            )
            .await;
        assert!(ends.iter().all(|end| *end <= 0.0), "{ends:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_printed() {
    Setting::fixtures()
        .needs(Ability::DevTools)
        .without_policy()
        .file("guest.html", page(FRAME))
        .play(async |stage| {
            stage.open("/guest.html").await;
            stage.until("document.querySelector('doui-placeholder')").await;
            let tools = stage.driver().cdp();
            let set = tools.send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
            set.expect("Chromium can");
            let shown: Vec<String> = stage
                .value("[...document.querySelectorAll('doui-banner, doui-placeholder')].map(it => getComputedStyle(it).display)")
                .await;
            assert_eq!(shown, ["none", "none"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn search_snippets_held_the_banners_text() {
    on("<p>x</p>", async |stage| {
        stage
            .until("host.shadowRoot.querySelector('section[data-nosnippet]')")
            .await;
    })
    .await;
}

const ROOT: &str = "[document.documentElement.dataset.doui, getComputedStyle(document.documentElement).getPropertyValue('--doui-height') == host.offsetHeight + 'px',
    document.documentElement.hasAttribute('style')]";

#[tokio::test(flavor = "multi_thread")]
async fn html_was_replaced_or_stripped_and_said_nothing_any_more() {
    on(FRAME, async |stage| {
        // Once the link is gone, the browser asks for an icon.
        stage.expect_complaint("favicon.ico");
        stage.run::<()>("doui.save({ traffic: true })", vec![]).await;
        stage.until(&format!("String({ROOT}) == 'traffic,true,false'")).await;
        for act in [
            "for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name)",
            "document.documentElement.dataset.doui = 'ads'",
            "document.documentElement.replaceWith(document.documentElement.cloneNode(true))",
            "document.body.replaceWith(document.body.cloneNode(true))",
            "document.adoptedStyleSheets = []; document.body.append('x'); host.remove()",
            "document.open(); document.write('<title>客</title><p>x</p><a id=open data-doui-open href=\"#x\">x</a>'); document.close()",
        ] {
            does(stage, act).await;
            stage.until(&format!("host?.matches('body > *') && String({ROOT}) == 'traffic,true,false'")).await;
            assert_eq!(stage.value::<u32>("document.querySelectorAll('doui-banner').length").await, 1, "{act}");
        }
        // The listeners went with the document.
        stage.press(Door::Banner, "reject").await;
        stage.until_banner_is_gone().await;
        stage.run::<()>("document.querySelector('#open').click()", vec![]).await;
        stage.until_banner_shows().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_strips_its_attributes_for_ever_hung() {
    on("<p>x</p>", async |stage| {
        does(
            stage,
            "window.strips = 0;
             const strip = () => { if (document.documentElement.dataset.doui != null) { window.strips++; document.documentElement.removeAttribute('data-doui') } };
             new MutationObserver(strip).observe(document, { attributes: true, subtree: true });
             new MutationObserver(() => host?.inert || (host.inert = true)).observe(document, { attributes: true, subtree: true });
             strip()",
        )
        .await;
        stage.until("strips > 1").await;
        stage.until_quiet().await;
        let strips: u32 = stage.value("strips").await;
        assert!(strips < 30, "{strips}");
    })
    .await;
}

/// Whether each placeholder stands before its frame, and what is seen of the frames.
const HELD: &str = "JSON.stringify([...document.querySelectorAll('iframe')].map(frame =>
    [frame.previousElementSibling?.localName == 'doui-placeholder', getComputedStyle(frame).display, frame.hasAttribute('style')]))";

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_moved_left_its_placeholder_behind() {
    on(
        &format!("<main id=main>{FRAME}<p>x</p></main>"),
        async |stage| {
            let held = r#"[[true,"none",false]]"#;
            stage.until(&format!("{HELD} == '{held}'")).await;
            for act in [
                "document.querySelector('iframe').before(document.createElement('hr'))",
                "main.append(document.querySelector('iframe'))",
                "document.body.append(document.querySelector('iframe'))",
                "document.querySelector('doui-placeholder').remove()",
            ] {
                does(stage, act).await;
                assert_eq!(stage.value::<String>(HELD).await, held, "{act}");
                assert_eq!(
                    stage
                        .value::<u32>("document.querySelectorAll('doui-placeholder').length")
                        .await,
                    1,
                    "{act}"
                );
            }
            does(stage, "document.querySelector('iframe').remove()").await;
            assert_eq!(
                stage
                    .value::<u32>("document.querySelectorAll('doui-placeholder').length")
                    .await,
                0
            );
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_of_douis_own_nodes_were_taken_for_the_shops_place_or_stayed() {
    on(FRAME, async |stage| {
        stage.until("document.querySelector('doui-placeholder')").await;
        for act in [
            "document.body.append(host.cloneNode(true))",
            "document.body.innerHTML = document.body.innerHTML + '<doui-offer lang=ja></doui-offer>'",
            "document.body.replaceWith(document.body.cloneNode(true))",
        ] {
            does(stage, act).await;
            stage
                .until("document.querySelectorAll('doui-placeholder').length == 1 && document.querySelector('doui-placeholder').shadowRoot")
                .await;
            let banner: Value = stage
                .value("[document.querySelectorAll('doui-banner').length, document.querySelectorAll('doui-offer').length,
                    !!host.shadowRoot, getComputedStyle(host).position, host.getBoundingClientRect().bottom == innerHeight]")
                .await;
            assert_eq!(banner, json!([1, 0, true, "fixed", true]), "{act}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shops_own_place_for_the_banner_was_replaced() {
    on("<main id=main><doui-banner id=place></doui-banner></main>", async |stage| {
        let place = "[host.parentNode.id || host.parentNode.localName, getComputedStyle(host).position, place.isConnected]";
        assert_eq!(stage.value::<Value>(place).await, json!(["place", "static", true]));
        // Inert, it is no place for what must be used.
        does(stage, "main.inert = true").await;
        assert_eq!(stage.value::<Value>(place).await, json!(["body", "fixed", true]));
        does(stage, "main.inert = false").await;
        assert_eq!(stage.value::<Value>(place).await, json!(["place", "static", true]));
        does(stage, "place.innerHTML = ''").await;
        assert_eq!(stage.value::<Value>(place).await, json!(["place", "static", true]));
        does(stage, "window.place = document.querySelector('#place'); place.remove()").await;
        assert_eq!(stage.value::<Value>(place).await, json!(["body", "fixed", false]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_the_page_stopped_opened_no_settings() {
    let body = "<div onclick=\"return false\"><a id=link href=\"#x\" data-doui-open>settings</a></div><x-menu></x-menu>
        <script>
            const end = event => { event.stopImmediatePropagation(); event.preventDefault() };
            for (const at of [window, document]) at.addEventListener('click', end, true);
            document.querySelector('x-menu').attachShadow({ mode: 'open' }).innerHTML = '<p><button data-doui-open><b>settings</b></button></p>';
        </script>";
    on(body, async |stage| {
        stage.press(Door::Banner, "reject").await;
        stage.until_banner_is_gone().await;
        for target in [
            "link",
            "document.querySelector('x-menu').shadowRoot.querySelector('b')",
        ] {
            stage.run::<()>(&format!("{target}.click()"), vec![]).await;
            stage.until_banner_shows().await;
            stage.press(Door::Banner, "close").await;
            stage.until_banner_is_gone().await;
        }
        assert_eq!(stage.value::<String>("location.hash").await, "");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_opens_a_link_elsewhere_was_taken() {
    on("<a id=link href=\"#x\" data-doui-open>settings</a><button id=button data-doui-open>settings</button>", async |stage| {
        stage.run::<()>("doui.rejectAll()", vec![]).await;
        stage.until_banner_is_gone().await;
        let click = |target: &str, more: &str| {
            format!("{target}.dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true, composed: true, {more} }})), host.hidden")
        };
        for key in ["ctrlKey", "metaKey", "shiftKey"] {
            let taken: Value = stage.value(&format!("[{}]", click("link", &format!("{key}: true")))).await;
            assert_eq!(taken, json!([true, true]), "{key}");
        }
        let taken: Value = stage.value(&format!("[{}]", click("button", "ctrlKey: true"))).await;
        assert_eq!(taken, json!([false, false]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_the_shop_in_the_shop_asked_too() {
    let inner = page("<button data-doui-open>settings</button>");
    Setting::fixtures()
        .without_policy()
        .file(
            "guest.html",
            page("<iframe src=\"/inner.html\" width=600 height=300></iframe>"),
        )
        .file("inner.html", inner)
        .play(async |stage| {
            stage.open("/guest.html").await;
            stage.until_banner_shows().await;
            stage
                .until("frames[0].doui && frames[0].document.readyState == 'complete'")
                .await;
            assert!(stage.value::<bool>("!frames[0].host").await);
            stage.press(Door::Banner, "accept").await;
            stage.until("frames[0].doui.allows('ads')").await;
            stage.until_banner_is_gone().await;
            stage
                .run::<()>("frames[0].document.querySelector('button').click()", vec![])
                .await;
            stage.until_banner_shows().await;
            assert!(stage.value::<bool>("!frames[0].host").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_turned_to_another_language_kept_the_first() {
    on(FRAME, async |stage| {
        stage.until("document.querySelector('doui-placeholder')").await;
        stage.press(Door::Banner, "settings").await;
        let ads = stage.find(Door::Banner, "input[name=ads]").await;
        ads.click().await.expect("the switch can be pressed");
        // The words of the last one lie in a file of their own.
        for lang in ["en", "ja", "ko"] {
            stage.run::<()>(&format!("document.documentElement.lang = '{lang}'"), vec![]).await;
            stage
                .until(&format!("String([...document.querySelectorAll('doui-banner, doui-placeholder')].map(it => it.lang)) == '{lang},{lang}'"))
                .await;
            let kept: Value = stage
                .value("[host.shadowRoot.querySelector('.settings').hidden, host.shadowRoot.querySelector('[name=ads]').checked, document.activeElement == host]")
                .await;
            assert_eq!(kept, json!([false, true, true]), "{lang}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_hydrated_whole_found_the_banner_first() {
    for (tag, body) in [
        ("data-hydrates", "<h1>x</h1><a href=\"#x\">x</a>"),
        (
            "",
            "<h1>x</h1><a href=\"#x\">x</a><script>self.__next_f = []</script><p>more</p>",
        ),
    ] {
        play(with_tag(tag, body), async |stage| {
            stage
                .until("document.body.lastElementChild.id == 'doui-banner'")
                .await;
            stage.tab(false).await;
            let is_in: bool = stage
                .value("document.activeElement.shadowRoot?.activeElement != null && document.activeElement.id == 'doui-banner'")
                .await;
            assert!(is_in, "the first Tab does not go into the banner");
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_came_before_the_page_had_loaded() {
    Setting::fixtures()
        .without_policy()
        .without_waiting_for_load()
        .file(
            "guest.html",
            page(&format!("{FRAME}<img src=\"/dot.svg?late\">")),
        )
        .play(async |stage| {
            stage.hold("/dot.svg?late");
            stage.open("/guest.html").await;
            stage.until("document.readyState == 'interactive'").await;
            does(stage, "").await;
            assert!(
                stage
                    .value::<bool>("!document.querySelector('doui-placeholder')")
                    .await
            );
            stage.release("/dot.svg?late");
            stage
                .until("document.querySelector('doui-placeholder')")
                .await;
        })
        .await;
}

/// As the README says.
const ROOM: &str = "html { scroll-padding-bottom: var(--doui-height, 0px) } body { padding-bottom: var(--doui-height, 0px) }";

#[tokio::test(flavor = "multi_thread")]
async fn the_last_link_of_a_page_was_behind_the_banner() {
    let body = format!(
        "<style>{ROOM}</style><p style=\"height:1500px\">x</p><a id=last href=\"#x\">last</a>"
    );
    on(&body, async |stage| {
        stage.driver().set_window_rect(0, 0, 500, 800).await.expect("the window gets narrow");
        stage
            .until("scrollTo(0, 1e6) || last.getBoundingClientRect().bottom <= host.getBoundingClientRect().top + 1")
            .await;
    })
    .await;
}
