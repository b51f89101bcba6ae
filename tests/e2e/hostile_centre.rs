//! The preference centre before who can write cookies, storage, an address or a file, and wants it to stand still or to
//! run something.

use std::fs;

use doui_tests::{Door, Engine, Setting, Stage};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::routes::open;

/// A host whose domain can be set cookies for.
const WWW: &str = "//www.yotsuyu.co.jp";

/// What would run if it were markup anywhere.
const MARKUP: &str = "<img/src/onerror=window.ran=1>";

/// Counts how often the page writes a cookie.
const COUNTING: &str = "{
    window.writes = 0;
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(Document.prototype, 'cookie', { get, set(text) { writes++; set.call(this, text) } });
}";

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_and_an_address_of_thousands_of_parts_froze_the_centre() {
    Setting::demo()
        .before(COUNTING)
        .play(async |stage| {
            open(stage, &format!("{WWW}/doui/")).await;
            stage.press(Door::Centre, "reject").await;
            stage.until("document.cookie.includes('.ads0')").await;
            // The first has a name; the second has none, and only looks like it.
            for cookie in ["_ga=1; Path=/doui/x/x/x", "_ga; Path=/"] {
                let write = format!("document.cookie = {cookie:?}");
                stage.call(&write).await;
            }
            stage.expect_complaint("404");
            open(stage, &format!("{WWW}/doui{}", "/x".repeat(4_000))).await;
            stage.until("!document.cookie.includes('_ga=1')").await;
            stage.until_quiet().await;
            let writes: u32 = stage.value("writes").await;
            // At 32 paths, three domains and two partitions, 192 for each cookie, and some to look for others.
            assert!(writes < 1_000, "{writes} writes");
            // What is nobody's stays, and is not tried again.
            if Engine::of_this_run() == Engine::Chromium {
                let left: String = stage.value("document.cookie").await;
                assert!(left.split("; ").any(|pair| pair == "_ga"), "{left}");
            }
            stage.call("dispatchEvent(new Event('focus')); document.dispatchEvent(new Event('visibilitychange'))").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<u32>("writes").await, writes);
        })
        .await;
}

/// A record whose history nobody but a forger writes.
const FORGED: &str = "(() => {
    const choices = { auth: true, ads: false, traffic: true, affiliate: false };
    const entry = (at) => ({ revision: '20231201', at, choices, by: 'api', lang: 'ja', gpc: false });
    const now = Math.floor(Date.now() / 1000);
    const history = Array.from({ length: 32000 }, (_, n) => entry(now - 32000 + n));
    return { v: 1, ...entry(now), history };
})()";

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_history_of_thousands_took_the_history_page_many_seconds() {
    let folder = TempDir::new().expect("a temporary folder");
    let has_twenty = "document.querySelectorAll('main li.card').length == 20";
    Setting::demo()
        .play(async |stage| {
            stage.open("/doui/history").await;
            let record: Value = stage.value(FORGED).await;
            let keep = "localStorage.doui = JSON.stringify(arguments[0])";
            stage.run::<()>(keep, vec![record.clone()]).await;
            open(stage, "/doui/history").await;
            stage.until(has_twenty).await;

            // The same from a file.
            stage.clear().await;
            open(stage, "/doui/history").await;
            let file = folder.path().join("doui-history.json");
            fs::write(&file, json!({ "record": record }).to_string())
                .expect("the temporary folder takes files");
            let input = stage
                .element("document.querySelector('main input[type=file]')")
                .await;
            let given = input
                .send_keys(file.to_str().expect("a path is text"))
                .await;
            given.expect("the field takes a file");
            stage.until(has_twenty).await;
            let kept: usize = stage
                .value("JSON.parse(localStorage.doui).history.length")
                .await;
            assert_eq!(kept, 20);
        })
        .await;
}

/// How long it takes, in milliseconds, from an act until an expression is true in a frame that was painted.
async fn time(stage: &Stage, act: &str, is_done: &str) -> f64 {
    stage
        .value(&format!(
            "new Promise(done => {{
                 const began = performance.now();
                 {act};
                 (function look() {{
                     if ({is_done}) requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
                     else requestAnimationFrame(look);
                 }})();
             }})"
        ))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_cookies_and_keys_leave_the_page_usable() {
    Setting::demo()
        .alone()
        .play(async |stage| {
            open(stage, &format!("{WWW}/doui/")).await;
            stage.press(Door::Centre, "accept").await;
            stage.until("document.cookie.includes('.ads1')").await;
            // No browser keeps more than 180 cookies of a domain.
            stage
                .call(
                    "for (let n = 0; n < 170; n++) document.cookie = `_ga_${n}=${'v'.repeat(20)}; Path=/`;
                     for (let n = 0; n < 900; n++) (n % 2 ? localStorage : sessionStorage)[`key ${n}`] = 'v'.repeat(200)",
                )
                .await;
            open(stage, &format!("{WWW}/doui/cookies")).await;
            let count = "document.querySelectorAll('li.card').length";
            stage.until(&format!("{count} > 1000")).await;
            let all: usize = stage.value(count).await;
            let shown = stage.value::<f64>("performance.now()").await;
            let button = |place: usize| format!("[...document.querySelectorAll('li.card')].at(-1).querySelectorAll('button')[{place}]");
            let show = time(stage, &format!("{}.click()", button(0)), &format!("{}.textContent == '値を隠す'", button(0))).await;
            let one = time(stage, &format!("{}.click()", button(1)), &format!("{count} == {}", all - 1)).await;
            let group = "[...document.querySelectorAll('[data-doui-live=cookies] section')].find(it => it.textContent.includes('_ga_'))";
            let cookies = time(stage, &format!("{group}.querySelector(':scope > .acts button').click()"), &format!("!{group}")).await;
            let group = "[...document.querySelectorAll('[data-doui-live=cookies] section')].find(it => it.textContent.includes('key 1'))";
            let keys = time(stage, &format!("{group}.querySelector(':scope > .acts button').click()"), &format!("!{group}")).await;
            let told = format!("shown at {shown:.0} ms; a value {show:.0}, one deleted {one:.0}, 170 cookies {cookies:.0}, 899 keys {keys:.0} ms");
            println!("{told}");
            assert!(show < 500.0 && one < 1_000.0 && cookies < 3_000.0 && keys < 1_000.0, "{told}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_that_is_markup_or_a_name_of_all_objects_is_read_as_a_text() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/developers").await;
            let live = "document.querySelector('[data-doui-live=state]')";
            for condition in [
                MARKUP,
                "__proto__",
                "constructor",
                "!toString/valueOf",
                "a/b/c",
                "/",
                "!!ads",
                "\u{202E}sda",
                "${ads}",
                "]]>",
                "'\"`",
                "\u{1F36A}",
            ] {
                stage
                    .run::<()>(
                        &format!(
                            "const field = {live}.querySelector('input[type=text]'); field.value = arguments[0];
                             field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))"
                        ),
                        vec![json!(condition)],
                    )
                    .await;
                let unknown = condition.strip_prefix('!').unwrap_or(condition);
                let told = json!(format!("shop.jsonにない目的です：{unknown}"));
                stage
                    .until(&format!("{live}.querySelector('[role=status]').textContent.trim().endsWith({told}.trim())"))
                    .await;
            }
            // What is very long is answered too.
            let long = format!("{live}.querySelector('input[type=text]').value = 'ads '.repeat(100000) + 'last';
                {live}.querySelector('input[type=text]').dispatchEvent(new InputEvent('input', {{ bubbles: true }}))");
            stage.call(&long).await;
            stage.until(&format!("{live}.querySelector('[role=status]').textContent.endsWith('last')")).await;
            let made: (bool, usize) = stage
                .value(&format!("['ran' in window, {live}.querySelectorAll('img').length]"))
                .await;
            assert_eq!(made, (false, 0));
        })
        .await;
}
