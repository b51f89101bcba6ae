//! What the parser finds after `doui.js`: scripts do not run, frames and pictures are emptied; what was asked for all the same is
//! in the table of `docs/declared.md`, and these tests hold the table to it.

use std::{env, fs};

use doui_tests::{Engine, Stage, built};

use super::{asked, dist, setting, settle};

/// What a shop's page may have: its name, and its markup. `U` and `F` are as for what is inserted.
const KINDS: &[(&str, &str)] = &[
    ("a script", "<script src=\"U\"></script>"),
    ("a script, `async`", "<script async src=\"U\"></script>"),
    ("a script, `defer`", "<script defer src=\"U\"></script>"),
    ("a module", "<script type=\"module\" src=\"U\"></script>"),
    (
        "an inline script that inserts a script",
        "<script>ran.push('inline'); (() => { const it = document.createElement('script'); it.src = 'U'; document.head.append(it) })()</script>",
    ),
    (
        "an inline module",
        "<script type=\"module\">ran.push('inline module'); const it = new Image(); it.src = 'U'</script>",
    ),
    (
        "a script by `document.write`",
        "<script>document.write('<script src=\"http:' + '/' + '/a.pixel.' + 'example/none.js?written-script\"></scr' + 'ipt>')</script>",
    ),
    (
        "a picture by `document.write`, in parts",
        "<script>document.write('<im'); document.write('g src=\"http:/' + '/a.pixel.' + 'example/dot.svg?written-picture\">')</script>",
    ),
    (
        "a frame by `document.write`",
        "<script>document.write('<iframe src=\"http:/' + '/films.' + 'example/frame.html?written-frame\"></iframe>')</script>",
    ),
    ("a picture", "<img src=\"P\" alt=\"\">"),
    ("a picture, `srcset`", "<img srcset=\"P 1x\" alt=\"\">"),
    (
        "a picture, `loading=\"lazy\"`, far below",
        "<div style=\"height:9000px\"></div><img src=\"P\" loading=\"lazy\" alt=\"\">",
    ),
    (
        "a `<source>` of a `<picture>`",
        "<picture><source srcset=\"P\"><img alt=\"\"></picture>",
    ),
    ("a frame", "<iframe src=\"F\"></iframe>"),
    (
        "a frame, `srcdoc`",
        "<iframe srcdoc=\"&lt;img src='P'&gt;\"></iframe>",
    ),
    ("an `<embed>`", "<embed src=\"F\">"),
    ("a style sheet", "<link rel=\"stylesheet\" href=\"C\">"),
    (
        "a preload",
        "<link rel=\"preload\" as=\"image\" href=\"P\">",
    ),
];

/// A kind's name within addresses.
fn key(name: &str) -> String {
    match name {
        "a script by `document.write`" => "written-script".to_owned(),
        "a picture by `document.write`, in parts" => "written-picture".to_owned(),
        "a frame by `document.write`" => "written-frame".to_owned(),
        name => name.chars().filter(char::is_ascii_alphanumeric).collect(),
    }
}

fn markup(name: &str, markup: &str) -> String {
    let key = key(name);
    let address = |host: &str, file: &str| format!("//{host}.example/{file}?{key}");
    markup
        .replace("\"F\"", &format!("\"{}\"", address("films", "frame.html")))
        .replace("\"P", &format!("\"{}", address("a.pixel", "dot.svg")))
        .replace("'P'", &format!("'{}'", address("a.pixel", "dot.svg")))
        .replace("\"C\"", &format!("\"{}\"", address("a.pixel", "tag.css")))
        .replace("\"U\"", &format!("\"{}\"", address("a.pixel", "none.js")))
        .replace("'U'", &format!("'{}'", address("a.pixel", "none.js")))
}

/// Pages of one kind each, so that none hides another.
async fn with_kinds(test: impl AsyncFnOnce(&Stage)) {
    let dist = dist();
    let mut setting =
        setting(&dist, "", "").file("none.js", "ran.push(document.currentScript?.src)");
    for (at, (name, text)) in KINDS.iter().enumerate() {
        let page = format!(
            "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>無印</title><link rel=\"icon\" href=\"data:,\">\
             <script>window.ran = []; window.told = []</script><script src=\"/doui/doui.js\"></script></head><body><main><p>.</p>{}</main>\
             <script>for (const it of document.querySelectorAll('main *')) for (const type of ['load', 'error']) it.addEventListener(type, () => told.push(type))</script>\
             </body></html>",
            markup(name, text)
        );
        setting = setting.file(Box::leak(format!("kind-{at}.html").into_boxed_str()), page);
    }
    setting.play(test).await;
}

/// Where the table begins in the document.
const HEAD: &str = "| the page has | Chromium | Firefox | WebKit |\n| --- | --- | --- | --- |\n";

/// What the table says of a kind.
const NOTHING: &str = "nothing";
const ASKED: &str = "may be asked for";

/// Holds the table to what was seen in this run's engine: what it says is not asked for never is. With `DOUI_DECLARED=write` it
/// writes what was asked for; what a browser asks for only sometimes stays.
fn tell(seen: &[(&str, bool)]) {
    let file = built::root().join("docs/declared.md");
    let text = fs::read_to_string(&file).expect("the document is there");
    let (about, table) = text.split_once(HEAD).expect("the document has the table");
    let (lines, rest) = table.split_once("\n\n").unwrap_or((table, ""));
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    };
    let told: Vec<_> = lines.lines().map(cells).collect();
    let column = 1 + Engine::of_this_run() as usize;
    let is_writing = env::var("DOUI_DECLARED").as_deref() == Ok("write");
    let mut written = String::new();
    for (name, is_asked) in seen {
        let line = told.iter().find(|line| line[0] == *name).cloned();
        let mut line = line.unwrap_or_else(|| [name, "", "", ""].map(str::to_owned).to_vec());
        if is_writing {
            let is_told = line[column] == ASKED;
            line[column] = if *is_asked || is_told { ASKED } else { NOTHING }.to_owned();
        }
        let told = line[column].as_str();
        assert!(
            told == ASKED || (told == NOTHING && !is_asked),
            "docs/declared.md says {told:?} of {name}, and it was {}asked for; if this is right, run the test with DOUI_DECLARED=write",
            if *is_asked { "" } else { "not " }
        );
        written += &format!("| {} |\n", line.join(" | "));
    }
    if is_writing {
        let text = [about, HEAD, &written, "\n", rest].concat();
        fs::write(file, text).expect("the document takes a text");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_parser_finds_neither_runs_nor_tells_and_what_was_asked_for_is_in_the_table() {
    with_kinds(async |stage| {
        stage.expect_complaint("CORS");
        stage.expect_complaint("Failed to load resource");
        let mut seen = Vec::new();
        for (at, (name, _)) in KINDS.iter().enumerate() {
            stage.forget_requests();
            stage.open(&format!("/kind-{at}.html")).await;
            settle(stage).await;
            let ran: Vec<String> = stage.value("ran").await;
            assert_eq!(ran, [""; 0], "{name} ran");
            let told: Vec<String> = stage.value("told").await;
            assert_eq!(told, [""; 0], "{name} told");
            seen.push((*name, !asked(stage).is_empty()));
        }
        tell(&seen);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_parser_found_runs_and_loads_once_it_is_allowed() {
    with_kinds(async |stage| {
        stage.expect_complaint("CORS");
        stage.expect_complaint("Failed to load resource");
        for (at, (name, _)) in KINDS.iter().enumerate() {
            stage.open(&format!("/kind-{at}.html")).await;
            stage.until_quiet().await;
            stage.run::<()>("scrollTo(0, 9999); doui.acceptAll()", vec![]).await;
            let what = if name.contains("inline module") || name.contains("inline script") {
                "ran[0]?.startsWith('inline')"
            } else if *name == "a module" {
                stage.run::<()>("doui.rejectAll()", vec![]).await;
                continue;
            } else if name.contains("script") {
                "ran.some(src => src?.includes('example'))"
            } else if name.contains("preload") {
                "document.querySelector('main link').href.includes('example')"
            } else if name.contains("srcset") || name.contains("source") {
                "document.querySelector('main img').currentSrc.includes('example')"
            } else if name.contains("srcdoc") {
                "document.querySelector('iframe').contentDocument?.querySelector('img')?.naturalWidth"
            } else if name.contains("picture") {
                "document.querySelector('main img').naturalWidth"
            } else if name.contains("style") {
                "!!document.querySelector('main link').sheet"
            } else {
                "document.querySelector('iframe, embed').src.includes('example') && told.includes('load')"
            };
            stage.until(what).await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_says_itself_what_it_waits_for_follows_its_mark() {
    let dist = dist();
    setting(
        &dist,
        "<script data-doui=\"necessary\" src=\"//a.pixel.example/none.js?necessary\"></script>",
        "<script type=\"text/plain\" data-doui=\"traffic\" src=\"//a.pixel.example/none.js?traffic\"></script>",
    )
    .file("none.js", "ran.push(document.currentScript.src.split('?')[1])")
    .play(async |stage| {
        stage.open("/declared.html").await;
        stage.until("ran.includes('necessary')").await;
        stage.run::<()>("doui.save({ traffic: true, ads: false })", vec![]).await;
        stage.until("ran.includes('traffic')").await;
    })
    .await;
}
