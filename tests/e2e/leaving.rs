//! What leaves the page is let go, and what comes back stands as the visitor chose.

use doui_tests::{Ability, Setting, Stage};
use serde_json::json;

/// Has the browser collect what nothing holds any more, and says how many of the page's `left` are still there. What has
/// just left may be held by what the browser is about to do, such as an animation frame: so it is asked a few times.
async fn still_there(stage: &Stage) -> u32 {
    let mut count = u32::MAX;
    for _ in 0..10 {
        stage.until_quiet().await;
        let tools = stage.driver().cdp();
        let collected = tools
            .send_raw("HeapProfiler.collectGarbage", json!({}))
            .await;
        collected.expect("Chromium collects garbage");
        count = stage.value("left.filter(one => one.deref()).length").await;
        if count == 0 {
            break;
        }
    }
    count
}

/// Fifty gates come and go, in as many tasks, or within one; awaited, so that all was seen.
const COME_AND_GO: &str = "
    const [kind, isAtOnce] = arguments;
    const page = document.querySelector('main');
    const turn = () => new Promise(done => setTimeout(done));
    window.left = [];
    return (async () => {
        for (let n = 0; n < 50; n++) {
            const gate = document.createElement(kind);
            gate.dataset.doui = 'ads';
            gate.dataset.src = kind == 'img' ? `/dot.svg?${n}` : '/frame.html';
            page.append(gate);
            if (!isAtOnce) await turn();
            gate.remove();
            left.push(new WeakRef(gate));
            await turn();
        }
        return left.length;
    })()";

#[tokio::test(flavor = "multi_thread")]
async fn gates_that_left_were_kept_for_ever() {
    Setting::fixtures()
        .needs(Ability::DevTools)
        .without_policy()
        .play(async |stage| {
            stage.open("/shop.html").await;
            let kept = "window.kept = new WeakRef(document.querySelector('[data-doui]')); window.left = [kept]";
            stage.call(kept).await;
            assert_eq!(still_there(stage).await, 1, "what is in the page was collected");
            for decided in ["undecided", "rejectAll", "acceptAll"] {
                if decided != "undecided" {
                    stage.call(&format!("doui.{decided}()")).await;
                }
                for kind in ["img", "iframe"] {
                    for is_at_once in [false, true] {
                        let came: u32 = stage
                            .run(COME_AND_GO, vec![json!(kind), json!(is_at_once)])
                            .await;
                        assert_eq!(came, 50);
                        let count = still_there(stage).await;
                        assert_eq!(count, 0, "{kind}, {decided}, within a task: {is_at_once}");
                    }
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_frame_that_comes_and_goes_is_closed_while_it_is_away() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.call("doui.acceptAll()").await;
            let shows = "document.querySelector('iframe')?.contentDocument?.title == '枠の中'";
            stage.until(shows).await;
            for _ in 0..3 {
                stage
                    .call("window.frame = document.querySelector('iframe'); frame.remove()")
                    .await;
                stage.until_quiet().await;
                stage
                    .call("document.querySelector('main').append(frame)")
                    .await;
                stage.until(shows).await;
            }
            stage.call("frame.remove()").await;
            stage.until_quiet().await;
            stage.call("doui.rejectAll()").await;
            stage.until("!frame.hasAttribute('src')").await;
            stage.forget_requests();
            stage
                .call("document.querySelector('main').append(frame)")
                .await;
            stage.until_quiet().await;
            assert_eq!(stage.requests(), [""; 0]);
            stage.call("doui.acceptAll()").await;
            stage.until(shows).await;
        })
        .await;
}

/// Each look at the clock is ten milliseconds after the one before, so each gate is opened in a task of its own.
const SLOW: &str = "let now = 0; performance.now = () => now += 10";

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_that_left_and_came_back_during_a_pass_was_opened_twice() {
    Setting::fixtures()
        .without_policy()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.call(SLOW).await;
            let closed: (u32, u32) = stage
                .run(
                    "const turn = () => new Promise(done => setTimeout(done));
                     const page = document.querySelector('main');
                     const made = Array.from({ length: 30 }, (_, n) => {
                         const picture = document.createElement('img');
                         picture.dataset.doui = 'ads';
                         picture.dataset.src = '/dot.svg?' + n;
                         page.append(picture);
                         return picture;
                     });
                     const last = made[29];
                     const open = () => made.filter(picture => picture.hasAttribute('src')).length;
                     return (async () => {
                         doui.acceptAll();
                         while (!open()) await turn();
                         last.remove();
                         await turn();
                         page.append(last);
                         while (open() < 30) await turn();
                         const opened = open();
                         doui.rejectAll();
                         // The last is closed last.
                         for (let turns = 0; open() && turns < 200; turns++) await turn();
                         return [opened, open()];
                     })()",
                    vec![],
                )
                .await;
            assert_eq!(closed, (30, 0), "a refused picture kept its address");
        })
        .await;
}
