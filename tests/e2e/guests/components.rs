//! Vue 3 and Svelte 5: what comes and goes by a condition, and what a keyed list moves.

use doui_tests::{Setting, Stage};

use super::{is_alive, of_tags, page, ran, until_frame_shows, until_placeholders};

/// A library, its scripts in the order in which they run, and how its state is set.
struct Guest {
    name: &'static str,
    scripts: &'static [&'static str],
    set: &'static str,
}

const VUE: Guest = Guest {
    name: "vue",
    scripts: &["vue"],
    set: "Object.assign(guest.state, arguments[0])",
};

const SVELTE: Guest = Guest {
    name: "svelte",
    scripts: &["svelte", "html"],
    set: "guest.set(arguments[0])",
};

impl Guest {
    async fn play(&self, test: impl AsyncFnOnce(&Stage)) {
        Setting::guests()
            .file("guest.html", page(self.name, "<div id=\"root\"></div>"))
            .play(async |stage| {
                stage.open("/guest.html").await;
                until_placeholders(stage, &[self.name, "a", "b", "c"]).await;
                test(stage).await;
            })
            .await;
    }

    async fn set(&self, stage: &Stage, change: serde_json::Value) {
        stage.run::<()>(self.set, vec![change]).await;
        is_alive(stage).await;
    }
}

async fn comes_and_goes(guest: &Guest) {
    use serde_json::json;
    guest
        .play(async |stage| {
            guest.set(stage, json!({ "shows": false })).await;
            until_placeholders(stage, &["a", "b", "c"]).await;
            guest.set(stage, json!({ "shows": true })).await;
            until_placeholders(stage, &[guest.name, "a", "b", "c"]).await;
            assert_eq!(of_tags(stage), [""; 0]);

            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, guest.name).await;
            let scripts = guest.scripts.len();
            stage.until(&format!("ran.length == {scripts}")).await;
            assert_eq!(ran(stage).await, guest.scripts);
            guest.set(stage, json!({ "shows": false })).await;
            stage
                .until(&format!(
                    "!document.querySelector('[title={}]')",
                    guest.name
                ))
                .await;
            guest.set(stage, json!({ "shows": true })).await;
            until_frame_shows(stage, guest.name).await;
            stage.until(&format!("ran.length == {}", 2 * scripts)).await;

            stage.call("doui.rejectAll()").await;
            until_placeholders(stage, &[guest.name, "a", "b", "c"]).await;
            guest.set(stage, json!({ "shows": false })).await;
            stage.forget_requests();
            guest.set(stage, json!({ "shows": true })).await;
            until_placeholders(stage, &[guest.name, "a", "b", "c"]).await;
            assert_eq!(ran(stage).await.len(), 2 * scripts);
            assert_eq!(of_tags(stage), [""; 0]);
        })
        .await;
}

async fn moves(guest: &Guest) {
    use serde_json::json;
    guest
        .play(async |stage| {
            guest.set(stage, json!({ "order": ["c", "a", "b"] })).await;
            until_placeholders(stage, &[guest.name, "c", "a", "b"]).await;
            guest.set(stage, json!({ "order": ["b", "c"] })).await;
            until_placeholders(stage, &[guest.name, "b", "c"]).await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "b").await;
            guest.set(stage, json!({ "order": ["c", "b", "a"] })).await;
            for name in ["a", "b", "c"] {
                until_frame_shows(stage, name).await;
            }
            let order: String = stage
                .value(
                    "[...document.querySelectorAll('div iframe')].map(frame => frame.title).join()",
                )
                .await;
            assert_eq!(order, format!("{},c,b,a", guest.name));
            assert_eq!(stage.times_requested(&format!("/tag.js?{}", guest.name)), 1);
            stage.call("doui.rejectAll()").await;
            until_placeholders(stage, &[guest.name, "c", "b", "a"]).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vue_could_not_take_away_what_was_allowed() {
    comes_and_goes(&VUE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vue_could_not_move_held_frames() {
    moves(&VUE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn svelte_could_not_take_away_what_was_allowed() {
    comes_and_goes(&SVELTE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn svelte_could_not_move_held_frames() {
    moves(&SVELTE).await;
}
