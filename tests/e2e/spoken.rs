//! What a screen reader says of what Doui shows, in a file a language: `tests/spoken/ja.txt`, …; and what it meets on a whole page,
//! in order: `tests/spoken/page-ja.txt`, …. People read these from top to bottom; the tests see that they are what is said.

use std::{env, fs, path::Path};

use doui_tests::{Ability, Door, Setting, Stage, built};
use serde_json::{Value, json};

/// The environment variable that has the test write the files.
const WRITE: &str = "DOUI_WRITE_SPOKEN";

/// Walks from the start of a part to its end.
const WALK: &str = "
    const { virtual } = window.guest;
    const part = PART;
    await virtual.start({ container: part });
    const said = [];
    const first = await virtual.lastSpokenPhrase();
    const start = virtual.activeNode;
    for (let phrase = first; said.length < 400; phrase = await virtual.lastSpokenPhrase()) {
        if (said.length && phrase == first && virtual.activeNode == start) break;
        said.push(phrase);
        await virtual.next();
    }
    await virtual.stop();
    return said.join('\\n')";

/// What is said of a part of the page, under a title.
async fn walk(stage: &Stage, title: &str, part: &str) -> String {
    stage.until(part).await;
    let said: String = stage
        .value(&format!(
            "(async () => {{ {} }})()",
            WALK.replace("PART", part)
        ))
        .await;
    format!("== {title} ==\n{said}\n\n")
}

async fn open(stage: &Stage, path: &str, lang: &str) {
    let reader = built::guests().join("screen-reader.js");
    let reader = fs::read_to_string(reader).expect("it is bundled");
    stage.open(path).await;
    stage
        .call(&format!(
            "{reader}\nwindow.guest = guest; document.documentElement.lang = '{lang}'"
        ))
        .await;
}

async fn said(stage: &Stage, lang: &str) -> String {
    let banner = format!("{}.querySelector('section')", Door::Banner.root());
    let mut text = String::new();
    stage.clear().await;
    open(stage, "/spoken.html", lang).await;
    stage.until_banner_shows().await;
    stage
        .until(&format!(
            "document.querySelector('#doui-banner')?.lang == '{lang}'"
        ))
        .await;
    text += &walk(stage, "the banner", &banner).await;
    stage.press(Door::Banner, "settings").await;
    text += &walk(
        stage,
        "its settings",
        &format!("{}.querySelector('.settings')", Door::Banner.root()),
    )
    .await;
    text += &walk(
        stage,
        "a held frame",
        "document.querySelector('doui-placeholder')?.shadowRoot.querySelector('section')",
    )
    .await;
    stage.press(Door::Banner, "accept").await;
    stage.until_requested("/tag.js").await;
    stage.until("window.isIn").await;
    stage.call("doui.open()").await;
    text += &walk(stage, "the banner of who has decided", &banner).await;
    stage.press(Door::Banner, "reject").await;
    text += &walk(
        stage,
        "the offer",
        "[document.querySelector('doui-offer')].find(it => it?.hidden === false)?.shadowRoot.querySelector('section')",
    )
    .await;
    let news: String = stage
        .value("document.querySelector('doui-news').shadowRoot.querySelector('[role=status]').textContent")
        .await;
    text += &format!("== what is said at that moment ==\n{news}\n\n");
    stage.clear().await;
    let centre = if lang == "ja" { "/doui/" } else { "/doui/en/" };
    open(stage, centre, lang).await;
    stage.until_alive().await;
    text += &walk(
        stage,
        "the choices of the centre",
        "document.querySelector('[data-doui-live=choices]')",
    )
    .await;
    text
}

/// Holds a file of `tests/spoken` to what is said now, or writes it.
fn hold(name: &str, now: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("spoken")
        .join(name);
    if env::var_os(WRITE).is_some() {
        return fs::write(&file, now).expect("the file can be written");
    }
    let before = fs::read_to_string(&file).unwrap_or_default();
    let line = now.lines().zip(before.lines());
    let line = line.take_while(|(now, before)| now == before).count() + 1;
    assert!(
        now == before,
        "tests/spoken/{name}:{line}: a screen reader says something else now. Write the files anew with `{WRITE}=1`, and read \
         what changed:\n{now}"
    );
}

/// What takes part in no reading: boxes of lines, and elements that say nothing themselves.
const MUTE: [&str; 6] = [
    "InlineTextBox",
    "LineBreak",
    "ListMarker",
    "generic",
    "none",
    "Section",
];

/// The states that a screen reader says, of those that Chromium tells.
const STATES: [&str; 5] = ["checked", "disabled", "expanded", "level", "live"];

/// One line for each node of Chromium's accessibility tree below one, in order, each as deep as it stands.
fn tell(nodes: &[Value], id: &Value, depth: usize, text: &mut String) {
    let Some(node) = nodes.iter().find(|node| node["nodeId"] == *id) else {
        return;
    };
    let of = |key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
    let (role, name) = (of("role"), of("name"));
    let is_told = node["ignored"] != true && !MUTE.contains(&role.as_str());
    // Text says what its element is called, once.
    let is_repeated = role == "StaticText"
        && text
            .lines()
            .last()
            .is_some_and(|line| line.contains(&format!("\"{name}\"")));
    if is_told && !is_repeated {
        *text += &"  ".repeat(depth);
        *text += if role == "StaticText" { "text" } else { &role };
        if !name.is_empty() {
            *text += &format!(" {name:?}");
        }
        let states = node["properties"].as_array().into_iter().flatten();
        for state in states {
            let called = state["name"].as_str().unwrap_or_default();
            // Chromium says of lists how deep they are; of headings people hear it.
            if STATES.contains(&called) && (called != "level" || role == "heading") {
                *text += &format!(", {called} {}", state["value"]["value"]);
            }
        }
        let description = of("description");
        if !description.is_empty() {
            *text += &format!(", described as {description:?}");
        }
        text.push('\n');
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        tell(nodes, child, depth + usize::from(is_told), text);
    }
}

/// The whole page, from its first to its last stop.
async fn whole(stage: &Stage, title: &str) -> String {
    stage.until_quiet().await;
    let tree = stage
        .driver()
        .cdp()
        .send_raw("Accessibility.getFullAXTree", json!({}))
        .await;
    let tree = tree.expect("Chromium tells its tree");
    let nodes = tree["nodes"].as_array().expect("it is a list");
    let mut text = format!("== {title} ==\n");
    tell(nodes, &nodes[0]["nodeId"], 0, &mut text);
    text.push('\n');
    // When it was chosen is another time each time.
    let lines = text.lines().map(|line| {
        let is_dated = line.contains("doui=") || line.contains("20") && line.contains(':');
        if !is_dated {
            return line.to_owned();
        }
        let mut pieces = line.split(|letter: char| letter.is_ascii_digit());
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |line, piece| {
            // However many digits stand together are one.
            let zero = if line.ends_with('0') { "" } else { "0" };
            line + zero + piece
        })
    });
    lines.map(|line| line + "\n").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_page_is_met_in_the_order_that_is_written_down() {
    Setting::demo()
        .needs(Ability::DevTools)
        .play(async |stage| {
            for (lang, centre) in [("ja", "/doui/"), ("en", "/doui/en/")] {
                stage.open("/").await;
                stage.clear().await;
                stage.open_until_asked("/").await;
                stage
                    .call(&format!("document.documentElement.lang = '{lang}'"))
                    .await;
                stage
                    .until(&format!(
                        "document.querySelector('#doui-banner')?.lang == '{lang}'"
                    ))
                    .await;
                stage.until("document.querySelector('doui-news')").await;
                let mut text = whole(stage, "a page of the shop, nothing decided").await;
                stage.press(Door::Banner, "reject").await;
                stage.until_banner_is_gone().await;
                text += &whole(stage, "the same, everything refused").await;
                stage.clear().await;
                stage.open(&format!("{centre}opt-out")).await;
                stage.until_alive().await;
                text += &whole(stage, "a page of the centre, nothing decided").await;
                stage.open(centre).await;
                stage.until_alive().await;
                text += &whole(stage, "the choices, nothing decided").await;
                hold(&format!("page-{lang}.txt"), &text);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_reader_says_what_is_written_down() {
    Setting::fixtures()
        .without_policy()
        .file(
            "spoken.html",
            "<!doctype html><html><meta charset=utf-8><title>お店</title><link rel=icon href=\"data:,\">
             <script>window.ran = []</script><script src=/doui/doui.js></script>
             <iframe title=\"店への地図\" width=400 height=300 data-doui=ads data-doui-src=/frame.html></iframe>
             <script type=text/plain data-doui=traffic src=/tag.js></script>
             <script type=text/plain data-doui=traffic>window.isIn = true</script>",
        )
        .play(async |stage| {
            stage.open("/spoken.html").await;
            for lang in ["ja", "en"] {
                hold(&format!("{lang}.txt"), &said(stage, lang).await);
            }
        })
        .await;
}
