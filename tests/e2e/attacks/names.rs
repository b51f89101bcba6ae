//! Names that markup can take: an element is found under its `name` or `id` on `document`, `window` and its form, before
//! what the browser has there.

use doui_tests::{Setting, Stage};
use serde_json::json;

use super::{EVIL, asked_elsewhere, on_page, page};

/// What `doui.js` and the audit read of the document. (`documentElement` is left out: without it a WebDriver server finds
/// nothing of the page itself.)
const NAMES: [&str; 23] = [
    "activeElement",
    "addEventListener",
    "adoptedStyleSheets",
    "baseURI",
    "body",
    "cookie",
    "createDocumentFragment",
    "createElement",
    "createTreeWalker",
    "currentScript",
    "defaultView",
    "dispatchEvent",
    "getElementById",
    "head",
    "hidden",
    "importNode",
    "location",
    "prerendering",
    "querySelector",
    "querySelectorAll",
    "readyState",
    "removeEventListener",
    "visibilityState",
];

/// A page that puts `markup` before `doui.js`, which comes last.
fn last(markup: &str) -> String {
    let script = "<script nonce=\"abc\" src=\"/doui/doui.js\"></script>";
    let page = page(&format!(
        "{markup}<script type=text/plain nonce=abc data-doui=ads >ran.push('ads')</script>
        <template data-doui=ads><i id=shown></i></template>"
    ));
    let page = page.replace(script, "");
    page.replace("</main>", &format!("</main>{script}"))
}

/// What the document is, by the browser. The test's own questions must not fall for the same names.
const DOC: &str = "window.doc = new Proxy({}, { get: (_, name) => {
    const it = Reflect.get(Object.getPrototypeOf(document), name, document);
    return typeof it == 'function' ? it.bind(document) : it;
} })";

/// Answers yes, then no, and sees that both are obeyed.
async fn obeys(stage: &Stage) {
    stage
        .until(&format!("({DOC}, doc.querySelector('#doui-banner')?.shadowRoot.querySelector('[data-doui-act=accept]'))"))
        .await;
    stage
        .call("doc.querySelector('#doui-banner').shadowRoot.querySelector('[data-doui-act=accept]').click()")
        .await;
    stage
        .until("ran.includes('ads') && doc.querySelector('#shown')")
        .await;
    assert!(
        stage
            .value::<bool>("doui.state.decided && /(^|; )doui=1.+[.]ads1/.test(doc.cookie)")
            .await
    );
    stage
        .call("doc.cookie = '_ga=1;Path=/'; doui.rejectAll()")
        .await;
    // A refusal takes back, and deletes.
    stage
        .until("!doc.querySelector('#shown') && !/_ga=/.test(doc.cookie) && /[.]ads0/.test(doc.cookie)")
        .await;
    assert!(
        stage
            .value::<bool>("doc.querySelector('doui-offer') != null")
            .await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_took_the_name_of_what_doui_reads_of_the_document() {
    for (at, name) in NAMES.iter().enumerate() {
        println!("{name}");
        let markup = match at % 4 {
            0 => format!("<img alt=x name={name} src=data:,>"),
            1 => format!("<form name={name}></form>"),
            2 => format!("<iframe title=x name={name}></iframe>"),
            _ => format!("<img alt=x name={name}><img alt=x name={name}>"),
        };
        on_page(last(&markup), obeys).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_named_current_script_made_doui_load_its_files_from_elsewhere() {
    for markup in [
        format!("<img alt=x name=currentScript src={EVIL}/x/y.png>"),
        "<img alt=x name=currentScript data-auto=off>".to_owned(),
        "<iframe title=x name=currentScript src=\"data:text/html,x\"></iframe>".to_owned(),
    ] {
        println!("{markup}");
        Setting::fixtures()
            .without_policy()
            .file("page.html", last(&markup))
            .play(async |stage| {
                // The picture's own.
                stage.expect_complaint("404");
                stage.open("/page.html?doui-audit").await;
                stage
                    .until("Document.prototype.querySelector.call(document, 'doui-audit')")
                    .await;
                let asked = asked_elsewhere(stage);
                assert!(!asked.iter().any(|path| path.ends_with(".js")), "{asked:?}");
                obeys(stage).await;
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_named_current_script_kept_a_further_language_away() {
    Setting::fixtures()
        .without_policy()
        .language("ko")
        .file(
            "page.html",
            page("<img alt=x name=currentScript>").replace("lang=\"ja\"", ""),
        )
        .play(async |stage| {
            stage.open("/page.html").await;
            stage
                .until("document.querySelector('#doui-banner')?.lang == 'ko'")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_named_prerendering_made_a_refusal_withdraw_nothing() {
    let markup = "<img alt=x name=prerendering>";
    let body = format!(
        "{markup}<script type=text/plain nonce=abc data-doui=ads >ran.push('ads')</script>
        <template data-doui=ads><i id=shown></i></template>"
    );
    on_page(page(&body), obeys).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_took_the_name_of_what_scripts_set_on_the_window() {
    for markup in [
        "<form id=doui><input name=allows><input name=state></form>",
        "<form id=doui><object name=allows></object></form>",
        "<form id=douiOnReady><input name=forEach><input name=push></form>",
        "<iframe title=x name=doui></iframe><iframe title=x name=douiOnReady></iframe>",
        "<form id=dataLayer><input name=push></form><form name=trustedTypes><input name=createPolicy></form>",
        "<a id=dataLayer></a><a id=dataLayer name=push></a><a id=clarity></a><a id=fbq></a><a id=ttq></a><a id=uetq></a>",
        "<a id=cookieStore></a><a id=reportError></a><a id=queueMicrotask></a><a id=addEventListener></a><a id=localStorage></a>",
    ] {
        println!("{markup}");
        on_page(last(markup), async |stage| {
            obeys(stage).await;
            let told: bool = stage
                .value("window.dataLayer.some(entry => entry[0] == 'consent' && entry[1] == 'default')")
                .await;
            assert!(told, "Google is told of the default");
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_the_shop_with_a_field_named_matches_stopped_gates() {
    let fields: String = [
        "matches",
        "querySelectorAll",
        "closest",
        "getAttribute",
        "localName",
        "nodeType",
        "parentNode",
        "nextSibling",
        "lastChild",
        "isConnected",
        "dataset",
        "style",
        "hidden",
        "remove",
        "children",
        "content",
        "focus",
        "id",
    ]
    .iter()
    .map(|name| format!("<input aria-label=x name={name}>"))
    .collect();
    let forms = [
        format!("<form>{fields}@</form>"),
        format!("<form>{fields}</form>@"),
        format!("<form data-doui=ads data-src=/a data-href=/b>{fields}</form>@"),
        format!("<form data-doui-link=ads data-href=/b>{fields}</form>@"),
        format!("<form data-doui-open>{fields}</form>@"),
        format!("<div data-doui=ads><form data-doui=ads>{fields}</form></div>@"),
    ];
    // Every single letter too: what a minifier makes of a name must not be looked for on the page's elements.
    let letters: String = ('a'..='z')
        .chain('A'..='Z')
        .map(|letter| format!("<input aria-label=x name={letter}>"))
        .collect();
    let tag = "<script type=text/plain nonce=abc data-doui=ads>ran.push('one')</script>
        <iframe title=x data-doui=ads data-src=/frame.html></iframe>";
    for form in forms {
        println!("{}", &form[..40]);
        let body = form.replace('@', tag);
        on_page(page(&body), async |stage| {
            // The parser's, and what a script adds in the same task.
            stage
                .run::<()>(
                    "const part = document.createElement('div');
                     part.innerHTML = arguments[0];
                     document.querySelector('main').append(...part.childNodes)",
                    vec![json!(format!("{body}<form>{letters}</form>"))],
                )
                .await;
            stage.call("doui.acceptAll()").await;
            stage.until("ran.length == 2").await;
            stage
                .until("[...document.querySelectorAll('iframe')].every(frame => frame.getAttribute('src') == '/frame.html')")
                .await;
            let fields = stage.count("input").await;
            stage
                .call(
                    "for (const form of document.querySelectorAll('form')) { Element.prototype.remove.call(form); document.body.append(form) }
                     return new Promise(done => setTimeout(done))",
                )
                .await;
            let now = stage.count("input").await;
            assert_eq!(fields, now, "a form that is moved keeps its fields");
        })
        .await;
    }
}
