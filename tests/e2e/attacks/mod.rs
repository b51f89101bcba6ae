//! Who could want what of Doui, and does not get it: the rows of `docs/security.md` that a browser can show.

mod addresses;
mod audit;
mod clicks;
mod floods;
mod names;
mod nonces;
mod others_words;
mod sanitized;

use doui_tests::{Door, Setting, Stage, built};
use serde_json::{Value, json};

/// What would run if it were markup anywhere.
const MARKUP: &str =
    "<img src=x onerror=\"ran.push('markup')\"><script>ran.push('script')</script>";

/// Makes markup of every text of the shop's.
fn poison(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let is_text = members.contains_key("ja") && members.values().all(Value::is_string);
            for (name, member) in members {
                if is_text {
                    *member = json!(format!("{name} {MARKUP}"));
                } else {
                    poison(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(poison),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_are_markup_are_read_as_texts() {
    Setting::fixtures()
        .doui(built::stamped_with(poison))
        .without_policy()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.press(Door::Banner, "settings").await;
            let (text, made): (String, usize) = stage
                .value(
                    "(root => [root.textContent, root.querySelectorAll('img, script').length])
                         (document.querySelector('#doui-banner').shadowRoot)",
                )
                .await;
            assert!(text.matches(MARKUP).count() > 8, "{text}");
            assert_eq!(made, 0);
            stage.press(Door::Banner, "reject").await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_from_other_windows_decide_nothing() {
    Setting::fixtures()
        .play(async |stage| {
            for page in ["/shop.html", "/doui/"] {
                stage.open_until_asked(page).await;
                stage
                    .call(
                        "const messages = ['accept', 'doui:accept', { doui: 'accept' }, { act: 'accept' }, { ads: true },
                             { type: 'doui', method: 'acceptAll' }, { doui: { choices: { ads: true } } }];
                         return new Promise(done => {
                             let heard = 0;
                             addEventListener('message', () => ++heard == messages.length && setTimeout(done));
                             for (const message of messages) postMessage(message, '*');
                         })",
                    )
                    .await;
                assert!(stage.banner_shows().await);
                assert_eq!(stage.kept().await, (None, None));
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_is_not_the_pinned_one_does_not_run() {
    let pinned =
        " integrity=\"sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC\"";
    let held = "<script type=\"text/plain\" data-doui=\"ads\" src=\"/tag.js?ads\"></script>";
    let page = with_tag(pinned, held);
    Setting::fixtures()
        .file("pinned.html", page)
        .play(async |stage| {
            // Browsers say why on the console.
            stage.expect_complaint("integrity");
            stage.open("/pinned.html").await;
            stage.until_quiet().await;
            let is_there: bool = stage.value("'doui' in window").await;
            assert!(!is_there);
            assert_eq!(ran(stage).await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_tossed_from_another_host_that_is_no_decision_grants_nothing() {
    Setting::fixtures()
        .play(async |stage| {
            for tossed in [
                "1",
                "accept",
                "1.20231201.9999999999.ads1",
                "1.20231201.1.ads1",
                "2.20231201.1764000000.ads1",
            ] {
                stage.open("//evil.yotsuyu.co.jp/frame.html").await;
                stage
                    .run::<()>(
                        "document.cookie = `doui=${arguments[0]};Domain=yotsuyu.co.jp;Path=/`",
                        vec![tossed.into()],
                    )
                    .await;
                stage.open("//www.yotsuyu.co.jp/shop.html").await;
                assert_eq!(stage.cookie().await.as_deref(), Some(tossed));
                stage.until_banner_shows().await;
                stage.until_quiet().await;
                assert_eq!(ran(stage).await, [""; 0], "{tossed}");
                stage.press(Door::Banner, "reject").await;
                stage
                    .until("doui.state.decided && !doui.allows('ads')")
                    .await;
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_granted_in_the_frame_of_another_site_does_not_hold_in_the_shop() {
    let framing = doui_tests::page(
        "",
        "<iframe title=\"店\" width=\"1000\" height=\"700\" src=\"http://www.yotsuyu.co.jp/shop.html\"></iframe>",
    );
    Setting::fixtures()
        .without_policy()
        .file("framing.html", framing)
        .play(async |stage| {
            stage.open("//evil.example/framing.html").await;
            stage
                .driver()
                .enter_frame(0)
                .await
                .expect("the page has a frame");
            stage.answer("accept").await;
            stage
                .open_until_asked("//www.yotsuyu.co.jp/shop.html")
                .await;
            assert_eq!(stage.kept().await, (None, None));
            assert_eq!(ran(stage).await, [""; 0]);
        })
        .await;
}

async fn ran(stage: &Stage) -> Vec<String> {
    stage.value("[...ran]").await
}

/// A host that is not the shop's, answered by the same site.
const EVIL: &str = "//evil.example";

/// The requests to a host that is not the shop's.
fn asked_elsewhere(stage: &Stage) -> Vec<String> {
    stage.requests_for(EVIL)
}

/// Plays before a page, under a policy that forbids nothing.
async fn on_page(html: impl Into<Vec<u8>>, test: impl AsyncFnOnce(&Stage)) {
    Setting::fixtures()
        .without_policy()
        .file("page.html", html)
        .play(async |stage| {
            stage.open("/page.html").await;
            test(stage).await;
        })
        .await;
}

/// A page whose own scripts have the nonce `abc`, with `doui.js` first, and `body` as somebody wrote it.
fn page(body: &str) -> String {
    with_tag("", body)
}

/// The same, with more attributes on the tag of `doui.js`.
fn with_tag(attributes: &str, body: &str) -> String {
    doui_tests::page(
        &format!(
            "<script nonce=\"abc\" src=\"/witness.js\"></script>\
             <script nonce=\"abc\" src=\"/doui/doui.js\"{attributes}></script>"
        ),
        &format!("<main><h1>店</h1>{body}</main>"),
    )
}
