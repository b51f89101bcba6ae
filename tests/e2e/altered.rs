//! Pages that replace what the browser gives to scripts: clocks, frames, how a text is made of an array.

use doui_tests::{Setting, Stage};
use serde_json::{Value, json};

/// The decisions that the record keeps, as whether `ads` is allowed in each.
async fn history(stage: &Stage) -> Vec<bool> {
    let record = stage.record().await.expect("there is a record");
    let record: Value = serde_json::from_str(&record).expect("the record is JSON");
    let history = record["history"].as_array();
    let history = history.unwrap_or_else(|| panic!("no list of decisions: {record}"));
    let ads = history.iter().map(|one| one["choices"]["ads"].as_bool());
    ads.map(|ads| ads.unwrap_or_else(|| panic!("{record}")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_is_not_painted_carried_out_no_answer() {
    Setting::fixtures()
        .without_policy()
        // A tab that is hidden right after the answer has no frame any more.
        .before("window.requestAnimationFrame = () => 0")
        .play(async |stage| {
            stage.open("/withdrawal.html").await;
            stage.call("doui.acceptAll()").await;
            stage.until("ran.includes('counter')").await;
            let frame = "document.querySelector('iframe')";
            stage
                .until(&format!("{frame}.contentDocument?.title == '枠の中'"))
                .await;
            stage.call("doui.rejectAll()").await;
            stage.until(&format!("!{frame}.hasAttribute('src')")).await;
        })
        .await;
}

/// Ten gates, of which the browser fetches nothing.
const TEN: &str = "
    for (let n = 0; n < 10; n++) {
        const link = document.createElement('a');
        link.dataset.doui = 'ads'; link.dataset.href = '/frame.html';
        document.querySelector('main').append(link);
    }";

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_the_page_replaced_lost_the_answer() {
    for clock in ["NaN", "0", "1e15", "undefined"] {
        Setting::fixtures()
            .play(async |stage| {
                stage.open("/shop.html").await;
                stage.call("doui.acceptAll()").await;
                stage
                    .call(&format!("Date.now = () => {clock}; {TEN}"))
                    .await;
                let open = "document.querySelectorAll('main a[data-doui][href]').length";
                stage.until(&format!("{open} == 10")).await;
                stage.call("doui.rejectAll()").await;
                stage.until(&format!("{open} == 0")).await;
                // The page looks again, as it does once a second.
                stage.call("dispatchEvent(new Event('storage'))").await;
                assert_eq!(
                    stage
                        .value::<Value>("[doui.state.decided, doui.allows('ads')]")
                        .await,
                    json!([true, false]),
                    "{clock}"
                );
                assert_eq!(history(stage).await, [true, false], "{clock}");
                stage.reload().await;
                let cookie = stage.cookie().await.expect("the cookie is kept");
                assert!(cookie.contains(".ads0."), "{clock}: {cookie}");
                assert!(!stage.value::<bool>("doui.allows('ads')").await, "{clock}");
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_leaps_at_each_look_opened_nothing() {
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage
                .call(&format!(
                    "let now = 0; performance.now = () => now += 1000; {TEN}; doui.acceptAll()"
                ))
                .await;
            // The test's own waits need a clock that goes.
            let open = "return new Promise(done => setTimeout(() =>
                done(document.querySelectorAll('main a[data-doui][href]').length), 1000))";
            assert_eq!(stage.run::<u32>(open, vec![]).await, 10);
        })
        .await;
}

/// As Prototype 1.6 has them, which made texts of objects before browsers did: an array becomes a string, and a text that
/// is one within a text.
/// Source: <https://github.com/prototypejs/prototype/blob/1.6.1/src/lang/array.js> and `string.js`, `toJSON`.
const PROTOTYPE: &str = "
    const text = value => Array.isArray(value) ? value.toJSON() : typeof value == 'string' ? value.toJSON()
        : value && typeof value == 'object'
            ? '{' + Object.keys(value).map(key => key.toJSON() + ': ' + text(value[key])).join(', ') + '}' : String(value);
    Array.prototype.toJSON = function () { return '[' + this.map(text).join(', ') + ']' };
    String.prototype.toJSON = function () { return '\"' + this + '\"' };";

#[tokio::test(flavor = "multi_thread")]
async fn arrays_with_a_text_of_their_own_lost_the_history() {
    for (library, change) in [
        ("Prototype 1.6", PROTOTYPE),
        (
            "one that fails",
            "Array.prototype.toJSON = () => { throw Error('no text') }",
        ),
        (
            "one that says the same of all",
            "Array.prototype.toJSON = () => 1",
        ),
    ] {
        Setting::fixtures()
            .play(async |stage| {
                stage.open("/shop.html").await;
                // The driver makes texts of what it is told, so the page is put right again at once.
                let changed = |act: &str| {
                    format!(
                        "{change};
                         try {{ {act} }} finally {{ delete Array.prototype.toJSON; delete String.prototype.toJSON }}"
                    )
                };
                for act in ["doui.acceptAll()", "doui.rejectAll()", "doui.acceptAll()"] {
                    stage.call(&changed(act)).await;
                }
                assert_eq!(history(stage).await, [true, false, true], "{library}");
                stage.reload().await;
                stage.call(&changed("doui.rejectAll()")).await;
                assert_eq!(history(stage).await, [true, false, true, false], "{library}");
            })
            .await;
    }
}
