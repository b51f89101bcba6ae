//! What developers see: the state as it is, the signals that follow from it, a place to try conditions, and code to copy.

use doui_tests::{PURPOSES, Setting, Stage, combinations};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::routes::{LANGUAGES, open};

const LIVE: &str = "document.querySelector('[data-doui-live=state]')";

#[tokio::test(flavor = "multi_thread")]
async fn the_state_and_the_events_follow_another_tab() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/developers").await;
            let state = format!("{LIVE}.querySelector('pre').textContent");
            let shown: String = stage.value(&state).await;
            assert!(shown.contains("decided: false"), "{shown}");
            assert!(
                shown.contains("undecided: [\"auth\", \"ads\", \"traffic\", \"affiliate\"]"),
                "{shown}"
            );
            assert!(
                shown.contains("revision: null") && shown.contains("decidedAt: null"),
                "{shown}"
            );

            let (here, shop) = stage.new_tab().await;
            stage.open("/").await;
            stage.until("window.doui").await;
            stage
                .call("doui.save({ auth: false, ads: true, traffic: true, affiliate: false })")
                .await;
            let at: u64 = stage.value("doui.state.decidedAt").await;
            stage.turn_to(&here).await;
            stage
                .until(&format!("{state}.includes('decided: true')"))
                .await;
            let shown: String = stage.value(&state).await;
            assert!(
                shown.contains(
                    "choices: { auth: false, ads: true, traffic: true, affiliate: false }"
                ),
                "{shown}"
            );
            assert!(shown.contains("revision: \"20231201\""), "{shown}");
            assert!(shown.contains(&format!("decidedAt: {at}")), "{shown}");
            let events = format!("{LIVE}.querySelectorAll('pre')[1].innerText");
            stage
                .until(&format!("{events}.includes('doui:change [ads, traffic]')"))
                .await;

            stage.turn_to(&shop).await;
            stage.call("doui.save({ ads: false })").await;
            stage.turn_to(&here).await;
            // The latest comes first.
            stage
                .until(&format!("{events}.split('\\n').length == 2"))
                .await;
            let told: String = stage.value(&events).await;
            assert!(
                told.lines()
                    .next()
                    .is_some_and(|line| line.ends_with("doui:change [ads]")),
                "{told}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signals_are_those_that_a_shops_page_sends() {
    Setting::demo()
        .play(async |stage| {
            let table = format!(
                "Object.fromEntries([...{LIVE}.querySelectorAll('table tr')].map(row => [row.querySelector('th').textContent, row.querySelector('td').textContent]))"
            );
            open(stage, "/doui/developers").await;
            let before: Value = stage.value(&table).await;
            let before = before.as_object().expect("names and answers");
            assert_eq!(before.len(), 7);
            for (kind, answer) in before {
                let expected = if kind == "security_storage" { "granted" } else { "denied" };
                assert_eq!(answer, expected, "{kind}");
            }
            let mut seen = Vec::new();
            // Every third of sixteen has each purpose on and off.
            for choices in combinations().step_by(3) {
                stage.open("/").await;
                stage.until("window.doui").await;
                stage.run::<()>("doui.save(arguments[0])", vec![json!(choices)]).await;
                let sent: Value = stage
                    .value("[...dataLayer].map(it => [...(it.length ? it : [])]).findLast(([command, kind]) => command == 'consent' && kind == 'update')[2]")
                    .await;
                open(stage, "/doui/developers").await;
                let shown: Value = stage.value(&table).await;
                assert_eq!(shown.as_object().map(|it| it.len()), Some(7));
                for (kind, answer) in sent.as_object().expect("types and answers") {
                    assert_eq!(&shown[kind], answer, "{kind} with {choices:?}");
                }
                assert_eq!(shown["security_storage"], "granted");
                seen.push(shown);
            }
            seen.dedup();
            assert!(seen.len() >= 4, "{seen:?}");
        })
        .await;
}

/// Writes a condition into the tester, and awaits its answer.
async fn ask(stage: &Stage, condition: &str, answer: &str) {
    let field = stage
        .element(&format!("{LIVE}.querySelector('input[type=text]')"))
        .await;
    // As pasting does it: a driver may not have every sign on its keyboard.
    let field = field.to_json().expect("an element has an id");
    stage
        .run::<()>(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }))",
            vec![field, json!(condition)],
        )
        .await;
    stage
        .until(&format!("{LIVE}.querySelector('input[type=text]').value == {condition:?} && {LIVE}.querySelector('[role=status]').textContent.trim() == {answer:?}"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tester_answers_as_a_gate_does() {
    const OPENS: &str = "この条件のタグは動きます。";
    const HELD: &str = "この条件のタグは保留されます。";
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/developers").await;
            for (condition, answer) in [
                ("ads", HELD),
                ("!ads", OPENS),
                ("ads affiliate", HELD),
                ("!ads !affiliate", OPENS),
                ("necessary", OPENS),
                ("!necessary", HELD),
                ("", HELD),
                (
                    "nonsense",
                    "この条件のタグは保留されます。\nshop.jsonにない目的です：nonsense",
                ),
                (
                    "ads nonsense",
                    "この条件のタグは保留されます。\nshop.jsonにない目的です：nonsense",
                ),
            ] {
                ask(stage, condition, answer).await;
            }
            stage.open("/").await;
            stage.until("window.doui").await;
            stage
                .call("doui.save({ ads: true, affiliate: false })")
                .await;
            open(stage, "/doui/developers").await;
            for (condition, answer) in [
                ("ads", OPENS),
                ("!ads", HELD),
                ("ads affiliate", HELD),
                ("ads !affiliate", OPENS),
                ("  ads   necessary ", OPENS),
                (
                    "ads nonsense",
                    "この条件のタグは保留されます。\nshop.jsonにない目的です：nonsense",
                ),
            ] {
                ask(stage, condition, answer).await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tester_said_that_an_unknown_service_runs() {
    // The shop declares the service, but nobody can refuse it alone: then conditions do not know it by name.
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.until("window.doui").await;
            stage.call("doui.acceptAll()").await;
            open(stage, "/doui/developers").await;
            ask(stage, "ads", "この条件のタグは動きます。").await;
            for (condition, verdict) in [
                ("ads/google-ads", "この条件のタグは保留されます。"),
                ("!ads/google-ads", "この条件のタグは動きます。"),
            ] {
                let answer = format!("{verdict}\nshop.jsonにない目的です：ads/google-ads");
                ask(stage, condition, &answer).await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_purpose_opens_no_gate_even_when_it_is_not_wanted() {
    // As `doui.js` has it: what the shop does not know is a mistake, and a mistake opens nothing.
    Setting::fixtures()
        .play(async |stage| {
            stage.open("/shop.html").await;
            stage.until("window.doui").await;
            stage
                .call(
                    "const template = document.createElement('template'); template.dataset.doui = '!nonsense';
                     template.content.append(Object.assign(document.createElement('i'), { id: 'opened' }));
                     document.querySelector('main').append(template)",
                )
                .await;
            stage.until_quiet().await;
            let opens: bool = stage.value("!!document.querySelector('#opened')").await;
            open(stage, "/doui/developers").await;
            let verdict = if opens { "この条件のタグは動きます。" } else { "この条件のタグは保留されます。" };
            ask(stage, "!nonsense", &format!("{verdict}\nshop.jsonにない目的です：nonsense")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_snippets_speak_seven_languages_and_name_the_shops_purposes() {
    Setting::demo()
        .play(async |stage| {
            for (_, folder) in LANGUAGES {
                open(stage, &format!("{folder}developers")).await;
                let snippets: Vec<(String, String)> = stage
                    .value("[...document.querySelectorAll('figure.snippet')].map(it => [it.querySelector('figcaption').textContent, it.querySelector('pre').textContent])")
                    .await;
                let languages: Vec<_> = snippets.iter().map(|(language, _)| language.as_str()).collect();
                assert_eq!(languages, ["HTML", "JavaScript", "nginx", "Apache", "PHP", "Node.js", "Rust"]);
                for (language, code) in snippets {
                    assert!(PURPOSES.iter().any(|id| code.contains(id)), "{language}: {code}");
                }
                let text: String = stage.value("document.querySelector('main').textContent").await;
                assert!(PURPOSES.iter().all(|id| text.contains(id)));
                let audit = "document.querySelector('main a[href*=doui-audit]').href";
                assert_eq!(stage.value::<String>(audit).await, stage.url("/?doui-audit"));
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_of_javascript_runs_as_it_is_printed() {
    Setting::demo()
        .without_policy()
        .play(async |stage| {
            stage.open("/doui/developers").await;
            let code: String = stage
                .value("[...document.querySelectorAll('figure.snippet')].find(it => it.querySelector('figcaption').textContent == 'JavaScript').querySelector('pre').textContent")
                .await;
            stage.open("/").await;
            stage.until("window.doui").await;
            stage.call(&code).await;
            stage.answer("accept").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_is_copied() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/developers").await;
            let button = stage.element("document.querySelectorAll('figure.snippet button')[3]").await;
            assert_eq!(button.text().await.expect("it has text"), "コピー");
            stage.click(&button).await;
            stage.until("document.querySelectorAll('figure.snippet [role=status]')[3].textContent == 'コピーしました。'").await;
            // Pasting needs no permission, as reading would.
            let field = "const field = document.createElement('textarea'); document.body.append(field); field.focus()";
            stage.call(field).await;
            let chain = stage.driver().action_chain();
            let paste = chain.key_down(Key::Control).send_keys("v").key_up(Key::Control);
            paste.perform().await.expect("keys could not be pressed");
            stage.until("document.querySelector('body > textarea').value").await;
            let copied: (String, String) = stage
                .value("[document.querySelector('body > textarea').value, document.querySelectorAll('figure.snippet pre')[3].textContent]")
                .await;
            assert_eq!(copied.0, copied.1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_copied_it_is_said() {
    Setting::demo()
        .play(async |stage| {
            // Without TLS a page has no clipboard.
            open(stage, "//www.yotsuyu.co.jp/doui/developers").await;
            let is_missing: bool = stage.value("!navigator.clipboard").await;
            assert!(is_missing, "the test proves nothing");
            stage.click_on("document.querySelector('figure.snippet button')").await;
            stage.until("document.querySelector('figure.snippet [role=status]').textContent.startsWith('コピーできませんでした。')").await;
        })
        .await;
}
