//! React 18 and 19, in the builds that shops ship and that their developers see.

use doui_tests::{Setting, Stage};

use super::{act, is_alive, of_tags, ran, until_frame_shows, until_placeholders};

const BUILDS: [&str; 4] = [
    "react-18-production",
    "react-18-development",
    "react-19-production",
    "react-19-development",
];

const PRODUCTION: [&str; 2] = [BUILDS[0], BUILDS[2]];

/// Plays once for each version and build, from the first visit on.
async fn each(page: &str, test: impl AsyncFn(&Stage)) {
    Setting::guests()
        .play(async |stage| {
            for build in BUILDS {
                eprintln!("with {build}");
                stage.open(&format!("/{build}{page}")).await;
                stage.clear().await;
                stage.forget_requests();
                stage.reload().await;
                test(stage).await;
            }
        })
        .await;
}

/// React neither threw a tree away nor said that it had to put something right.
async fn is_silent(stage: &Stage) {
    stage.until_quiet().await;
    assert_eq!(stage.value::<Vec<String>>("guest.recovered").await, [""; 0]);
    assert!(
        stage.value::<bool>("document.contains(parsed)").await,
        "the server's tree is thrown away"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unmounting_held_and_allowed_tags_took_the_app_down() {
    each(".html", async |stage| {
        stage.call("guest.mount()").await;
        until_placeholders(stage, &["react", "a", "b", "c"]).await;
        stage.call("app.setShows(false)").await;
        until_placeholders(stage, &["a", "b", "c"]).await;
        is_alive(stage).await;
        stage.call("app.setShows(true)").await;
        until_placeholders(stage, &["react", "a", "b", "c"]).await;
        assert_eq!(of_tags(stage), [""; 0]);

        stage.call("doui.acceptAll()").await;
        until_frame_shows(stage, "react").await;
        stage
            .until("ran.length == 2 && document.querySelector('.ad')")
            .await;
        is_alive(stage).await;
        stage.call("app.setShows(false)").await;
        stage
            .until("!document.querySelector('[title=react]')")
            .await;
        is_alive(stage).await;
        // The content of a template goes with it.
        stage.until("!document.querySelector('.ad')").await;
        stage.call("app.setShows(true)").await;
        until_frame_shows(stage, "react").await;
        // What React mounts anew is new.
        stage.until("ran.length == 4").await;
        stage.call("doui.rejectAll()").await;
        until_placeholders(stage, &["react", "a", "b", "c"]).await;
        stage.call("app.setShows(false)").await;
        until_placeholders(stage, &["a", "b", "c"]).await;
        is_alive(stage).await;
        assert_eq!(ran(stage).await.len(), 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moving_a_keyed_list_of_frames_took_the_app_down() {
    each(".html", async |stage| {
        stage.call("guest.mount()").await;
        until_placeholders(stage, &["react", "a", "b", "c"]).await;
        stage.call("app.setOrder(['c', 'a', 'b'])").await;
        until_placeholders(stage, &["react", "c", "a", "b"]).await;
        stage.call("app.setOrder(['b', 'c'])").await;
        until_placeholders(stage, &["react", "b", "c"]).await;
        stage.call("doui.acceptAll()").await;
        until_frame_shows(stage, "b").await;
        stage.call("app.setOrder(['c', 'b', 'a'])").await;
        for name in ["a", "b", "c"] {
            until_frame_shows(stage, name).await;
        }
        let order: String = stage
            .value("[...document.querySelectorAll('iframe')].map(frame => frame.title).join()")
            .await;
        assert_eq!(order, "react,c,b,a");
        is_alive(stage).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_to_a_held_element_was_lost_at_opening_and_closing() {
    each(".html", async |stage| {
        stage.call("guest.mount()").await;
        stage.until("!!window.app?.frame.current").await;
        stage
            .call(
                "window.loads = [];
                 window.held = [app.frame.current, app.script.current];
                 for (const it of held) {
                     it.mark = it.localName;
                     it.addEventListener('load', () => loads.push(it.mark));
                 }",
            )
            .await;
        let is_same = "held.every((it, at) =>
            it.isConnected && it == [app.frame, app.script][at].current && it.mark == it.localName)";
        stage.call("doui.acceptAll()").await;
        until_frame_shows(stage, "react").await;
        stage.until("loads.includes('iframe') && loads.includes('script')").await;
        assert!(stage.value::<bool>(is_same).await, "open");
        stage.call("doui.rejectAll()").await;
        stage.until_quiet().await;
        assert!(stage.value::<bool>(is_same).await, "closed");
        stage.call("doui.acceptAll()").await;
        until_frame_shows(stage, "react").await;
        assert!(stage.value::<bool>(is_same).await, "open again");
        assert_eq!(stage.times_requested("/tag.js?react"), 1);
    })
    .await;
}

/// Hydration of a page, by a visitor who has not decided, who refused, and who allowed.
async fn hydrates(page: &str, when: &str, builds: &[&str]) {
    Setting::guests()
        .play(async |stage| {
            for build in builds {
                eprintln!("with {build}");
                let page = format!("/{build}{page}");
                let hydrated = async || {
                    act(stage, when).await;
                    stage.until("!!window.app").await;
                    is_silent(stage).await;
                    is_alive(stage).await;
                };
                stage.open(&page).await;
                stage.clear().await;
                stage.reload().await;
                hydrated().await;
                stage.until_banner_shows().await;
                until_placeholders(stage, &["react", "a", "b", "c"]).await;
                assert_eq!(ran(stage).await, [""; 0]);

                stage.call("doui.rejectAll()").await;
                stage.reload().await;
                hydrated().await;
                until_placeholders(stage, &["react", "a", "b", "c"]).await;
                assert_eq!(ran(stage).await, [""; 0]);

                // The address of an open frame is more than the server sent, which a developer's React says.
                if build.ends_with("development") {
                    continue;
                }
                stage.call("doui.acceptAll()").await;
                until_frame_shows(stage, "react").await;
                stage.until("ran.length == 2").await;
                stage.forget_requests();
                stage.reload().await;
                hydrated().await;
                until_frame_shows(stage, "react").await;
                stage.until("ran.length == 2").await;
                is_silent(stage).await;
                assert_eq!(ran(stage).await, ["react", "inline"]);
                assert_eq!(stage.times_requested("/tag.js?react"), 1);
                // Gates are there after hydration as before.
                stage.call("app.setShows(false)").await;
                stage
                    .until("!document.querySelector('[title=react]')")
                    .await;
                is_alive(stage).await;
                stage
                    .until("document.documentElement.dataset.doui.includes('ads')")
                    .await;
                // The next build begins with a visitor who has not decided.
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hydration_of_a_part_with_held_tags_threw_the_servers_tree_away() {
    hydrates("-part.html?at-once", "", &BUILDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hydration_after_loading_threw_the_servers_tree_away() {
    // As soon as the page has loaded, in a task of its own, as bundlers' chunks come.
    let when = "await new Promise(done => document.readyState == 'complete' ? setTimeout(done)
            : addEventListener('load', () => setTimeout(done)));
         guest.hydrate()";
    hydrates("-part.html?later", when, &BUILDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hydration_of_a_whole_document_lost_the_banner_the_gates_or_the_servers_tree() {
    // So is the attribute of `<html>`, whatever is decided.
    hydrates("-whole-told.html?told", "", &PRODUCTION).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hydration_of_a_whole_document_that_nobody_told_of_was_left_broken() {
    // What React has to put right it says, but the page works: the banner, the gates and the attribute are there.
    Setting::guests()
        .play(async |stage| {
            // React's own words, and the icon that is missed while the document has none.
            for part in ["react", "ydrat", "favicon"] {
                stage.expect_complaint(part);
            }
            for build in BUILDS {
                eprintln!("with {build}");
                let page = format!("/{build}-whole.html");
                stage.open(&page).await;
                stage.clear().await;
                stage.reload().await;
                stage.until("!!window.app").await;
                is_alive(stage).await;
                stage.until_banner_shows().await;
                until_placeholders(stage, &["react", "a", "b", "c"]).await;
                stage.call("doui.acceptAll()").await;
                until_frame_shows(stage, "react").await;
                stage.until("ran.length == 2").await;
                stage
                    .until("document.documentElement.dataset.doui?.includes('ads')")
                    .await;
                is_alive(stage).await;
            }
        })
        .await;
}
