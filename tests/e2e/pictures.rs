//! The pictures of README.md and the docs, taken from the real thing by `cargo xtask pictures`. Beside each lies a list of the
//! texts in it and their boxes; the test takes that anew, and fails when a picture no longer shows what Doui shows.

use std::{env, fs, path::PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use doui_tests::{Ability, Setting, Stage, built};
use serde_json::{Value, json};

/// The environment variable that has the test take the pictures.
const TAKE: &str = "DOUI_TAKE_PICTURES";

/// The font of the pictures: boxes are another font's where it is missing.
const FONT: &str = "Noto Sans CJK JP";

/// How many bytes all pictures may have together.
const MOST: u64 = 400_000;

/// By how many pixels a box may differ: fonts of another version round otherwise.
const SLACK: i64 = 3;

struct Picture {
    name: &'static str,
    path: &'static str,
    lang: &'static str,
    width: u32,
    height: u32,
    is_dark: bool,
    /// What is done before it is taken.
    act: &'static str,
}

const PHONE: (u32, u32) = (390, 844);
const DESKTOP: (u32, u32) = (1280, 800);

const fn picture(
    name: &'static str,
    (path, lang): (&'static str, &'static str),
    (width, height): (u32, u32),
    is_dark: bool,
    act: &'static str,
) -> Picture {
    Picture {
        name,
        path,
        lang,
        width,
        height,
        is_dark,
        act,
    }
}

const PICTURES: [Picture; 6] = [
    picture("banner-phone", ("/", "ja"), PHONE, false, ""),
    picture(
        "settings-phone-dark",
        ("/", "ja"),
        PHONE,
        true,
        "doui.open()",
    ),
    picture("banner-desktop-dark", ("/", "en"), DESKTOP, true, ""),
    picture(
        "placeholder",
        ("/item.html", "ja"),
        PHONE,
        false,
        "doui.close(); document.querySelector('.film').scrollIntoView({ block: 'center' })",
    ),
    picture("centre-desktop", ("/doui/", "ja"), DESKTOP, false, ""),
    picture("centre-phone-dark", ("/doui/en/", "en"), PHONE, true, ""),
];

/// The texts in the window, from its top to its bottom, each with its box: left, top, width, height.
const TEXTS: &str = "
    const found = [];
    const look = root => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.shadowRoot) look(node.shadowRoot);
            const text = node.nodeType == 3 ? node.data.trim().replace(/\\s+/g, ' ') : '';
            if (!text || !node.parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const { left, top, width, height } = range.getBoundingClientRect();
            if (width < 2 || height < 2 || top >= innerHeight || top + height <= 0 || left >= innerWidth) continue;
            found.push([text, ...[left, top, width, height].map(Math.round)]);
        }
    };
    look(document);
    return found";

fn folder() -> PathBuf {
    built::root().join("docs/pictures")
}

/// Has the window look like a picture's.
async fn pose(stage: &Stage, picture: &Picture) {
    let tools = stage.driver().cdp();
    let scheme = if picture.is_dark { "dark" } else { "light" };
    let scale = if picture.width < 500 { 2 } else { 1 };
    for (command, parameters) in [
        (
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": picture.width, "height": picture.height, "deviceScaleFactor": scale, "mobile": false }),
        ),
        (
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }] }),
        ),
        ("Emulation.setScrollbarsHidden", json!({ "hidden": true })),
    ] {
        let told = tools.send_raw(command, parameters).await;
        told.expect("Chromium takes it");
    }
    stage.open(picture.path).await;
    stage.clear().await;
    stage.open(picture.path).await;
    if picture.path.starts_with("/doui/") {
        stage.until_alive().await;
    } else {
        stage
            .call(&format!(
                "document.documentElement.lang = '{}'",
                picture.lang
            ))
            .await;
        stage
            .until(&format!(
                "document.querySelector('#doui-banner')?.lang == '{}'",
                picture.lang
            ))
            .await;
        stage.until_banner_shows().await;
    }
    stage.call(picture.act).await;
    if picture.name == "placeholder" {
        stage
            .until("document.querySelector('doui-placeholder')")
            .await;
    }
    stage
        .until("[...document.images].every(image => image.complete || image.loading == 'lazy')")
        .await;
    stage.until_quiet().await;
}

type Text = (String, i64, i64, i64, i64);

/// The list of a picture: a line that says how it was taken, then one for each text.
fn list(picture: &Picture, texts: &[Text]) -> String {
    let scheme = if picture.is_dark { "dark" } else { "light" };
    let mut list = format!(
        "{} · {} × {} · {} · {scheme} · {FONT}\n",
        picture.path, picture.width, picture.height, picture.lang
    );
    for (text, left, top, width, height) in texts {
        list += &format!("{left} {top} {width} {height} {text}\n");
    }
    list
}

/// A line's numbers and its text.
fn parsed(line: &str) -> (Vec<i64>, &str) {
    let mut parts = line.splitn(5, ' ');
    let numbers = parts.by_ref().take(4).flat_map(str::parse).collect();
    (numbers, parts.next().unwrap_or(line))
}

/// The first line in which two lists differ.
fn difference(now: &str, before: &str) -> Option<String> {
    let is_alike = |now: &str, before: &str| {
        let ((a, text), (b, other)) = (parsed(now), parsed(before));
        let is_near = a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= SLACK);
        now == before || text == other && a.len() == b.len() && is_near
    };
    let (mut now, mut before) = (now.lines(), before.lines());
    loop {
        match (now.next(), before.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) if is_alike(a, b) => {}
            (a, b) => return Some(format!("it shows {a:?}, and the picture {b:?}")),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_picture_shows_what_doui_shows() {
    Setting::demo()
        .needs(Ability::DevTools)
        .play(async |stage| {
            stage.open("/").await;
            let has_font: bool = stage
                .value(&format!(
                    "(width => width('\"{FONT}\", monospace') != width('monospace'))(font => {{
                        const pen = document.createElement('canvas').getContext('2d');
                        pen.font = `40px ${{font}}`;
                        return pen.measureText('同意 Doui').width;
                    }})"
                ))
                .await;
            assert!(has_font, "the pictures need the font {FONT}: install it (Debian: `apt-get install fonts-noto-cjk`)");
            let is_taking = env::var_os(TAKE).is_some();
            for picture in &PICTURES {
                pose(stage, picture).await;
                let texts: Vec<Text> = stage.run(TEXTS, vec![]).await;
                assert!(texts.len() > 5, "{}: {texts:?}", picture.name);
                let now = list(picture, &texts);
                let file = folder().join(picture.name);
                if is_taking {
                    let shot = json!({ "format": "webp", "quality": 80 });
                    let shot: Value = stage.driver().cdp().send_raw("Page.captureScreenshot", shot).await.expect("Chromium takes it");
                    let bytes = shot["data"].as_str().expect("there is a picture");
                    fs::create_dir_all(folder()).expect("the folder can be made");
                    fs::write(file.with_extension("webp"), BASE64_STANDARD.decode(bytes).expect("it is Base64")).expect("the picture can be written");
                    fs::write(file.with_extension("txt"), now).expect("the list can be written");
                    continue;
                }
                let before = fs::read_to_string(file.with_extension("txt")).unwrap_or_default();
                if let Some(difference) = difference(&now, &before) {
                    panic!("docs/pictures/{}.webp: {difference}. Take the pictures anew: `cargo xtask pictures`", picture.name);
                }
            }
        })
        .await;
}

#[test]
fn the_pictures_are_small_and_shown() {
    let readme = fs::read_to_string(built::root().join("README.md")).expect("there is a README");
    let docs = fs::read_dir(built::root().join("docs")).expect("there are docs");
    let docs = docs.filter_map(|file| fs::read_to_string(file.ok()?.path()).ok());
    let pages: String = docs.chain([readme]).collect();
    let mut all = 0;
    for Picture { name, .. } in &PICTURES {
        let file = folder().join(name).with_extension("webp");
        let file = fs::metadata(&file)
            .unwrap_or_else(|e| panic!("{name}: {e}; `cargo xtask pictures` takes it"));
        all += file.len();
        assert!(
            pages.contains(&format!("pictures/{name}.webp")),
            "no page shows {name}"
        );
    }
    assert!(
        all <= MOST,
        "the pictures have {all} of {MOST} bytes together"
    );
}
