//! Cookies, records and markup without measure: they take the page no time worth mentioning.

use doui_tests::{Ability, Setting, Stage};
use serde_json::json;

use super::page;

/// Where a page lies deeper than a sweep goes.
const DEEP: &str = "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/page.html";

/// A page that runs `script` before all others.
fn page_after(script: &str, body: &str) -> String {
    page(body).replacen("<script", &format!("<script>{script}</script><script"), 1)
}

/// Begins to note the tasks that kept the page. What was wrong took from a tenth of a second to five; this machine may be
/// busy with something else for some part of that.
const TASKS: &str = "window.tasks = [];
    new PerformanceObserver(list => list.getEntries().forEach(frame => frame.scripts.forEach(
        ({ invoker, duration }) => duration > 100 && tasks.push([invoker, duration]))))
        .observe({ type: 'long-animation-frame', buffered: true });";

/// What kept the page, and for how many milliseconds, once the clock of Doui has struck a few times.
async fn blocking(stage: &Stage) -> Vec<(String, f64)> {
    stage
        .until("performance.now() > (window.endAt ??= performance.now() + 3500)")
        .await;
    stage.value("tasks").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_without_a_name_and_a_long_path_froze_the_page() {
    let path = format!("/{}page.html", "a/".repeat(4_000));
    // Such a path does not fit the file system: the page goes there without asking for it.
    let html = page_after(
        &format!("{TASKS}; history.replaceState(null, '', location.hash.slice(1))"),
        "<p>x</p>",
    );
    Setting::fixtures()
        .without_policy()
        .needs(Ability::FrameTimes)
        .alone()
        .file("page.html", html)
        .play(async |stage| {
            stage.open("/page.html").await;
            stage
                .call("document.cookie = '_ga; Path=/'; document.cookie = '_gat=1; Path=/a'; doui.rejectAll()")
                .await;
            stage.open(&format!("/page.html?again#{path}")).await;
            let blocking = blocking(stage).await;
            assert!(blocking.is_empty(), "{blocking:?}");
            let left: Vec<String> = stage.value("doui.state.leftovers").await;
            assert!(!left.contains(&"_ga".to_owned()), "{left:?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_that_outlasts_a_sweep_was_tried_again_each_second() {
    let html = page_after(
        "window.tries = [];
             const jar = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
             Object.defineProperty(Document.prototype, 'cookie', { configurable: true, get() { return jar.get.call(this) },
                 set(text) { if (/^_ga(=|_X=);/.test(text)) tries.push(performance.now()); jar.set.call(this, text) } })",
        "<p>x</p>",
    );
    Setting::fixtures()
        .without_policy()
        .file(DEEP, html)
        .play(async |stage| {
            stage.open(&format!("/{DEEP}")).await;
            stage
                .call("document.cookie = `_ga=1; Path=${location.pathname}`; doui.rejectAll()")
                .await;
            stage
                .until("performance.now() > (window.endAt ??= performance.now() + 1500)")
                .await;
            let left: Vec<String> = stage.value("doui.state.leftovers").await;
            assert_eq!(left, ["_ga"]);
            let before: usize = stage.value("tries.length").await;
            assert!(before > 0);
            stage.until("performance.now() > endAt + 2500").await;
            assert_eq!(
                stage.value::<usize>("tries.length").await,
                before,
                "it is left alone"
            );
            // Another of its name is not.
            stage.call("document.cookie = '_ga=2; Path=/'").await;
            stage.until("!document.cookie.includes('_ga=2')").await;
            // Nor is it once the state has changed.
            stage
                .call("tries.length = 0; doui.acceptAll(); doui.rejectAll()")
                .await;
            stage.until("tries.length").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_thirty_thousand_entries_kept_the_page() {
    let decision = json!({
        "revision": "20231201", "at": 1_764_000_000, "choices": { "auth": true, "ads": false, "traffic": true, "affiliate": false },
        "by": "banner", "lang": "ja", "gpc": false,
    });
    Setting::fixtures()
        .without_policy()
        .needs(Ability::FrameTimes)
        .alone()
        .file("page.html", page_after(TASKS, "<p>x</p>"))
        .play(async |stage| {
            stage.open("/page.html").await;
            stage
                .run::<()>(
                    "const record = { v: 1, ...arguments[0], history: Array(32000).fill(arguments[0]) };
                     record.at = Math.floor(Date.now() / 1000) - 60;
                     localStorage.setItem('doui', JSON.stringify(record))",
                    vec![decision],
                )
                .await;
            stage.reload().await;
            let blocking = blocking(stage).await;
            assert!(blocking.is_empty(), "{blocking:?}");
            assert!(stage.value::<bool>("doui.allows('traffic')").await);
            // The next decision keeps twenty.
            stage.call("doui.rejectAll()").await;
            let kept: usize = stage.value("JSON.parse(localStorage.getItem('doui')).history.length").await;
            assert_eq!(kept, 20);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_unknown_names_were_a_warning_each() {
    let names: String = (0..100_000).map(|n| format!("!x{n} ")).collect();
    let more: String = (0..2_000)
        .map(|n| format!("<img alt=x data-doui=\"y{n}\" data-src=\"data:,\">"))
        .collect();
    Setting::fixtures()
        .without_policy()
        .needs(Ability::FrameTimes)
        .alone()
        .file(
            "page.html",
            page_after(
                TASKS,
                &format!("<img alt=x data-doui=\"{names}\" data-src=\"data:,\">{more}"),
            ),
        )
        .play(async |stage| {
            stage.open("/page.html").await;
            stage.call("doui.rejectAll()").await;
            stage.until_quiet().await;
            let told: usize = stage.value("witness.warnings.length").await;
            assert!(told > 0 && told <= 20, "{told} warnings");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_cookies_keep_no_page() {
    Setting::fixtures()
        .without_policy()
        .needs(Ability::FrameTimes)
        .alone()
        .file("a/b/page.html", page_after(TASKS, "<p>x</p>"))
        .play(async |stage| {
            stage.open("/a/b/page.html").await;
            stage
                .call(
                    "for (let n = 0; n < 1000; n++) document.cookie = `_ga_${n}=1; Path=/`;
                     doui.rejectAll()",
                )
                .await;
            stage.until("!document.cookie.includes('_ga_')").await;
            let blocking = blocking(stage).await;
            println!("{blocking:?}");
            assert!(
                blocking.iter().all(|(_, took)| *took < 200.0),
                "{blocking:?}"
            );
        })
        .await;
}
