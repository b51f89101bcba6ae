//! Addresses that are themselves a script or a document: Doui gives none of them to an element.

use doui_tests::{Setting, Stage};
use serde_json::{Value, json};

use super::{asked_elsewhere, on_page, page, ran};

/// Addresses that a browser would run, or show as a document of its own.
const LIVE: [&str; 9] = [
    "javascript:parent.ran.push('evil')",
    "JavaScript:parent.ran.push('evil')",
    " \u{1}java\nscript:parent.ran.push('evil')",
    "javascript://%0aparent.ran.push('evil')",
    "data:text/html,<script>parent.ran.push('evil')</script>",
    "data:text/javascript,ran.push('evil')",
    "vbscript:evil",
    "blob:null/evil",
    "about:blank#evil",
];

/// Elements, each with a gap for its held address.
const ELEMENTS: [&str; 14] = [
    "<a class=it data-doui=necessary data-href='@'>x</a>",
    "<a class=it data-doui-link='!ads' href='/plain' data-href='@'>x</a>",
    "<map><area class=it data-doui=necessary data-href='@'></map>",
    "<map><area class=it data-doui-link='necessary' data-href='@'></map>",
    "<svg><a class=it data-doui=necessary data-href='@'><text>x</text></a></svg>",
    "<math><mi class=it data-doui=necessary data-href='@'>x</mi></math>",
    "<iframe class=it title=x data-doui=necessary data-src='@'></iframe>",
    "<embed class=it data-doui=necessary data-src='@'>",
    "<link class=it rel=stylesheet data-doui=necessary data-href='@'>",
    "<video class=it data-doui=necessary data-src='@'></video>",
    "<script class=it type=text/plain data-doui=necessary data-src='@'></script>",
    "<script class=it type=text/plain data-doui=necessary data-type=module data-src='@'></script>",
    "<input class=it type=image alt=x data-doui=necessary data-src='@'>",
    "<template data-doui=necessary><a class=it data-doui=necessary data-href='@'>x</a></template>",
];

/// What of `src` and `href` each element has that is not what the page wrote, by its markup.
const GIVEN: &str = "[...document.querySelectorAll('.it')].map(it => [it.getAttribute('src'), it.getAttribute('href')])
    .flat().filter(address => address != null && address != '/plain')";

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_a_script_became_live() {
    for live in LIVE {
        println!("{live:?}");
        let quoted = live.replace('\'', "&#39;");
        let body: String = ELEMENTS.iter().map(|it| it.replace('@', &quoted)).collect();
        on_page(page(&body), async |stage| {
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>(GIVEN).await, [""; 0]);
            // A visitor presses whatever can be pressed.
            stage
                .call(
                    "addEventListener('click', event => event.target.href == location.origin + '/plain' && event.preventDefault());
                     for (const it of document.querySelectorAll('.it'))
                         it.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))",
                )
                .await;
            stage.until_quiet().await;
            assert!(!ran(stage).await.contains(&"evil".to_owned()));
            // And whatever waits for a yes, gets it.
            stage.call("doui.acceptAll()").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>(GIVEN).await, [""; 0]);
        })
        .await;
    }
}

/// The address that an element has, by its id.
async fn address(stage: &Stage, id: &str) -> Value {
    stage
        .value(&format!(
            "document.querySelector('#{id}').getAttribute('src') ?? document.querySelector('#{id}').getAttribute('href')"
        ))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_shops_use_are_given() {
    let all = [
        ("a", "data-href", "mailto:shop@yotsuyu.co.jp"),
        ("a", "data-href", "tel:+81312345678"),
        ("a", "data-href", "/books?q=本&page=2#top"),
        ("a", "data-href", "#top"),
        ("a", "data-href", ""),
        ("a", "data-href", "//track.example/?to=books"),
        (
            "img",
            "data-src",
            "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
        ),
        ("img", "data-src", "dot.svg"),
        ("iframe", "data-src", "frame.html"),
        ("link", "data-href", "../tag.css"),
    ];
    let body: String = all
        .iter()
        .enumerate()
        .map(|(n, (element, name, address))| {
            format!("<{element} id=it{n} data-doui=ads {name}=\"{address}\"></{element}>")
        })
        .collect();
    on_page(page(&body), async |stage| {
        stage.call("doui.acceptAll()").await;
        stage.until("document.querySelector('#it9').href").await;
        for (n, (.., expected)) in all.iter().enumerate() {
            assert_eq!(address(stage, &format!("it{n}")).await, json!(expected));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_that_comes_later_does_not_move_what_doui_loads_for_itself() {
    let html =
        page("<base href=\"//evil.example/\">").replace("店</h1>", "店</h1><p lang=ko>x</p>");
    Setting::fixtures()
        .without_policy()
        .file("page.html", html)
        .play(async |stage| {
            stage.open("/page.html?doui-audit").await;
            stage.until("document.querySelector('doui-audit')").await;
            assert!(stage.times_requested("/doui/audit.js") > 0);
            let asked = asked_elsewhere(stage);
            assert!(!asked.iter().any(|path| path.contains("doui")), "{asked:?}");
        })
        .await;
}
