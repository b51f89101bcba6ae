//! Pages that are far from ordinary, and visitors who are quicker than the page.

use doui_tests::{Door, Setting, Stage, page};

use crate::routes::open;

use super::{
    KEEPS, TELLS, news,
    shop::{self, PAGE, Wrong, ran},
    table,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_strict_policy_with_trusted_types() {
    // The fixtures are served under it.
    shop::visit("page: a strict policy with Trusted Types", Wrong::default()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandboxed_frame_without_an_origin() {
    Wrong::default()
        .setting()
        // WebKit's 'self' is nobody in a frame without an origin.
        .without_policy()
        .file(
            "sandbox.html",
            page("", &format!("<iframe title=\"枠\" sandbox=\"allow-scripts\" width=\"800\" height=\"700\" src=\"{PAGE}\"></iframe>")),
        )
        .play(async |stage| {
            stage.open("/sandbox.html").await;
            stage.driver().enter_frame(0).await.expect("the page has a frame");
            stage.until_banner_shows().await;
            stage.until("document.readyState == 'complete'").await;
            assert_eq!(ran(stage).await, ["shop"]);
            stage.press(Door::Banner, "accept").await;
            stage.until("doui.state.decided && ran.length == 3").await;
            assert!(!news(stage, Door::Banner).await.is_empty());
            table::tell("page: a sandboxed frame with an opaque origin", "shop page", TELLS);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_fifty_megabytes() {
    // Half a kilobyte an element, and a hundred thousand elements. They are hidden: how fast an engine lays out text is
    // not the subject.
    let section = format!("<p>{}</p>\n", "本があります。".repeat(23));
    let sections = section.repeat(50_000_000 / section.len());
    let page =
        std::fs::read_to_string(doui_tests::built::root().join("tests/fixtures/faults.html"))
            .expect("the fixture is text");
    let page = page.replace("</main>", &format!("<div hidden>{sections}</div></main>"));
    Wrong::default()
        .setting()
        .file("large.html", page)
        .alone()
        .play(async |stage| {
            stage.open("/large.html").await;
            let happened = shop::answer_twice(stage).await;
            table::tell("page: 50 MB of elements", "shop page", happened);
        })
        .await;
}

/// Where the visitor goes. What it asks for tells that it is there.
const NEXT: &str = "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>次</title>
    <link rel=\"icon\" href=\"data:,\"></head><body><script src=\"/arrived.js\"></script></body></html>";

/// The visitor is gone in the same task in which the answer was given.
#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_leaves_with_the_click_is_taken_at_their_word() {
    for (fault, leave) in [
        (
            "visitor: follows a link in the same task as the answer",
            "location.href = '/next.html'",
        ),
        (
            "visitor: submits a form in the same task as the answer",
            "document.body.append(Object.assign(document.createElement('form'), { action: '/next.html', id: 'gone' })); document.querySelector('#gone').submit()",
        ),
    ] {
        Wrong::default()
            .setting()
            .file("next.html", NEXT)
            .file("arrived.js", "")
            .play(async |stage| {
                stage.open_until_asked(PAGE).await;
                let act = format!(
                    "setTimeout(() => {{ document.querySelector('#doui-banner').shadowRoot.querySelector('[data-doui-act=reject]').click(); {leave} }})"
                );
                stage.call(&act).await;
                stage.until_requested("/arrived.js").await;
                comes_back_decided(stage, ".auth0.ads0.traffic0.affiliate0").await;
                table::tell(fault, "shop page", "the answer is kept");
            })
            .await;
        Setting::fixtures()
            .file("fault.js", "")
            .file("fault.css", "")
            .file("next.html", NEXT)
            .file("arrived.js", "")
            .play(async |stage| {
                open(stage, "/doui/").await;
                let act = format!(
                    "setTimeout(() => {{ document.querySelector('main [data-doui-act=reject]').click(); {leave} }})"
                );
                stage.call(&act).await;
                stage.until_requested("/arrived.js").await;
                comes_back_decided(stage, ".auth0.ads0.traffic0.affiliate0").await;
                table::tell(fault, "centre", "the answer is kept");
            })
            .await;
    }
}

async fn comes_back_decided(stage: &Stage, tokens: &str) {
    stage.open(PAGE).await;
    stage.until("window.doui").await;
    stage.until_quiet().await;
    assert!(stage.value::<bool>("doui.state.decided").await);
    stage.assert_cookie_ends_with(tokens).await;
}

/// A tab that ends between its two writes has written one of them. Here each write in turn is the last one.
#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_ends_between_its_writes() {
    let faults = [
        (
            "tab: closes after the cookie is written and before the record is",
            "if (!location.search) Storage.prototype.setItem = () => {}",
        ),
        (
            "tab: closes after the record is written and before the cookie is",
            "if (!location.search) Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} })",
        ),
    ];
    for (fault, before) in faults {
        for (door, page) in [(Door::Banner, PAGE), (Door::Centre, "/doui/")] {
            Wrong { before, ..Wrong::default() }
                .setting()
                .play(async |stage| {
                    stage.open(page).await;
                    stage.until("document.querySelector('#doui-banner')?.shadowRoot.querySelector('[data-doui-act]')").await;
                    stage.press(door, "reject").await;
                    stage.until_banner_is_gone().await;
                    // Another tab, in which everything works.
                    stage.open(&format!("{PAGE}?next")).await;
                    stage.until("window.doui").await;
                    stage.until_quiet().await;
                    assert!(stage.value::<bool>("doui.state.decided").await, "{fault}");
                    assert_eq!(ran(stage).await, ["shop"]);
                    let (cookie, record) = stage.kept().await;
                    assert!(cookie.is_some() && record.is_some(), "{cookie:?} {record:?}");
                    table::tell(fault, door_name(door), "the answer is kept, and the missing part is written again");
                })
                .await;
        }
    }
}

/// Somebody deletes the record between two decisions, or between the decision and the next page.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_or_a_cookie_that_is_deleted_between_two_decisions() {
    let faults = [
        (
            "local storage: the record is deleted between two decisions",
            "localStorage.removeItem('doui')",
        ),
        (
            "cookies: the cookie is deleted between two decisions",
            "document.cookie = 'doui=;path=/;max-age=0'",
        ),
    ];
    for (fault, delete) in faults {
        Wrong::default()
            .setting()
            .play(async |stage| {
                stage.open(PAGE).await;
                stage.press(Door::Banner, "accept").await;
                stage.until("doui.state.decided && ran.length == 3").await;
                // The page looks again, as it does once a second.
                let look = format!("{delete}; dispatchEvent(new Event('storage')); doui.open()");
                stage.call(&look).await;
                stage.press(Door::Banner, "reject").await;
                stage.until("!doui.allows('ads')").await;
                comes_back_decided(stage, ".auth0.ads0.traffic0.affiliate0").await;
                assert!(stage.record().await.is_some());
                assert_eq!(ran(stage).await, ["shop"]);
                table::tell(fault, "shop page", KEEPS);
            })
            .await;
    }
}

fn door_name(door: Door) -> &'static str {
    match door {
        Door::Banner => "shop page",
        Door::Centre => "centre",
    }
}
