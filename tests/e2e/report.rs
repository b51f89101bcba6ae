//! What the shop's own endpoint is told of who is asked, to the byte, and that nothing else is; and that what becomes of it
//! changes nothing for the visitor.

use axum::{body::Body, http::StatusCode, response::Response};
use doui_tests::{Ability, Door, Setting, Stage, built, no_content};
use serde_json::{Value, json};
use tempfile::TempDir;

const PATH: &str = "/doui-count";

/// `doui.js` of the demo's shop, which counts at [`PATH`].
fn counting(heeds: bool) -> TempDir {
    built::stamped_with(|shop| shop["report"] = json!({ "url": PATH, "gpc": heeds }))
}

/// The setting of a page that counts, whose endpoint gives an answer.
fn setting(dist: &TempDir, answer: Option<Response<Body>>) -> Setting {
    Setting::fixtures()
        .dist(dist.path())
        .endpoint(PATH, answer)
        .file("classed.html", page("data-page=\"product\"", ""))
}

fn page(attributes: &str, head: &str) -> String {
    doui_tests::page(
        &format!(
            "{head}<script src=\"/witness.js\"></script><script src=\"/doui/doui.js\" {attributes}></script>"
        ),
        "<p>本</p><script type=\"text/plain\" data-doui=\"ads\" data-doui-src=\"/tag.js?held\"></script>",
    )
}

/// What is said with either event: the shop's revision, the language, and how wide the window is.
async fn common(stage: &Stage) -> String {
    let width: String = stage
        .value("matchMedia('(max-width:40em)').matches ? 'narrow' : 'wide'")
        .await;
    format!("rev=20231201&lang=ja&w={width}")
}

/// What was asked of the endpoint.
fn told(stage: &Stage) -> Vec<String> {
    let asked = stage.asked().into_iter();
    asked.map(|asked| asked.target).collect()
}

async fn until_told(stage: &Stage, query: &str) {
    stage.until_requested(&format!("{PATH}?{query}")).await;
}

/// Awaits that the endpoint is told that the visitor was asked.
async fn until_told_of_the_question(stage: &Stage) {
    until_told(stage, &format!("e=shown&{}", common(stage).await)).await;
}

/// The headers that a browser sends with whatever it asks for; nothing in them is Doui's to leave out.
const BROWSERS_OWN: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "dnt",
    "host",
    "origin",
    "pragma",
    "priority",
    "sec-ch-ua",
    "sec-ch-ua-mobile",
    "sec-ch-ua-platform",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
    "sec-gpc",
    "te",
    "user-agent",
];

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_told_to_the_byte_and_nothing_else() {
    let dist = counting(false);
    setting(&dist, no_content())
        .play(async |stage| {
            let acts: [(&str, Option<&str>, &str); 5] = [
                (
                    "accept",
                    None,
                    "by=banner&act=all&c=auth1.ads1.traffic1.affiliate1",
                ),
                (
                    "reject",
                    None,
                    "by=banner&act=refused&c=auth0.ads0.traffic0.affiliate0",
                ),
                (
                    "save",
                    Some("ads"),
                    "by=settings&act=chosen&c=auth0.ads1.traffic0.affiliate0",
                ),
                (
                    "save",
                    None,
                    "by=settings&act=refused&c=auth0.ads0.traffic0.affiliate0",
                ),
                ("api", None, "by=api&act=chosen&c=ads1"),
            ];
            for (act, allowed, answer) in acts {
                stage.open("/classed.html").await;
                stage.clear().await;
                stage.until_quiet().await;
                stage.forget_requests();
                let before = told(stage).len();
                // The shop's own session, of which nothing is told.
                stage.call("document.cookie = 'session=1; path=/'").await;
                stage
                    .open_until_asked("/classed.html?secret=1#fragment")
                    .await;
                let rest = format!("{}&p=product", common(stage).await);
                let shown = format!("e=shown&{rest}");
                until_told(stage, &shown).await;
                match act {
                    "save" => {
                        stage.press(Door::Banner, "settings").await;
                        let choices = allowed.iter().map(|id| ((*id).to_owned(), true));
                        stage.set(Door::Banner, &choices.collect()).await;
                        stage.press(Door::Banner, "save").await;
                    }
                    "api" => stage.call("doui.save({ ads: true })").await,
                    act => stage.press(Door::Banner, act).await,
                }
                let answered = format!("e=answered&{answer}&{rest}");
                until_told(stage, &answered).await;
                // What follows is an answer no more: at most one of each on a page.
                stage
                    .call("doui.acceptAll(); doui.reset(); doui.rejectAll()")
                    .await;
                stage.until_quiet().await;
                let asked = stage.asked();
                let targets: Vec<_> = asked[before..].iter().map(|asked| &*asked.target).collect();
                assert_eq!(
                    targets,
                    [format!("{PATH}?{shown}"), format!("{PATH}?{answered}")],
                    "{act}"
                );
                stage
                    .call("document.cookie = 'session=; path=/; max-age=0'")
                    .await;
            }
            for asked in stage.asked() {
                assert_eq!(asked.method, "POST");
                assert!(asked.body.is_empty(), "{asked:?}");
                for (name, value) in &asked.headers {
                    assert!(BROWSERS_OWN.contains(&&**name), "{name}: {value}");
                    // Its own origin at most, never the page's address.
                    for secret in ["session", "classed", "secret"] {
                        assert!(!value.contains(secret), "{name}: {value}");
                    }
                }
            }
            // Nothing was kept for it.
            let kept: Vec<String> = stage
                .value("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
                .await;
            assert_eq!(kept, ["doui"]);
        })
        .await;
}

/// Awaits that the page is idle, and finds that nothing was told.
async fn nothing_is_told(stage: &Stage, why: &str) {
    stage.until_quiet().await;
    assert_eq!(told(stage), [""; 0], "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_of_who_is_not_asked() {
    let dist = counting(false);
    setting(&dist, no_content())
        .file("quiet.html", page("data-auto=\"off\"", ""))
        .file(
            "around.html",
            page("", "").replace("<p>", "<iframe src=\"/classed.html\"></iframe><p>"),
        )
        .play(async |stage| {
            stage.open("/quiet.html").await;
            nothing_is_told(stage, "on a page that asks nobody").await;
            stage.call("doui.open()").await;
            stage.answer("accept").await;
            nothing_is_told(stage, "of who came by themselves").await;
            stage.open("/classed.html").await;
            nothing_is_told(stage, "of who has decided").await;
            stage.call("doui.open()").await;
            stage.press(Door::Banner, "reject").await;
            stage.until("!doui.allows('ads')").await;
            nothing_is_told(stage, "of who changes their mind").await;
            stage.open("/quiet.html").await;
            stage.call("doui.reset()").await;
            nothing_is_told(stage, "of who starts over where nobody is asked").await;
            stage.open_until_asked("/around.html").await;
            stage.until("frames[0].doui?.state.decided === false").await;
            stage.call("frames[0].doui.acceptAll()").await;
            stage.until("doui.state.decided").await;
            stage.until_quiet().await;
            // The page around the frame asks, and nobody answered it.
            let told = told(stage);
            assert!(
                told.len() == 1 && told[0].starts_with(&format!("{PATH}?e=shown&")),
                "{told:?}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signal_keeps_it_off_where_the_shop_says_so() {
    for heeds in [true, false] {
        let dist = counting(heeds);
        setting(&dist, no_content())
            .sending_gpc()
            .play(async |stage| {
                stage.open("/head.html").await;
                stage.answer("reject").await;
                stage.until_quiet().await;
                if !heeds {
                    let query = "e=answered&by=banner&act=refused&c=auth0.ads0.traffic0.affiliate0";
                    until_told(stage, &format!("{query}&{}", common(stage).await)).await;
                }
                assert_eq!(told(stage).len(), if heeds { 0 } else { 2 });
            })
            .await;
    }
}

/// Follows the link to a page that is at work while nobody sees it, and has told nothing until then.
async fn arrive_at_prerendered(stage: &Stage) {
    stage.expect_complaint("looked");
    stage.open("/start.html").await;
    stage.until_requested("/looked").await;
    assert_eq!(told(stage), [""; 0]);
    stage.click_on("document.querySelector('a')").await;
    stage
        .until("window.wasPrerendered && !document.prerendering")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_while_a_page_is_prerendered() {
    let dist = counting(false);
    let rules = "<script type=\"speculationrules\">{\"prerender\":[{\"urls\":[\"/next.html\"],\"eagerness\":\"immediate\"}]}</script>";
    setting(&dist, no_content())
        .needs(Ability::Prerendering)
        .without_policy()
        .file("start.html", format!("<!doctype html><html lang=ja><head>{rules}<link rel=icon href=data:,></head><body><a href=/next.html>次</a></body></html>"))
        .file("next.html", page("", "<script src=\"/look.js\"></script>"))
        .file("look.js", "window.wasPrerendered = document.prerendering; addEventListener('load', () => fetch('/looked'))")
        .play(async |stage| {
            arrive_at_prerendered(stage).await;
            stage.until_banner_shows().await;
            until_told_of_the_question(stage).await;
            assert_eq!(told(stage).len(), 1);
        })
        .await;
}

fn answer(status: StatusCode, headers: &[(&'static str, &'static str)]) -> Option<Response<Body>> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    for (name, value) in headers {
        let value = value.parse().expect("it is a header's");
        answer.headers_mut().insert(*name, value);
    }
    Some(answer)
}

/// The visitor decides, and the shop obeys, as on any page.
async fn works(stage: &Stage) {
    stage.open("/classed.html").await;
    stage.press(Door::Banner, "accept").await;
    stage
        .until("doui.allows('ads') && ran.length == 1 && document.cookie.includes('.ads1')")
        .await;
    stage.until_banner_is_gone().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_fails_lags_or_is_hostile_changes_nothing() {
    let dist = counting(false);
    let answers = [
        answer(StatusCode::INTERNAL_SERVER_ERROR, &[]),
        answer(
            StatusCode::NOT_FOUND,
            &[("set-cookie", "followed=1; Path=/")],
        ),
        answer(
            StatusCode::FOUND,
            &[("location", "http://www.example/taken")],
        ),
        // It never answers.
        None,
    ];
    for answer in answers {
        setting(&dist, answer)
            .play(async |stage| {
                stage.expect_complaint(PATH);
                stage.expect_complaint("Failed to load");
                works(stage).await;
                let answered = "e=answered&by=banner&act=all&c=auth1.ads1.traffic1.affiliate1";
                until_told(
                    stage,
                    &format!("{answered}&{}&p=product", common(stage).await),
                )
                .await;
                stage.until_quiet().await;
                assert!(
                    !stage
                        .value::<String>("document.cookie")
                        .await
                        .contains("followed")
                );
                assert_eq!(stage.requests_with("taken"), [""; 0]);
                let said: Vec<String> = stage.value("witness.warnings").await;
                assert_eq!(said, [""; 0]);
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_does_to_fetch_or_to_its_base_changes_nothing() {
    let dist = counting(false);
    for broken in [
        "window.fetch = () => { throw new Error('blocked') }",
        "window.fetch = () => undefined",
        "window.fetch = undefined",
        "window.IntersectionObserver = undefined",
    ] {
        setting(&dist, no_content())
            .before(broken)
            .play(works)
            .await;
    }
    setting(&dist, no_content())
        .without_policy()
        .file(
            "based.html",
            page("", "").replace("<p>", "<base href=\"http://www.example/\"><p>"),
        )
        .play(async |stage| {
            stage.open_until_asked("/based.html").await;
            until_told_of_the_question(stage).await;
        })
        .await;
    // A policy that lets the page ask for nothing.
    setting(&dist, no_content())
        .policy("default-src 'none'; script-src 'self'; style-src 'self'; img-src data:")
        .play(async |stage| {
            stage.expect_complaint("connect-src");
            stage.expect_complaint("Content Security Policy");
            stage.expect_complaint("Content-Security-Policy");
            stage.expect_complaint(PATH);
            works(stage).await;
            assert_eq!(told(stage), [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banner_below_the_fold_is_told_of_when_it_is_seen() {
    let dist = counting(false);
    let body = "<p id=\"tall\">本</p><link rel=\"stylesheet\" href=\"/tall.css\"><doui-banner></doui-banner>";
    setting(&dist, no_content())
        .file("low.html", page("", "").replace("<p>本</p>", body))
        .file("tall.css", "#tall { height: 3000px }")
        .play(async |stage| {
            stage.open("/low.html").await;
            stage
                .until("document.querySelector('#doui-banner[data-placed]')")
                .await;
            nothing_is_told(stage, "of a banner that nobody sees").await;
            stage
                .call("document.querySelector('#doui-banner').scrollIntoView()")
                .await;
            until_told_of_the_question(stage).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_that_could_tell_more_is_left_out() {
    let dist = counting(false);
    setting(&dist, no_content())
        .file("odd.html", page("data-page=\"/orders?id=17\"", ""))
        .play(async |stage| {
            stage.open_until_asked("/odd.html").await;
            until_told_of_the_question(stage).await;
            let said: Value = stage.value("witness.warnings").await;
            assert_eq!(
                said,
                json!(["doui: data-page must be like [a-z][a-z0-9-]{0,23}"])
            );
        })
        .await;
}

/// The whole of the demo's shop, centre and all, which counts.
fn whole(heeds: bool) -> TempDir {
    let mut shop = built::shop();
    shop["report"] = json!({ "url": PATH, "gpc": heeds });
    shop["button"] = json!("bottom-left");
    built::whole(&shop)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_tells_the_same() {
    let folder = whole(false);
    let acts: [(Door, &str, &str, &str); 5] = [
        (
            Door::Banner,
            "accept",
            "",
            "by=banner&act=all&c=auth1.ads1.traffic1.affiliate1",
        ),
        (
            Door::Banner,
            "reject",
            "",
            "by=banner&act=refused&c=auth0.ads0.traffic0.affiliate0",
        ),
        (
            Door::Banner,
            "save",
            "ads",
            "by=settings&act=chosen&c=auth0.ads1.traffic0.affiliate0",
        ),
        (
            Door::Centre,
            "save",
            "traffic",
            "by=centre&act=chosen&c=auth0.ads0.traffic1.affiliate0",
        ),
        (
            Door::Centre,
            "accept",
            "",
            "by=centre&act=all&c=auth1.ads1.traffic1.affiliate1",
        ),
    ];
    for (door, act, purpose, answer) in acts {
        Setting::demo()
            .dist(folder.path().join("dist"))
            .endpoint(PATH, no_content())
            .play(async |stage| {
                let is_banner = matches!(door, Door::Banner);
                stage
                    .open(if is_banner { "/doui/opt-out" } else { "/doui/" })
                    .await;
                stage.until_alive().await;
                let rest = common(stage).await;
                until_told(stage, &format!("e=shown&{rest}")).await;
                if act == "save" {
                    if is_banner {
                        stage.press(door, "settings").await;
                    }
                    stage.set(door, &[(purpose.to_owned(), true)].into()).await;
                }
                stage.press(door, act).await;
                until_told(stage, &format!("e=answered&{answer}&{rest}")).await;
                // On another page, which is the same document, and after a decision, nothing is told any more.
                let more = ["nav a[href$=services]", "nav a[href$='/doui/']"];
                for link in more {
                    stage
                        .call(&format!("document.querySelector({link:?})?.click()"))
                        .await;
                    stage.until_quiet().await;
                }
                stage.open("/doui/").await;
                stage.press(Door::Centre, "reject").await;
                stage.until("document.cookie.includes('.ads0')").await;
                stage.until_quiet().await;
                assert_eq!(told(stage).len(), 2, "{:?}", told(stage));
                for asked in stage.asked() {
                    assert_eq!((asked.method.as_str(), asked.body.len()), ("POST", 0));
                    for (name, value) in &asked.headers {
                        assert!(BROWSERS_OWN.contains(&&**name), "{name}: {value}");
                    }
                }
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_tells_nothing_while_it_is_prerendered() {
    let folder = whole(false);
    let page = folder.path().join("dist/index.html");
    let html = std::fs::read_to_string(&page).expect("it was built");
    let html = html.replace("</body>", "<script src=\"/look.js\"></script></body>");
    std::fs::write(&page, html).expect("it can be written");
    let rules = "<script type=\"speculationrules\">{\"prerender\":[{\"urls\":[\"/doui/\"],\"eagerness\":\"immediate\"}]}</script>";
    Setting::demo()
        .needs(Ability::Prerendering)
        .without_policy()
        .dist(folder.path().join("dist"))
        .endpoint(PATH, no_content())
        .file("start.html", format!("<!doctype html><html lang=ja><head>{rules}<link rel=icon href=data:,></head><body><a href=/doui/>設定</a></body></html>"))
        .file(
            "look.js",
            "window.wasPrerendered = document.prerendering;
             (function look() { document.querySelector('#doui-banner') ? fetch('/looked') : setTimeout(look, 20) })()",
        )
        .play(async |stage| {
            arrive_at_prerendered(stage).await;
            until_told_of_the_question(stage).await;
            assert_eq!(told(stage).len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_heeds_the_signal_and_bears_an_endpoint_that_fails() {
    let folder = whole(true);
    for (sends, answer) in [
        (true, no_content()),
        (false, answer(StatusCode::INTERNAL_SERVER_ERROR, &[])),
        (
            false,
            answer(
                StatusCode::FOUND,
                &[("location", "http://www.example/taken")],
            ),
        ),
        (false, None),
    ] {
        let setting = Setting::demo()
            .dist(folder.path().join("dist"))
            .endpoint(PATH, answer);
        let setting = if sends {
            setting.sending_gpc()
        } else {
            setting
        };
        setting
            .play(async |stage| {
                stage.expect_complaint(PATH);
                stage.expect_complaint("Failed to load");
                stage.open("/doui/").await;
                stage.press(Door::Centre, "accept").await;
                stage.until("document.cookie.includes('.ads1')").await;
                stage.until_quiet().await;
                assert_eq!(told(stage).is_empty(), sends);
                assert_eq!(stage.requests_with("taken"), [""; 0]);
            })
            .await;
    }
}
