//! What a screen reader says of what Doui shows, in a file a language: `tests/spoken/ja.txt`, …. People read these from top to
//! bottom; the test sees that they are what is said.

use std::{env, fs, path::Path};

use doui_tests::{Door, Setting, Stage, built};

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
        .run::<()>(
            &format!("{reader}\nwindow.guest = guest; document.documentElement.lang = '{lang}'"),
            vec![],
        )
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
    stage.run::<()>("doui.open()", vec![]).await;
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
                let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("spoken/{lang}.txt"));
                let now = said(stage, lang).await;
                if env::var_os(WRITE).is_some() {
                    fs::write(&file, now).expect("the file can be written");
                    continue;
                }
                let before = fs::read_to_string(&file).unwrap_or_default();
                let line = now.lines().zip(before.lines());
                let line = line.take_while(|(now, before)| now == before).count() + 1;
                assert!(
                    now == before,
                    "tests/spoken/{lang}.txt:{line}: a screen reader says something else now. Write the files anew with \
                     `{WRITE}=1`, and read what changed:\n{now}"
                );
            }
        })
        .await;
}
