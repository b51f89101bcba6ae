//! `"hold": "declared"`: tags that nobody marked wait too, if a service declares their host. Hosts under `.example` are played by
//! the tests' own server, and what was asked of them is written down.

mod asked;
mod guests;
mod inserted;
mod parsed;
mod undone;

use doui_tests::{Setting, Stage, built};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The tests' shop, whose services are a tag manager, a player of films, a pixel and a chat.
fn shop() -> Value {
    let service = |id: &str, purpose: &str, host: &str| {
        json!({ "id": id, "purpose": purpose, "label": { "ja": id, "en": id },
                "hosts": { "value": [host], "source": "見本", "checked": "2026-01-05" } })
    };
    let mut shop = built::shop();
    shop["hold"] = json!("declared");
    shop["services"] = json!([
        service("manager", "ads", "tags.example"),
        service("films", "traffic", "films.example"),
        service("pixel", "ads", "*.pixel.example"),
        service("chat", "affiliate", "chat.example"),
    ]);
    shop
}

fn dist() -> TempDir {
    built::stamped(&shop())
}

/// What stands in for the services' files, and a page around `head` and `body`.
fn setting(dist: &TempDir, head: &str, body: &str) -> Setting {
    page(
        Setting::fixtures().dist(dist.path()).without_policy(),
        "<script src=\"/doui/doui.js\"></script>",
        head,
        body,
    )
}

/// The same in a setting, with another tag of `doui.js`.
fn page(setting: Setting, doui: &str, head: &str, body: &str) -> Setting {
    setting
        .file("manager.js", MANAGER)
        .file("second.js", SECOND)
        .file("chat.js", "ran.push('chat'); document.body.insertAdjacentHTML('beforeend', '<iframe src=\"//chat.example/frame.html?chat\"></iframe>');")
        .file("module.mjs", "ran.push('module');")
        .file(
            "declared.html",
            format!(
                "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>無印</title>\
                 <link rel=\"icon\" href=\"data:,\"><script>window.ran = []; window.told = [];</script>{doui}{head}</head>\
                 <body><main><h1>無印</h1></main>{body}</body></html>"
            ),
        )
}

/// A tag manager, which inserts a tag that inserts a tag.
const MANAGER: &str = "ran.push('manager');
{
const script = document.createElement('script');
script.async = true;
script.src = '//tags.example/second.js';
document.getElementsByTagName('script')[0].parentNode.insertBefore(script, document.getElementsByTagName('script')[0]);
}";

const SECOND: &str = "ran.push('second'); new Image().src = '//b.pixel.example/dot.svg?second';";

/// What was asked of other hosts.
fn asked(stage: &Stage) -> Vec<String> {
    let mut asked = stage.requests();
    asked.retain(|path| path.starts_with("//"));
    asked
}

/// Awaits that whatever was going to be asked for has been.
async fn settle(stage: &Stage) {
    stage.until_quiet().await;
    let ask = "fetch('/witness.js?' + Math.random()).then(() => new Promise(done => setTimeout(done, 50)))";
    stage.run::<()>(&format!("return {ask}"), vec![]).await;
    stage.until_quiet().await;
}

async fn nothing_is_asked(stage: &Stage) {
    settle(stage).await;
    assert_eq!(asked(stage), [""; 0]);
}
