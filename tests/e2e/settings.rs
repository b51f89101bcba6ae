//! The banner's settings: what the visitor switched stays until it is saved, or decided otherwise.

use doui_tests::{Choices, Door, PURPOSES, Setting};

fn only_ads() -> Choices {
    PURPOSES.map(|id| (id.to_owned(), id == "ads")).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_switched_is_saved_as_it_stands() {
    for page in ["/shop.html", "/doui/opt-out"] {
        Setting::fixtures()
            .without_motion()
            .play(async |stage| {
                stage.open_until_asked(page).await;
                if page != "/shop.html" {
                    stage.until_alive().await;
                }
                stage.press(Door::Banner, "settings").await;
                stage.set(Door::Banner, &only_ads()).await;
                assert_eq!(stage.shown(Door::Banner).await, only_ads(), "{page}");
                assert_eq!(stage.cookie().await, None, "{page}: nothing was saved");
                stage.press(Door::Banner, "save").await;
                stage.until_banner_is_gone().await;
                let cookie = stage.cookie().await.expect("it is saved");
                let tokens = ".auth0.ads1.traffic0.affiliate0";
                assert!(cookie.ends_with(tokens), "{page}: {cookie}");
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_switched_and_then_decided_otherwise_is_gone() {
    Setting::fixtures()
        .without_motion()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.press(Door::Banner, "settings").await;
            stage.set(Door::Banner, &only_ads()).await;
            stage.press(Door::Banner, "reject").await;
            stage.until_banner_is_gone().await;
            stage.call("doui.open()").await;
            let refused: Choices = PURPOSES.map(|id| (id.to_owned(), false)).into();
            assert_eq!(stage.shown(Door::Banner).await, refused);
            // Put away without an answer, the settings open with what holds.
            stage.set(Door::Banner, &only_ads()).await;
            stage.press(Door::Banner, "close").await;
            stage.call("doui.open()").await;
            assert_eq!(stage.shown(Door::Banner).await, refused);
        })
        .await;
}
