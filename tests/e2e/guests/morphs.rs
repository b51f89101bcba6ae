//! Libraries that bring the page to new markup by the least changes, as Livewire and Phoenix do: the same markup changes
//! nothing.

use doui_tests::{Setting, Stage};

use super::{act, of_tags, page, ran, tags, until_frame_shows, until_placeholders};

/// After everything is allowed, `again` leaves it open; after a refusal nothing comes back.
pub async fn stays_open(stage: &Stage, again: impl AsyncFn()) {
    stage.call("doui.acceptAll()").await;
    until_frame_shows(stage, "a").await;
    stage
        .until("ran.length == 1 && document.querySelector('.ad')")
        .await;
    for _ in 0..2 {
        stage.forget_requests();
        again().await;
        stage.until("document.querySelector('.ad')").await;
        stage.until_quiet().await;
        until_frame_shows(stage, "a").await;
        assert_eq!(stage.count(".ad").await, 1);
        assert_eq!(ran(stage).await, ["a"]);
        // The library takes its address off, which empties it; it gets that back in the same task.
        assert!(stage.times_requested("/frame.html?a") <= 1);
        let open: String = stage
            .value("['img[src]', 'link[data-doui][href]'].map(it => !!document.querySelector(it)).join()")
            .await;
        assert_eq!(open, "true,true");
    }
    stage.call("doui.rejectAll()").await;
    until_placeholders(stage, &["a"]).await;
    stage.forget_requests();
    again().await;
    until_placeholders(stage, &["a"]).await;
    assert_eq!(of_tags(stage), [""; 0]);
    assert_eq!(ran(stage).await, ["a"]);
}

/// A page that is brought to its own markup as the server sends it.
async fn stays(library: &str, morph: &str) {
    let body = format!("<h1>a</h1><main id=\"main\">{}<p>本</p></main>", tags("a"));
    Setting::guests()
        .file("a.html", page(library, &body))
        .play(async |stage| {
            let again = async || {
                act(
                    stage,
                    &format!(
                        "const text = await (await fetch('/a.html')).text();
                             const next = new DOMParser().parseFromString(text, 'text/html');
                             {morph}"
                    ),
                )
                .await;
                stage
                    .until("document.documentElement.hasAttribute('data-doui')")
                    .await;
            };
            stage.open("/a.html").await;
            stage.until("!!window.guest").await;
            until_placeholders(stage, &["a"]).await;
            for _ in 0..2 {
                again().await;
                until_placeholders(stage, &["a"]).await;
                super::banner_is_one_and_in_view(stage).await;
                assert_eq!(of_tags(stage), [""; 0]);
            }
            stays_open(stage, again).await;
            let allowed: String = stage.value("document.documentElement.dataset.doui").await;
            assert_eq!(allowed, "");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn idiomorph_of_a_part_changed_what_is_open_or_held() {
    stays(
        "idiomorph",
        "guest.Idiomorph.morph(document.querySelector('main'), next.querySelector('main').outerHTML)",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn idiomorph_of_the_body_changed_what_is_open_or_held() {
    stays(
        "idiomorph",
        "guest.Idiomorph.morph(document.body, next.body)",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn idiomorph_of_the_document_changed_what_is_open_or_held() {
    stays(
        "idiomorph",
        "guest.Idiomorph.morph(document.documentElement, next.documentElement)",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alpines_morph_of_a_part_changed_what_is_open_or_held() {
    stays(
        "alpine",
        "guest.Alpine.morph(document.querySelector('main'), next.querySelector('main').outerHTML)",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn morphdom_of_a_part_changed_what_is_open_or_held() {
    // As Phoenix LiveView has it.
    stays(
        "morphdom",
        "guest.morphdom(document.querySelector('main'), next.querySelector('main').outerHTML)",
    )
    .await;
}
