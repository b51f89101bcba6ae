//! The banner is painted at once, waits for nothing, and moves nothing.

use doui_tests::{Ability, Door, Engine, Setting};

/// The first frame, counted from `from`, that the browser painted with a banner.
fn first_with_banner(from: &str) -> String {
    format!("framesSeen.findIndex(frame => frame.banner) - ({from})")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_in_the_head_paints_the_banner_in_the_first_frame_with_a_body_or_the_next() {
    Setting::fixtures()
        .play(async |stage| {
            for _ in 0..5 {
                stage.open("/head.html").await;
                stage.until("framesSeen.some(frame => frame.banner)").await;
                let late: u32 = stage
                    .value(&first_with_banner(
                        "framesSeen.findIndex(frame => frame.body)",
                    ))
                    .await;
                assert!(late <= 1, "the banner came {late} frames after the body");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_at_the_end_of_the_body_paints_the_banner_in_its_own_frame_or_the_next() {
    Setting::fixtures()
        .play(async |stage| {
            for _ in 0..5 {
                stage.open("/body-end.html").await;
                stage.until("framesSeen.some(frame => frame.banner)").await;
                let late: i32 = stage.value(&first_with_banner("framesBefore")).await;
                assert!(late <= 1, "the banner came {late} frames after doui.js");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_waits_for_no_other_request() {
    let held = [
        "/held/async.js",
        "/held/frame.html",
        "/held/blocking.js",
        "/held/dot.svg",
    ];
    Setting::fixtures()
        .without_waiting_for_load()
        .play(async |stage| {
            held.iter().for_each(|path| stage.hold(path));
            stage.open("/hanging.html").await;
            stage.until("window.doui").await;
            stage.until_banner_shows().await;
            stage.answer("reject").await;
            assert_eq!(
                stage.value::<String>("document.readyState").await,
                "loading"
            );
            let (picture, others) = held.split_last().expect("they are four");
            for path in others {
                stage.until_requested(path).await;
            }
            if Engine::of_this_run().asks_for_pictures_last() {
                others.iter().for_each(|path| stage.release(path));
            }
            stage.until_requested(picture).await;
            stage.expect_complaint("/held/");
        })
        .await;
}

/// Writes down what moves on the page by itself. Only Chromium tells.
const SHIFTS: &str = "window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(({ value, sources }) => shifts.push(
        `${value}: ${sources.map(({ node, previousRect: from, currentRect: to }) =>
            `${node?.outerHTML.slice(0, 120) ?? 'in the banner'} from ${JSON.stringify(from)} to ${JSON.stringify(to)}`)}`
    ))).observe({ type: 'layout-shift', buffered: true });";

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_moves_nothing_on_the_page() {
    // A page without pictures: where one arrives late, the page moves by itself.
    Setting::fixtures()
        .needs(Ability::LayoutShifts)
        .before(SHIFTS)
        .play(async |stage| {
            stage.open_until_asked("/shop.html").await;
            stage.until_quiet().await;
            stage.press(Door::Banner, "reject").await;
            stage.until_banner_is_gone().await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>("shifts").await, [""; 0]);
            // The observer would have seen a shift. It forgives what follows a click by half a second, so reload.
            stage.reload().await;
            stage.until_quiet().await;
            stage
                .call("const box = document.createElement('div'); box.style.height = '300px'; document.body.prepend(box)")
                .await;
            stage.until("shifts.length").await;
        })
        .await;
}

/// What the page is told of the banner's height, and that height.
const HEIGHTS: &str =
    "[getComputedStyle(document.documentElement).getPropertyValue('--doui-height'),
    document.querySelector('#doui-banner').offsetHeight + 'px']";

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_told_of_the_banners_height_once_the_banner_is_painted() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open_until_asked("/shop.html").await;
            let is_told = format!("new Set({HEIGHTS}).size == 1");
            stage.until(&is_told).await;
            let [closed, _]: [String; 2] = stage.value(HEIGHTS).await;
            stage.press(Door::Banner, "settings").await;
            stage.until(&format!("!{HEIGHTS}.includes('{closed}')")).await;
            stage.until(&is_told).await;
            stage
                .call(&format!("addEventListener('mouseup', () => requestAnimationFrame(() => (window.answering = {HEIGHTS})), true)"))
                .await;
            stage.press(Door::Banner, "reject").await;
            stage.until(&format!("{HEIGHTS}.every(height => height == '0px')")).await;
            let [told, measured]: [String; 2] = stage.value("answering").await;
            assert_eq!(measured, "0px", "it is hidden in the frame that answers");
            assert_ne!(told, "0px", "the page had to be styled anew before that");
        })
        .await;
}
