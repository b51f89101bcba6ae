//! A visit to a shop's page on which something is wrong.

use doui_tests::{Door, Setting, Stage};

use super::{KEEPS, TELLS, news, table};

/// The page: a tag of the shop's own, and gates of every kind.
pub const PAGE: &str = "/faults.html";
/// What runs on it, by what is allowed.
const OWN: [&str; 1] = ["shop"];
const ALL: [&str; 3] = ["shop", "ads", "traffic"];

/// What is wrong with a page: a script that runs before any other, one that runs right after `doui.js`, as a shop's own
/// would, and a style sheet.
#[derive(Clone, Copy, Default)]
pub struct Wrong<'a> {
    pub before: &'a str,
    pub after: &'a str,
    pub style: &'a str,
}

impl Wrong<'_> {
    pub fn setting(self) -> Setting {
        Setting::fixtures()
            .before(self.before)
            .file("fault.js", self.after)
            .file("fault.css", self.style)
    }
}

/// A visitor allows everything, comes back, refuses everything, and comes back again.
pub async fn visit(fault: &str, wrong: Wrong<'_>) {
    wrong
        .setting()
        .play(async |stage| {
            stage.open(PAGE).await;
            let happened = answer_twice(stage).await;
            table::tell(fault, "shop page", happened);
        })
        .await;
}

/// What [`visit`] does, on the page that is open.
pub async fn answer_twice(stage: &Stage) -> &'static str {
    stage.until_banner_shows().await;
    stage.until_quiet().await;
    assert_eq!(ran(stage).await, OWN, "before a decision");
    assert!(!is_decided(stage).await, "nobody has decided");

    stage.press(Door::Banner, "accept").await;
    until_ran(stage, &ALL).await;
    stage.until("document.querySelector('.stamped')").await;
    assert!(is_decided(stage).await, "the answer does not hold");
    let is_told = !news(stage, Door::Banner).await.is_empty();

    stage.reload().await;
    stage.until("window.doui").await;
    stage.until_quiet().await;
    let is_kept = is_decided(stage).await;
    assert_ne!(
        is_kept, is_told,
        "an answer is kept, or the visitor is told"
    );
    if is_kept {
        until_ran(stage, &ALL).await;
        stage.call("doui.open()").await;
    } else {
        assert_eq!(ran(stage).await, OWN, "what was not kept is not allowed");
    }

    stage.press(Door::Banner, "reject").await;
    stage.until("!doui.allows('ads')").await;
    assert!(is_decided(stage).await, "a refusal does not hold");
    stage.reload().await;
    stage.until("window.doui").await;
    stage.until_quiet().await;
    assert_eq!(ran(stage).await, OWN, "after a refusal");
    assert_eq!(
        is_decided(stage).await,
        is_kept,
        "a refusal is kept as a grant is"
    );
    if is_kept { KEEPS } else { TELLS }
}

pub async fn ran(stage: &Stage) -> Vec<String> {
    stage.value("[...ran]").await
}

async fn is_decided(stage: &Stage) -> bool {
    stage.value("doui.state.decided").await
}

async fn until_ran(stage: &Stage, tags: &[&str]) {
    let tags = tags.join(" ");
    stage.until(&format!("ran.join(' ') == {tags:?}")).await;
}
