//! Tags held until allowed: nothing before, each once after, in document order, of every kind, under a strict policy.

use doui_tests::{Door, SCRIPTS, Setting, Stage, page};
use serde_json::Value;

use crate::{
    demo::{TAGS, ran, until_ran},
    routes::decide,
};

/// Nothing gated has run, loaded or left anything.
async fn nothing_ran(stage: &Stage) {
    stage.until_quiet().await;
    assert_eq!(ran(stage).await, [""; 0]);
    let fetched = stage.requests_for("/tags/");
    assert!(
        !fetched.iter().any(|path| path.ends_with(".js")),
        "{fetched:?}"
    );
    assert_eq!(stage.requests_with("frame"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_and_nothing_is_kept_before_a_choice() {
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            nothing_ran(stage).await;
            assert_eq!(stage.value::<String>("document.cookie").await, "");
            assert_eq!(stage.value::<u32>("localStorage.length").await, 0);
            stage.press(Door::Banner, "settings").await;
            nothing_ran(stage).await;
            assert_eq!(stage.value::<String>("document.cookie").await, "");
            assert_eq!(stage.value::<u32>("localStorage.length").await, 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_after_a_refusal_nor_on_a_reload_after_it() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "reject").await;
            stage.until_banner_is_gone().await;
            nothing_ran(stage).await;
            let jar: String = stage.value("document.cookie").await;
            assert!(jar.starts_with("doui=") && !jar.contains(';'), "{jar}");
            stage.reload().await;
            nothing_ran(stage).await;
            assert!(
                !stage.banner_shows().await,
                "a decided visitor is asked again"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accepting_runs_each_tag_once_in_document_order_without_a_reload() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.call("window.samePage = true").await;
            stage.press(Door::Banner, "accept").await;
            until_ran(stage, TAGS.len()).await;
            let mut all = ran(stage).await;
            // The page's order, as its author wrote it. The frame is a page of its own and comes when it comes.
            let written: Vec<String> = stage.value(TAGS_AS_WRITTEN).await;
            all.retain(|tag| tag != "ads:frame");
            assert_eq!(all, written);
            assert!(
                stage.value::<bool>("window.samePage").await,
                "the page was reloaded"
            );
            assert!(
                stage
                    .value::<String>("document.cookie")
                    .await
                    .contains("_ga=")
            );
            stage.reload().await;
            until_ran(stage, TAGS.len()).await;
            assert_eq!(
                ran(stage).await.len(),
                TAGS.len(),
                "each once after a reload too"
            );
        })
        .await;
}

/// What each script of the home page calls itself, read from the scripts in the order the document has them.
const TAGS_AS_WRITTEN: &str = "(async () => {
    const names = [];
    for (const script of document.querySelectorAll('script[data-doui]')) {
        const text = await (await fetch(script.getAttribute('data-doui-src') ?? script.src)).text();
        names.push(text.match(/demoRan \\|\\|= \\[\\]\\)\\.push\\(\"([^\"]*)\"\\)/)[1]);
    }
    return names;
})()";

#[tokio::test(flavor = "multi_thread")]
async fn taking_a_grant_back_stops_its_tags_from_the_next_page_on_and_empties_its_frames_at_once() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.press(Door::Banner, "accept").await;
            until_ran(stage, TAGS.len()).await;
            stage.call("doui.rejectAll()").await;
            stage
                .until(
                    "![...document.querySelectorAll('iframe[data-doui]')].some(frame => frame.src)",
                )
                .await;
            assert_eq!(ran(stage).await.len(), TAGS.len(), "refusing ran something");
            stage.reload().await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, [""; 0]);
        })
        .await;
}

async fn accept(stage: &Stage) {
    stage.answer("accept").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_run_in_document_order_though_one_is_slow_and_one_is_missing() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.expect_complaint("/missing.js");
            stage.open("/order.html").await;
            stage.hold("/tag.js?third");
            accept(stage).await;
            stage.until_requested("/tag.js?third").await;
            stage.until("ran.includes('second')").await;
            stage.until_quiet().await;
            let ran: Vec<String> = stage.value("ran.filter(name => name != 'free')").await;
            assert_eq!(
                ran,
                ["first", "second"],
                "something overtook the slow script"
            );
            stage.release("/tag.js?third");
            stage.until("ran.length == 7").await;
            let ran: Vec<String> = stage.value("ran.filter(name => name != 'free')").await;
            assert_eq!(
                ran,
                ["first", "second", "third", "fourth", "traffic", "fifth"]
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_grant_runs_only_what_it_adds() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/order.html").await;
            stage.call("doui.save({ traffic: true })").await;
            stage.until("ran.length == 1").await;
            stage.expect_complaint("/missing.js");
            stage.call("doui.save({ ads: true })").await;
            stage.until("ran.length == 7").await;
            stage.until_quiet().await;
            let ran: Vec<String> = stage.value("ran.filter(name => name != 'free')").await;
            assert_eq!(
                ran,
                ["traffic", "first", "second", "third", "fourth", "fifth"]
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_element_waits_for_its_purposes() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.expect_complaint("integrity");
            stage.open("/kinds.html").await;
            stage.until("document.querySelector('#without')").await;
            stage.until_quiet().await;
            let held = "[ran, document.querySelector('iframe').src, document.querySelector('img').currentSrc,
                document.querySelector('#stamped'), document.querySelector('link[data-doui]').sheet]";
            let before: Value = stage.value(held).await;
            assert_eq!(before, serde_json::json!([["not ads"], "", "", null, null]));

            stage.call("doui.save({ ads: true })").await;
            stage.until("['module', 'inline module', 'in template'].every(name => ran.includes(name))").await;
            stage.until("document.querySelector('iframe').contentDocument?.title == '枠の中'").await;
            stage.until("document.querySelector('img').currentSrc.endsWith('/dot.svg?one-dense')").await;
            stage.until("getComputedStyle(document.body).getPropertyValue('--styled')").await;
            stage.until("document.querySelector('#stamped')").await;
            stage.until("!document.querySelector('#without')").await;
            assert!(!stage.value::<bool>("ran.includes('both')").await, "it needs affiliate too");

            stage.call("doui.acceptAll()").await;
            stage.until("ran.includes('both')").await;
            stage.until_quiet().await;
            let mut ran: Vec<String> = stage.value("ran").await;
            ran.sort();
            assert_eq!(ran, ["both", "in template", "inline module", "module", "not ads"]);
            let warnings: Vec<String> = stage.value("witness.warnings").await;
            assert!(warnings.iter().any(|line| line.contains("adz") && line.contains("affiliate")), "{warnings:?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_later_waits_or_runs_like_the_rest() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            let insert = "const script = document.createElement('script');
                script.type = 'text/plain'; script.dataset.doui = 'ads'; script.dataset.src = arguments[0];
                document.querySelector('main').append(script)";
            stage.open("/shop.html").await;
            stage.run::<()>(insert, vec!["/tag.js?early".into()]).await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
            accept(stage).await;
            stage.until("ran.length == 2").await;
            stage.run::<()>(insert, vec!["/tag.js?late".into()]).await;
            stage.until("ran.length == 3").await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads", "early", "late"]);
            stage.call("const template = document.createElement('template');
                template.dataset.doui = 'ads'; template.innerHTML = '<p id=late>広告</p>';
                const box = document.createElement('div'); box.append(template);
                document.querySelector('main').append(box)").await;
            stage.until("document.querySelector('#late')").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_by_the_hundred_waits_and_runs_each_once() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            // Each is a change of its own, the tag deep within what is added. One is taken out again.
            let add = "window.took ??= [];
                for (let n = arguments[0]; n < arguments[0] + 300; n++) {
                    const box = document.createElement('section');
                    const script = document.createElement('script');
                    script.type = 'text/plain'; script.dataset.doui = 'ads'; script.text = `took.push(${n})`;
                    box.append(document.createElement('div'));
                    box.firstChild.append(script);
                    document.querySelector('main').append(box);
                    if (n % 300 == 7) box.remove();
                }";
            stage.open("/shop.html").await;
            stage.run::<()>(add, vec![0.into()]).await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<u32>("took.length").await, 0);
            accept(stage).await;
            stage.until("took.length >= 299").await;
            stage.run::<()>(add, vec![300.into()]).await;
            stage.until("took.length >= 598").await;
            stage.until_quiet().await;
            let expected: Vec<u32> = (0..600).filter(|n| n % 300 != 7).collect();
            assert_eq!(stage.value::<Vec<u32>>("took").await, expected);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_violates_a_strict_policy_with_trusted_types() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/strict.html").await;
            stage.press(Door::Banner, "settings").await;
            stage.answer("save").await;
            stage.call("doui.open()").await;
            accept_from_open(stage).await;
            stage.until("ran.length == 2").await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["src", "data-src"]);
            stage
                .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
                .await;
            stage.until("document.querySelector('#stamped')").await;
            stage.until_quiet().await;
            assert_eq!(
                stage.value::<Vec<String>>("witness.violations").await,
                [""; 0]
            );
            // The witness would have seen one.
            stage.expect_complaint("TrustedHTML");
            stage.expect_complaint("injection sink");
            stage
                .call("try { document.querySelector('main').innerHTML = '' } catch {}")
                .await;
            stage.until("witness.violations.length == 1").await;
        })
        .await;
}

async fn accept_from_open(stage: &Stage) {
    stage.press(Door::Banner, "accept").await;
    stage.until("doui.allows('ads')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_keeps_its_nonce() {
    Setting::fixtures()
        .policy("default-src 'self'; img-src data:; script-src 'nonce-c2hvcA'")
        .play(async |stage| {
            stage.open("/nonce.html").await;
            accept(stage).await;
            stage.until("ran.length == 2").await;
            assert_eq!(
                stage.value::<Vec<String>>("ran").await,
                ["with nonce", "external"]
            );
            assert_eq!(
                stage.value::<Vec<String>>("witness.violations").await,
                [""; 0]
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_never_comes_holds_back_no_frame_and_no_withdrawal() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/stuck.html").await;
            stage.hold("/tag.js?stuck");
            accept(stage).await;
            stage.until_requested("/tag.js?stuck").await;
            stage
                .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
                .await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
            stage.call("doui.rejectAll()").await;
            stage.until("!document.querySelector('iframe').src").await;
            stage.call("doui.acceptAll()").await;
            stage
                .until("document.querySelector('iframe').contentDocument?.title == '枠の中'")
                .await;
            stage.release("/tag.js?stuck");
            stage.until("ran.length == 2").await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["stuck", "inline"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_moved_before_it_runs_runs_once_and_what_is_removed_never() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/order.html").await;
            stage.expect_complaint("/missing.js");
            stage
                .call(
                    "const held = name => document.querySelector(`script[type=\"text/plain\"][src$='${name}'], [data-src$='${name}']`);
                     const [first, third, fifth] = ['first', 'third', 'fifth'].map(held);
                     third.remove();
                     document.querySelector('main').append(first);
                     fifth.remove();
                     window.fifth = fifth",
                )
                .await;
            accept(stage).await;
            stage.until("ran.includes('first') && ran.includes('traffic')").await;
            stage.until_quiet().await;
            let mut ran: Vec<String> = stage.value("ran").await;
            ran.sort();
            assert_eq!(ran, ["first", "fourth", "free", "second", "traffic"]);
            // What comes back is seen again.
            stage.call("document.querySelector('main').append(fifth)").await;
            stage.until("ran.includes('fifth')").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<u32>("ran.length").await, 6);
        })
        .await;
}

const ATTRIBUTES: &str = "document.querySelector('#one').onload = ({ target }) => {
    const { src, async, crossOrigin, referrerPolicy, fetchPriority, className, dataset, integrity } = target;
    window.had = [new URL(src).search, async, crossOrigin, referrerPolicy, fetchPriority, className, dataset.more, integrity.length];
};";

#[tokio::test(flavor = "multi_thread")]
async fn a_script_runs_with_its_attributes() {
    let script = r#"<script type="text/plain" data-doui="ads" data-src="/tag.js?one" id="one" class="tag" async crossorigin="anonymous"
        referrerpolicy="no-referrer" fetchpriority="low" data-more="1"></script>
        <script type="text/plain" data-doui="ads" src="/tag.js?two" id="two" defer nomodule></script>"#;
    let page = page(
        SCRIPTS,
        &format!(r#"<main>{script}</main><script src="/attributes.js"></script>"#),
    );
    Setting::fixtures()
        .file("attributes.html", page)
        .file("attributes.js", ATTRIBUTES)
        .play(async |stage| {
            stage.open("/attributes.html").await;
            stage
                .call(
                    "return fetch('/tag.js?one').then(got => got.arrayBuffer()).then(bytes => crypto.subtle.digest('SHA-384', bytes))
                        .then(digest => document.querySelector('#one').setAttribute('integrity',
                            `sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`))",
                )
                .await;
            accept(stage).await;
            stage.until("ran.includes('one')").await;
            stage.until("window.had").await;
            assert_eq!(
                stage.value::<Value>("had").await,
                serde_json::json!(["?one", true, "anonymous", "no-referrer", "low", "tag", "1", 71])
            );
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["one"], "nomodule ran");
        })
        .await;
}
