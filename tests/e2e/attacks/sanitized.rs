//! Markup made of all that Doui looks for on a page, cleaned as shops clean what others write: with Doui it can do no more
//! than without.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    process::{Command, Stdio},
};

use doui_tests::{Setting, Stage, built};
use fastrand::Rng;
use serde_json::json;

use super::{EVIL, page};

/// How many pieces of markup a page shows, cleaned in each way.
const PIECES: usize = 120;

/// Names that Doui, its page or the browser gives a meaning.
const NAMES: [&str; 22] = [
    "doui",
    "doui-banner",
    "douiOnReady",
    "dataLayer",
    "clarity",
    "fbq",
    "ttq",
    "uetq",
    "prerendering",
    "currentScript",
    "cookie",
    "body",
    "createElement",
    "querySelector",
    "hidden",
    "readyState",
    "matches",
    "closest",
    "ads",
    "allows",
    "push",
    "__proto__",
];

const CONDITIONS: [&str; 9] = [
    "necessary",
    "!ads",
    "!necessary",
    "ads",
    "",
    "necessary !ads",
    "__proto__",
    "constructor",
    "!x",
];

const ADDRESSES: [&str; 12] = [
    "javascript:parent.ran.push(1)",
    "jav&#9;ascript:parent.ran.push(2)",
    " JAVASCRIPT://%0aparent.ran.push(3)",
    "data:text/html,<script>parent.ran.push(4)</script>",
    "data:text/javascript,parent.ran.push(5)",
    "//evil.example/tag.js?6",
    "//evil.example/frame.html",
    "//evil.example/dot.svg",
    "//evil.example/module.js?7",
    "/tag.js?8",
    "vbscript:x",
    "http://evil.example:99999/",
];

const ELEMENTS: [&str; 26] = [
    "a",
    "area",
    "audio",
    "base",
    "button",
    "div",
    "doui-banner",
    "doui-offer",
    "doui-placeholder",
    "embed",
    "form",
    "iframe",
    "img",
    "input",
    "link",
    "math",
    "meta",
    "object",
    "p",
    "script",
    "source",
    "style",
    "svg",
    "template",
    "video",
    "details",
];

fn pick<'a>(rng: &mut Rng, list: &[&'a str]) -> &'a str {
    list[rng.usize(..list.len())]
}

/// One attribute, of those that Doui reads most of the time.
fn attribute(rng: &mut Rng) -> String {
    let name = pick(
        rng,
        &[
            "data-doui",
            "data-doui",
            "data-doui",
            "data-doui-link",
            "data-doui-open",
            "data-doui-act",
            "data-doui-when",
            "data-src",
            "data-src",
            "data-srcset",
            "data-href",
            "data-href",
            "data-type",
            "data-placeholder",
            "data-auto",
            "data-nonce-check",
            "data-placed",
            "id",
            "name",
            "nonce",
            "type",
            "src",
            "href",
            "srcdoc",
            "title",
            "style",
            "class",
            "onclick",
            "onload",
            "http-equiv",
            "content",
            "popover",
            "hidden",
        ],
    );
    let value = match name {
        "data-doui" | "data-doui-link" => pick(rng, &CONDITIONS),
        "data-src" | "data-srcset" | "data-href" | "src" | "href" => pick(rng, &ADDRESSES),
        "data-type" | "type" => pick(
            rng,
            &[
                "text/plain",
                "module",
                "importmap",
                "text/javascript",
                "image",
                "",
            ],
        ),
        "data-doui-act" => pick(rng, &["accept", "allow", "save", "reject", "reload"]),
        "id" | "name" => pick(rng, &NAMES),
        "nonce" => pick(rng, &["abc", "xyz"]),
        "srcdoc" => "<script>parent.ran.push(9)</script>",
        "style" => "position:fixed;inset:0;opacity:.01",
        "onclick" | "onload" => "parent.ran.push(10)",
        "data-auto" | "data-placeholder" | "data-nonce-check" => "off",
        _ => "x",
    };
    let quote = pick(rng, &["\"", "\"", "'"]);
    format!("{name}={quote}{value}{quote}")
}

/// Elements within one another, some left open.
fn markup(rng: &mut Rng, depth: u32) -> String {
    let element = pick(rng, &ELEMENTS);
    let mut attributes: Vec<_> = (0..rng.usize(1..6)).map(|_| attribute(rng)).collect();
    if element == "script" && rng.bool() {
        attributes.push("type=text/plain data-doui=necessary".to_owned());
    }
    let mut text = format!("<{element} {}>", attributes.join(" "));
    for _ in 0..rng.usize(0..3) {
        text += &if depth > 0 && rng.bool() {
            markup(rng, depth - 1)
        } else if element == "script" {
            "parent.ran.push(11)".to_owned()
        } else {
            "x".to_owned()
        };
    }
    if rng.u32(..8) > 0 {
        text += &format!("</{element}>");
    }
    text
}

/// The pieces cleaned on a server, by the name of the way.
fn cleaned(pieces: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut node = Command::new("node")
        .arg(built::tests().join("sanitizers/clean.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js is there: the tests' packages come by npm");
    let mut input = node.stdin.take().expect("it is piped");
    input
        .write_all(json!(pieces).to_string().as_bytes())
        .expect("it reads its input");
    drop(input);
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success(), "clean.mjs failed");
    serde_json::from_slice(&output.stdout).expect("it writes JSON")
}

/// What came of a page.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// What ran, by the name that each script says.
    ran: Vec<String>,
    /// The requests, but for Doui's own files.
    asked: Vec<String>,
}

/// Presses whatever on the page leads to no other page, and sends every form.
const PRESS: &str = "
    addEventListener('submit', event => event.preventDefault());
    for (const it of Document.prototype.querySelectorAll.call(document, 'main *')) {
        const leads = it instanceof HTMLFormElement ? '' : it.href?.baseVal ?? it.href;
        let protocol;
        try { protocol = new URL(leads, location).protocol } catch {}
        if (typeof leads == 'string' && leads && /^(https?|mailto|tel):$/.test(protocol)) continue;
        const click = new MouseEvent('click', { bubbles: true, cancelable: true });
        EventTarget.prototype.dispatchEvent.call(it, click);
    }";

/// Opens a page and does there whatever a visitor may do, before an answer and after each.
async fn outcome(stage: &Stage, path: &str, has_doui: bool) -> Outcome {
    stage.forget_requests();
    stage.open(path).await;
    stage.until_quiet().await;
    stage.call(PRESS).await;
    stage.until_quiet().await;
    if has_doui {
        let granted: bool = stage
            .value("doui.state.decided || Object.values(doui.state.choices).some(Boolean)")
            .await;
        assert!(!granted, "nobody has answered");
        for answer in ["rejectAll", "acceptAll"] {
            stage.call(&format!("doui.{answer}()")).await;
            stage.until_quiet().await;
            stage.call(PRESS).await;
            stage.until_quiet().await;
        }
        stage.call("doui.reset()").await;
    }
    let mut ran: Vec<String> = stage.value("ran.map(String)").await;
    ran.sort();
    ran.dedup();
    let mut asked = stage.requests();
    asked.retain(|known| !known.starts_with("/doui/") && known != path);
    asked.sort();
    asked.dedup();
    Outcome { ran, asked }
}

/// Whether a request could run something here: for pictures, films and frames of other hosts the shop's policy answers.
fn is_script(path: &str) -> bool {
    path.contains(".js")
}

#[tokio::test(flavor = "multi_thread")]
async fn cleaned_markup_can_do_no_more_with_doui_than_without() {
    let seed =
        std::env::var("DOUI_SEED").map_or(29, |seed| seed.parse().expect("DOUI_SEED is a number"));
    println!("DOUI_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let pieces: Vec<_> = (0..PIECES).map(|_| markup(&mut rng, 3)).collect();
    let purify =
        fs::read_to_string(built::npm("dompurify/dist/purify.min.js")).expect("it is text");
    let by_browser = format!(
        "<div id=in-browser></div><script nonce=abc src=/purify.js></script><script nonce=abc>
            for (const piece of {}) {{
                const part = document.createElement('section');
                part.innerHTML = DOMPurify.sanitize(piece, {{ RETURN_TRUSTED_TYPE: true }});
                document.getElementById('in-browser').append(part);
            }}</script>",
        json!(pieces).to_string().replace('<', "\\u003c")
    );
    let by_servers: String = cleaned(&pieces)
        .values()
        .flatten()
        .map(|piece| format!("<section>{piece}</section>\n"))
        .collect();
    for policy in [
        "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:",
        "script-src 'nonce-abc' 'strict-dynamic'",
        "script-src 'nonce-abc'",
        "script-src 'nonce-abc' 'strict-dynamic'; require-trusted-types-for 'script'",
    ] {
        for (how, markup) in [
            ("in the browser", &by_browser),
            ("on a server", &by_servers),
        ] {
            println!("cleaned {how}, under {policy}");
            let with = page(markup);
            let without = with.replace("<script nonce=\"abc\" src=\"/doui/doui.js\"></script>", "");
            Setting::fixtures()
                .policy(policy)
                .file("purify.js", purify.clone())
                .file("off.html", with.replace("<main>", "<main data-doui-off>"))
                .file("with.html", with)
                .file("without.html", without)
                .play(async |stage| {
                    for part in [
                        "Content Security Policy",
                        "Content-Security-Policy",
                        "TrustedScript",
                        "sink",
                        "ERR_",
                        "404",
                        "Failed",
                    ] {
                        stage.expect_complaint(part);
                    }
                    let without = outcome(stage, "/without.html", false).await;
                    let with = outcome(stage, "/with.html", true).await;
                    let off = outcome(stage, "/off.html", true).await;
                    assert_eq!(off, without, "below data-doui-off");
                    assert_eq!(with.ran, without.ran);
                    let new = with
                        .asked
                        .iter()
                        .filter(|path| !without.asked.contains(path));
                    let scripts: Vec<_> = new.filter(|path| is_script(path)).collect();
                    assert!(
                        scripts.iter().all(|path| path.starts_with(EVIL)) && scripts.is_empty(),
                        "{scripts:?}"
                    );
                })
                .await;
        }
    }
}
