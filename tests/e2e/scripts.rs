//! Held scripts that the browser never tells of, and those after them: nothing holds the shop's own inline scripts for ever.

use doui_tests::{SCRIPTS, Setting, Stage};

/// A page with a held script of some kind, and after it an inline one that writes down how long it waited for an answer.
fn page(first: &str) -> String {
    doui_tests::page(
        SCRIPTS,
        &format!(
            r#"<main><h1>順番</h1>
        {first}
        <script type="text/plain" data-doui="ads">ran.push("inline"); window.waited = performance.now() - answered</script>
        </main>"#
        ),
    )
}

/// How long, in milliseconds, the inline script waited.
async fn waited(stage: &Stage) -> f64 {
    stage
        .call("window.answered = performance.now(); doui.acceptAll()")
        .await;
    stage.until("ran.includes('inline')").await;
    stage.value("waited").await
}

/// Half the time that an inline script waits for one that does not come, in milliseconds.
const SOON: f64 = 2500.0;

#[tokio::test(flavor = "multi_thread")]
async fn a_held_data_block_stopped_every_inline_script_after_it() {
    let block = r#"<script type="text/plain" data-doui="ads" data-type="text/partytown" data-src="/tag.js?block"></script>"#;
    Setting::fixtures()
        .without_policy()
        .file("first.html", page(block))
        .play(async |stage| {
            stage.open("/first.html").await;
            let waited = waited(stage).await;
            assert!(waited < SOON, "it waited {waited} ms for a data block");
            let warnings: Vec<String> = stage.value("witness.warnings").await;
            assert!(
                warnings.iter().any(|line| line.contains("text/partytown")),
                "{warnings:?}"
            );
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["inline"]);
        })
        .await;
}

/// Source: <https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element> (the attributes `for` and
/// `event`).
#[tokio::test(flavor = "multi_thread")]
async fn a_held_script_for_an_event_stopped_every_inline_script_after_it() {
    let script = r#"<script type="text/plain" data-doui="ads" for="document" event="onclick" data-src="/tag.js?event"></script>"#;
    Setting::fixtures()
        .without_policy()
        .file("first.html", page(script))
        .play(async |stage| {
            stage.open("/first.html").await;
            waited(stage).await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["inline"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_hangs_stopped_every_inline_script_after_it() {
    let script = r#"<script type="text/plain" data-doui="ads" data-src="/tag.js?stuck"></script>"#;
    Setting::fixtures()
        .without_policy()
        .file("first.html", page(script))
        .play(async |stage| {
            stage.open("/first.html").await;
            stage.hold("/tag.js?stuck");
            let waited = waited(stage).await;
            // It gave the vendor a while before it went on.
            assert!(waited > SOON, "it waited {waited} ms for a script that was on its way");
            // What comes late runs, and holds back nothing that comes after it.
            stage.release("/tag.js?stuck");
            stage.until("ran.includes('stuck')").await;
            stage
                .call(
                    "const script = document.createElement('script');
                     script.type = 'text/plain'; script.dataset.doui = 'ads'; script.text = 'ran.push(\"late\")';
                     document.body.append(script)",
                )
                .await;
            stage.until("ran.includes('late')").await;
            assert_eq!(
                stage.value::<Vec<String>>("ran").await,
                ["inline", "stuck", "late"]
            );
        })
        .await;
}
