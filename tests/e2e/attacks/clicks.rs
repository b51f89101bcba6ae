//! Clicks that look like something else: no answer is taken from a button that cannot be seen.

use doui_tests::{Door, Engine, Stage};

use super::{on_page, page};

/// What paints over everything and lets clicks through.
const COVER: &str = "position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none";

#[tokio::test(flavor = "multi_thread")]
async fn a_cover_over_the_banner_gathered_clicks() {
    // Pointers are let in, so that the browser tells what lies on top.
    let cover = COVER.replace("none", "auto");
    let html = page(&format!("<p>x</p><div id=cover style=\"{cover}\">x</div>"));
    on_page(html, async |stage| {
        stage.until_banner_shows().await;
        let top = "(button => {
            const { left, top, width, height } = button.getBoundingClientRect();
            return document.elementFromPoint(left + width / 2, top + height / 2).id;
        })(document.querySelector('#doui-banner').shadowRoot.querySelector('[data-doui-act=accept]'))";
        assert_eq!(stage.value::<String>(top).await, "doui-banner");
        // Closed and opened again, it is on top again.
        stage.press(Door::Banner, "reject").await;
        stage.until_banner_is_gone().await;
        assert_eq!(stage.value::<String>("document.elementFromPoint(640, 700).id").await, "cover");
        stage.call("doui.open()").await;
        stage.until_banner_shows().await;
        assert_eq!(stage.value::<String>(top).await, "doui-banner");
    })
    .await;
}

/// What lies on top where the banner's first button is: the banner itself, by its id, or something else.
const ON_TOP: &str = "(button => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.id;
})(document.querySelector('#doui-banner').shadowRoot.querySelector('[data-doui-act=accept]'))";

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_the_pages_took_the_banner_out_of_the_top_layer_or_put_a_cover_above() {
    let cover = COVER.replace("none", "auto");
    for markup in [
        format!(
            "<button id=button popovertarget=over>x</button>
             <div popover=manual id=over style=\"{cover};width:100vw;height:100vh;border:0\">x</div>"
        ),
        format!(
            "<button id=button popovertarget=doui-banner>x</button><div id=cover style=\"{cover}\">x</div>"
        ),
        format!(
            "<button id=button commandfor=doui-banner command=hide-popover>x</button>
             <div id=cover style=\"{cover}\">x</div>"
        ),
    ] {
        println!("{markup}");
        on_page(page(&markup), async |stage| {
            stage.until_banner_shows().await;
            stage
                .call("document.querySelector('#button').click()")
                .await;
            stage.until_quiet().await;
            stage.until(&format!("{ON_TOP} == 'doui-banner'")).await;
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_sheet_of_the_pages_made_the_banner_transparent_or_wrote_over_it() {
    let style = "doui-banner, doui-placeholder { --ink: transparent; --paper: transparent; --accent: transparent;
            --quiet: transparent; color-scheme: dark }
        @property --ink { syntax: '<color>'; inherits: false; initial-value: transparent }
        @property --paper { syntax: '<color>'; inherits: false; initial-value: transparent }
        doui-banner::before, doui-banner::after { content: 'x'; position: fixed; inset: 0; background: #fff }";
    on_page(page(&format!("<style>{style}</style>")), async |stage| {
        stage.until_banner_shows().await;
        let seen: Vec<String> = stage
            .value(
                "(host => {
                    const button = getComputedStyle(host.shadowRoot.querySelector('[data-doui-act=accept]'));
                    const text = getComputedStyle(host.shadowRoot.querySelector('section'));
                    return [button.backgroundColor, button.color, text.backgroundColor, text.color,
                        getComputedStyle(host, '::before').display, getComputedStyle(host, '::after').display];
                })(document.querySelector('#doui-banner'))",
            )
            .await;
        let (colours, parts) = seen.split_at(4);
        assert!(colours.iter().all(|colour| !colour.starts_with("rgba(0, 0, 0, 0")), "{colours:?}");
        assert_eq!(parts, ["none", "none"]);
    })
    .await;
}

/// Presses a placeholder's button as a pointer does, wherever it is.
async fn press_placeholder(stage: &Stage) {
    let button = "document.querySelector('doui-placeholder').shadowRoot.querySelector('[data-doui-act=allow]')";
    stage
        .until("document.querySelector('doui-placeholder')")
        .await;
    stage.click_on(button).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_that_cannot_be_seen_granted() {
    let frame = "<iframe title=x width=400 height=300 data-doui=ads data-src=/frame.html></iframe>";
    let everywhere = [
        format!(
            "<div style=\"opacity:.01\">{frame}</div><button style=\"position:absolute;z-index:-1\">next</button>"
        ),
        format!("<div style=\"opacity:.3\"><div style=\"opacity:.3\">{frame}</div></div>"),
        format!("<div style=\"filter:opacity(1%)\">{frame}</div>"),
        format!("<div style=\"mask:linear-gradient(#0001,#0001)\">{frame}</div>"),
        // A name on the window is no element.
        format!("<a id=matches></a><div style=\"opacity:.1\">{frame}</div>"),
    ];
    let where_told = [
        format!("{frame}<div style=\"{COVER}\">next</div>"),
        format!("{frame}<div style=\"{COVER} !important\">next</div>"),
        format!("<div style=\"transform:scale(.02)\">{frame}</div>"),
        format!("<div style=\"mix-blend-mode:difference\">{frame}</div>"),
    ];
    let tells = Engine::of_this_run() == Engine::Chromium;
    let seldom = where_told.iter().filter(|_| tells);
    for body in everywhere.iter().chain(seldom) {
        println!("{body}");
        on_page(page(body), async |stage| {
            // The banner is not there to be opened by mistake.
            stage.call("doui.rejectAll()").await;
            stage.until_banner_is_gone().await;
            press_placeholder(stage).await;
            // The settings ask instead, where they can be seen.
            stage.until_banner_shows().await;
            assert!(!stage.value::<bool>("doui.allows('ads')").await);
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_that_is_seen_grants_also_beside_the_banner() {
    for body in [
        "<iframe title=x width=400 height=300 data-doui=ads data-src=/frame.html></iframe>",
        "<a id=matches></a><iframe title=x width=400 height=300 data-doui=ads data-src=/frame.html></iframe>",
        // Its lower half is behind the banner.
        "<iframe title=x style=\"position:fixed;left:200px;bottom:250px;width:800px;height:460px\" data-doui=ads data-src=/frame.html></iframe>",
    ] {
        println!("{body}");
        on_page(page(body), async |stage| {
            stage.until_banner_shows().await;
            press_placeholder(stage).await;
            stage.until("doui.allows('ads')").await;
            assert!(!stage.value::<bool>("doui.allows('traffic')").await);
        })
        .await;
    }
}
