//! The banner's first sentence is true of how things stand: it speaks of a first choice only to somebody who has none.

use doui_tests::{Door, Setting, Stage};

use crate::{refused::QUIETLY, routes::open};

/// The sentence for somebody who never chose.
const FIRST: &str = "許可をいただいた場合にだけ使います";
/// … whose choice is in force.
const DECIDED: &str = "現在の設定は次のとおりです";
/// … whose choice is too old.
const EXPIRED: &str = "前回の設定の有効期限が過ぎました";
/// … who is asked about some purposes again.
const SOME: &str = "次の目的が新しく加わったか、内容が変わりました";
/// … whose browser keeps nothing.
const UNKEPT: &str = "ブラウザーに保存できないため";
/// … whose permission the browser's signal holds.
const HELD: &str = "以前いただいた許可は、いったん止めています";

/// Checks that of these sentences the banner says exactly `said`.
async fn says(stage: &Stage, said: &[&str]) {
    stage.until_banner_shows().await;
    let text = stage.banner_text().await;
    for sentence in [FIRST, DECIDED, EXPIRED, SOME, UNKEPT, HELD] {
        let is_said = text.contains(sentence);
        assert_eq!(is_said, said.contains(&sentence), "{sentence}: {text}");
    }
}

/// Leaves a decision of so many days ago, on a page that has no doui.js to mend it.
async fn decided(stage: &Stage, days: u32, revision: &str) {
    stage.open("/frame.html").await;
    let decide = format!(
        "const at = Math.floor(Date.now() / 1000) - {days} * 86400;
         const decided = {{ revision: '{revision}', at, choices: {{ auth: true, ads: true, traffic: true, affiliate: true }}, by: 'banner', lang: 'ja', gpc: false }};
         localStorage.doui = JSON.stringify({{ v: 1, ...decided, history: [decided] }})"
    );
    stage.call(&decide).await;
}

/// It said that nothing is used before a choice, with switches on below it and no list of purposes.
#[tokio::test(flavor = "multi_thread")]
async fn the_banner_of_somebody_who_has_chosen_spoke_of_a_first_choice() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            says(stage, &[FIRST]).await;
            stage.answer("accept").await;
            stage.call("doui.open()").await;
            says(stage, &[DECIDED]).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_choice_is_said_to_be_expired() {
    Setting::fixtures()
        .play(async |stage| {
            decided(stage, 181, "20231201").await;
            stage.open("/shop.html").await;
            says(stage, &[EXPIRED, FIRST]).await;
            open(stage, "/doui/opt-out").await;
            says(stage, &[EXPIRED, FIRST]).await;
            open(stage, "/doui/").await;
            let standing: String = stage
                .value("document.querySelector('.standing').innerText")
                .await;
            assert!(standing.contains(EXPIRED), "{standing}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_again_is_told_that_something_is_new_or_has_changed() {
    Setting::fixtures()
        .play(async |stage| {
            decided(stage, 1, "20230101").await;
            stage.open("/shop.html").await;
            says(stage, &[SOME]).await;
        })
        .await;
}

/// The banner said that the visitor had not chosen, or that something had changed. Neither was so.
#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_the_signal_holds_was_explained_wrongly() {
    Setting::fixtures()
        .sending_gpc()
        .play(async |stage| {
            decided(stage, 1, "20231201").await;
            for page in ["/shop.html", "/doui/opt-out"] {
                stage.open(page).await;
                says(stage, &[HELD]).await;
            }
        })
        .await;
}

/// Where the browser keeps nothing, that stands in the place of the other sentences, and no day of expiry is given.
#[tokio::test(flavor = "multi_thread")]
async fn a_choice_that_is_not_kept_had_a_day_of_expiry() {
    Setting::fixtures()
        .before(QUIETLY)
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            stage.until("document.querySelector('.standing').innerText.includes('設定はこのページでだけ有効です')").await;
            let standing: String = stage.value("document.querySelector('.standing').innerText").await;
            assert!(!standing.contains("有効期限"), "{standing}");
        })
        .await;
}
