//! Simplified and Traditional Chinese: each reads its own, by its own file.

use doui_tests::{Setting, built, page_in};
use serde_json::{Value, json};

/// The first shop with these further languages.
fn shop(more: &[&str]) -> Value {
    let mut shop = built::shop();
    let all = ["zh", "zh-Hant", "ko", "vi"];
    for lang in all.into_iter().filter(|lang| !more.contains(lang)) {
        forget(&mut shop, lang);
    }
    shop["more_languages"] = json!(more);
    shop
}

/// Takes the texts in a language away.
fn forget(value: &mut Value, lang: &str) {
    match value {
        Value::Object(object) => {
            object.remove(lang);
            object.values_mut().for_each(|value| forget(value, lang));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| forget(value, lang)),
        _ => {}
    }
}

fn page(lang: &str) -> String {
    page_in(
        lang,
        r#"<script src="/before.js"></script><script src="/doui/doui.js"></script>"#,
        "<main><h1>店</h1></main>",
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_traditional_chinese_loaded_the_simplified_words() {
    Setting::fixtures()
        .doui(built::stamped(&shop(&["zh", "zh-Hant", "ko", "vi"])))
        .before("")
        .file("hant.html", page("zh-Hant"))
        .file("taiwan.html", page("zh-TW"))
        .file("hong-kong.html", page("zh-hant-HK"))
        .file("mainland.html", page("zh-CN"))
        .file("chinese.html", page("zh"))
        .play(async |stage| {
            for (path, lang) in [
                ("/hant.html", "zh-Hant"),
                ("/taiwan.html", "zh-Hant"),
                ("/hong-kong.html", "zh-Hant"),
                ("/mainland.html", "zh"),
                ("/chinese.html", "zh"),
            ] {
                stage.forget_requests();
                stage.open_until_asked(path).await;
                let shown: String = stage
                    .value("document.querySelector('#doui-banner').lang")
                    .await;
                assert_eq!(shown, lang, "{path}");
                assert_eq!(
                    stage.requests_for("/doui/doui."),
                    ["/doui/doui.js".to_owned(), format!("/doui/doui.{lang}.js")]
                );
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_traditional_chinese_is_shown_no_simplified() {
    Setting::fixtures()
        .doui(built::stamped(&shop(&["zh", "ko", "vi"])))
        .file("taiwan.html", page("zh-TW"))
        // As Chromium has them for who asks for Taiwan's Chinese.
        .before("Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['zh-TW', 'zh', 'en-US', 'en'] })")
        .play(async |stage| {
            stage.open_until_asked("/taiwan.html").await;
            let shown: String = stage
                .value("document.querySelector('#doui-banner').lang")
                .await;
            assert_eq!(shown, "en");
            assert_eq!(stage.requests_for("/doui/doui."), ["/doui/doui.js"]);
        })
        .await;
}
