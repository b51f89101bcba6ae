//! Every combination of choices, made at either door: what is kept, what is told and what runs agree, and the other
//! door shows the same.

use doui_tests::{Choices, Door, PURPOSES, Setting, Stage, combinations};
use serde_json::Value;

use crate::{
    demo::{allowed_tags, ran, until_ran},
    routes::open,
};

/// The cookie, the record, the state, the page's mark and the tags that ran all say `choices`.
async fn agrees(stage: &Stage, choices: &Choices, door: &str) {
    let cookie = stage
        .cookie()
        .await
        .expect("a decided visitor has a cookie");
    let (format_and_revision, rest) = cookie.split_at("1.20231201.".len());
    assert_eq!(format_and_revision, "1.20231201.");
    let (at, tokens) = rest.split_once('.').expect("the time, then the choices");
    let expected: Vec<_> = PURPOSES
        .iter()
        .map(|id| format!("{id}{}", u8::from(choices[*id])))
        .collect();
    assert_eq!(tokens, expected.join("."));
    assert!(cookie.len() <= 64, "{} bytes: {cookie}", cookie.len());

    let record = stage
        .record()
        .await
        .expect("a decided visitor has a record");
    let record: Value = serde_json::from_str(&record).expect("the record is JSON");
    assert_eq!(record["choices"], serde_json::json!(choices));
    assert_eq!(record["at"].to_string(), at);
    assert_eq!(record["by"], door);

    let state: Value = stage.value("doui.state").await;
    assert_eq!(state["decided"], true);
    assert_eq!(state["choices"], serde_json::json!(choices));
    assert_eq!(state["decidedAt"].to_string(), at);
    assert_eq!(state["revision"], "20231201");

    let mark: String = stage.value("document.documentElement.dataset.doui").await;
    let allowed: Vec<_> = PURPOSES.into_iter().filter(|id| choices[*id]).collect();
    assert_eq!(mark, allowed.join(" "));

    let expected = allowed_tags(choices);
    until_ran(stage, expected.len()).await;
    let ran = ran(stage).await;
    assert_eq!(ran.len(), expected.len(), "each once: {ran:?}");
    assert!(
        ran.iter().all(|tag| expected.contains(tag)),
        "{ran:?}, not {expected:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_combination_chosen_on_the_banner_is_obeyed_kept_and_shown_in_the_centre() {
    Setting::demo()
        .play(async |stage| {
            for choices in combinations() {
                stage.open("/").await;
                stage.choose_on_banner(&choices).await;
                agrees(stage, &choices, "banner").await;
                stage.reload().await;
                assert!(!stage.banner_shows().await, "asked again after {choices:?}");
                agrees(stage, &choices, "banner").await;
                stage.open("/doui/").await;
                // As it comes alive it mends what is kept, which must be over before all is taken away.
                stage.until_alive().await;
                stage.until_shown(Door::Centre, &choices).await;
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_combination_chosen_in_the_centre_is_kept_obeyed_and_shown_on_the_banner() {
    Setting::demo()
        .play(async |stage| {
            for choices in combinations() {
                open(stage, "/doui/").await;
                stage.set(Door::Centre, &choices).await;
                stage.press(Door::Centre, "save").await;
                stage.until("localStorage.getItem('doui')").await;
                stage.until_banner_is_gone().await;
                stage.open("/").await;
                agrees(stage, &choices, "centre").await;
                stage.call("doui.open()").await;
                assert_eq!(stage.shown(Door::Banner).await, choices);
                stage.reload().await;
                agrees(stage, &choices, "centre").await;
                stage.clear().await;
            }
        })
        .await;
}
