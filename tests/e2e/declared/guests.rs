//! Beside other libraries that wrap the same: zone.js, Sentry's and New Relic's agents, Partytown, as npm has them.

use doui_tests::{Engine, Setting, Stage};

use super::{asked, dist, nothing_is_asked, page};

const INSERTS: &str = "const script = document.createElement('script');
    script.onload = () => told.push('script');
    script.src = '//a.pixel.example/none.js?N';
    document.body.appendChild(script);
    const image = new Image();
    image.addEventListener('load', () => told.push('image'));
    image.src = '//a.pixel.example/dot.svg?N';
    const frame = document.createElement('iframe');
    frame.onload = () => told.push('frame');
    frame.src = '//films.example/frame.html?N';
    document.body.insertBefore(frame, null);
    const box = document.body.appendChild(document.createElement('div'));
    box.innerHTML = '<img src=\"//b.pixel.example/dot.svg?N\">';";

/// What a page inserts is held and comes, before and after the library; and what is not needed any more does nothing.
async fn holds_beside(library: &str, before: bool) {
    let dist = dist();
    let library = format!("<script src=\"/{library}.js\"></script>");
    let doui = "<script src=\"/doui/doui.js\"></script>";
    let tags = if before {
        format!("{library}{doui}")
    } else {
        format!("{doui}{library}")
    };
    let setting = Setting::guests().dist(dist.path());
    page(setting, &tags, "", "")
        .file(
            "none.js",
            "ran.push(document.currentScript.src.split('?')[1])",
        )
        .play(async |stage| {
            // The agents tell their own servers, which nobody plays.
            stage.expect_complaint("Failed to load resource");
            stage.open("/declared.html").await;
            insert(stage, "first").await;
            nothing_is_asked(stage).await;
            assert_eq!(stage.value::<Vec<String>>("told").await, [""; 0]);
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            comes(stage, "first").await;
            insert(stage, "second").await;
            comes(stage, "second").await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.forget_requests();
            insert(stage, "third").await;
            nothing_is_asked(stage).await;
        })
        .await;
}

async fn insert(stage: &Stage, name: &str) {
    stage
        .run::<()>(
            &format!("told.length = 0; {}", INSERTS.replace('N', name)),
            vec![],
        )
        .await;
}

async fn comes(stage: &Stage, name: &str) {
    stage.until(&format!("['frame', 'image', 'script'].every(kind => told.filter(it => it == kind).length == 1) && ran.includes('{name}')")).await;
    stage
        .until_requested(&format!("//b.pixel.example/dot.svg?{name}"))
        .await;
    assert!(asked(stage).contains(&format!("//films.example/frame.html?{name}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_beside_zone_js() {
    for before in [true, false] {
        holds_beside("zone", before).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_beside_sentry() {
    for before in [true, false] {
        holds_beside("sentry", before).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_beside_new_relic() {
    for before in [true, false] {
        holds_beside("newrelic", before).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_beside_partytown() {
    let dist = dist();
    let tags = "<script>partytown = { lib: '/partytown/' }</script><script src=\"/doui/doui.js\"></script><script src=\"/partytown/partytown.js\"></script>\
        <script type=\"text/partytown\">document.body.setAttribute('data-worker', typeof WorkerGlobalScope)</script>";
    page(Setting::guests().dist(dist.path()), tags, "", "")
        .file(
            "none.js",
            "ran.push(document.currentScript.src.split('?')[1])",
        )
        .play(async |stage| {
            stage.open("/declared.html").await;
            if Engine::of_this_run().starts_service_workers() {
                stage.until("document.body.dataset.worker").await;
            }
            insert(stage, "first").await;
            nothing_is_asked(stage).await;
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            comes(stage, "first").await;
        })
        .await;
}
