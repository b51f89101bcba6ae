//! The history: what it tells of each decision, what it hands out, what it takes in, and that it can be deleted.

use std::fs;

use doui_tests::{Choices, Door, PURPOSES, Setting, Stage};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::routes::{decide, open};

const CARDS: &str = "[...document.querySelectorAll('main li.card')].map(card =>
    [card.querySelector('h2').textContent, ...[...card.querySelectorAll('p')].map(line => line.textContent)])";

/// What each decision says, the latest first: when, what changed, what was chosen, and how.
async fn cards(stage: &Stage, count: usize) -> Vec<[String; 4]> {
    stage
        .until(&format!(
            "document.querySelectorAll('main li.card').length == {count}"
        ))
        .await;
    stage.value(CARDS).await
}

async fn until_told(stage: &Stage, news: &str) {
    stage
        .until(&format!(
            "document.querySelector('.news [role=status]').textContent.startsWith({news:?})"
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_any_decision_it_says_so() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/history").await;
            let said: Value = stage
                .value("[document.querySelectorAll('main li.card').length, document.querySelector('main').innerText.includes('まだ設定の記録がありません'),
                    document.querySelector('[download]').checkVisibility()]")
                .await;
            assert_eq!(said, json!([0, true, false]));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_tells_of_each_decision_when_where_in_which_language_and_what_changed() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "reject").await;
            stage.call("doui.save({ traffic: true })").await;
            open(stage, "/doui/en/").await;
            let all: Choices = PURPOSES.map(|id| (id.to_owned(), id != "ads")).into();
            stage.set(Door::Centre, &all).await;
            stage.press(Door::Centre, "save").await;
            stage.until("document.cookie.includes('.affiliate1')").await;
            stage.press(Door::Centre, "save").await;
            stage.until("JSON.parse(localStorage.doui).history.length == 4").await;

            open(stage, "/doui/history?lang=ja").await;
            let told = cards(stage, 4).await;
            let [same, centre, api, banner] = &told[..] else { unreachable!("there are four") };
            assert_eq!(banner[1], "最初の設定");
            assert_eq!(
                banner[2],
                "拒否：入力の省略とお客様向けの表示、お客様に合わせた広告、アクセス解析とサービス改善、アフィリエイト広告"
            );
            assert_eq!(banner[3], "選んだ画面：バナー、表示言語：日本語、説明の版：2023年12月1日");
            assert_eq!(api[1], "変更：「アクセス解析とサービス改善」");
            assert_eq!(api[3], "選んだ画面：ページ内の操作、表示言語：日本語、説明の版：2023年12月1日");
            assert_eq!(centre[1], "変更：「入力の省略とお客様向けの表示」「アフィリエイト広告」");
            assert!(centre[2].contains("\n拒否：お客様に合わせた広告") && centre[2].contains("、アフィリエイト広告\n"), "{centre:?}");
            assert_eq!(centre[3], "選んだ画面：設定ページ、表示言語：English、説明の版：2023年12月1日");
            assert_eq!(same[1], "前回と同じ設定");

            // The time is the visitor's, to the second.
            let times: Vec<String> = stage
                .value("JSON.parse(localStorage.doui).history.reverse().map(({ at }) =>
                    new Date(at * 1000).toLocaleString('ja', { dateStyle: 'long', timeStyle: 'medium' }))")
                .await;
            let shown: Vec<_> = told.iter().map(|card| card[0].clone()).collect();
            assert_eq!(shown, times);

            open(stage, "/doui/en/history").await;
            let told = cards(stage, 4).await;
            assert_eq!(told[3][1], "First choice");
            assert!(told[2][3].contains("the shop’s page"), "{:?}", told[2]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_made_knowing_of_the_signal_says_so() {
    Setting::demo()
        .sending_gpc()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            stage.until("document.cookie.endsWith('.gpc')").await;
            open(stage, "/doui/history").await;
            let told = cards(stage, 1).await;
            assert!(
                told[0][3].ends_with("Global Privacy Controlを受信中に選択"),
                "{told:?}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_keeps_the_latest_twenty() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.until("window.doui").await;
            stage
                .call(
                    "for (let i = 0; i < 22; i++) doui.save({ ads: i == 21, traffic: i % 2 == 0 })",
                )
                .await;
            open(stage, "/doui/history").await;
            let told = cards(stage, 20).await;
            assert!(
                told[0][2].contains("許可：お客様に合わせた広告"),
                "{told:?}"
            );
            assert!(
                told.iter()
                    .skip(1)
                    .all(|card| card[2].contains("拒否：お客様に合わせた広告")
                        || card[2].ends_with("拒否：お客様に合わせた広告")),
                "{told:?}"
            );
            let said: String = stage
                .value("document.querySelector('main').innerText")
                .await;
            assert!(said.contains("20件まで"), "{said}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_in_another_tab_is_told_of_at_once() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/history").await;
            let (here, _) = stage.new_tab().await;
            decide(stage, "accept").await;
            stage.turn_to(&here).await;
            cards(stage, 1).await;
        })
        .await;
}

/// What the export holds.
async fn exported(stage: &Stage) -> String {
    let address: String = stage
        .value("document.querySelector('main a[download]').href")
        .await;
    assert!(
        address.starts_with("data:application/json;charset=utf-8,"),
        "{address}"
    );
    stage
        .run(
            "return decodeURIComponent(arguments[0].slice(arguments[0].indexOf(',') + 1))",
            vec![json!(address)],
        )
        .await
}

/// Two decisions at two doors, and the page that tells of them.
async fn decide_twice(stage: &Stage) {
    decide(stage, "reject").await;
    open(stage, "/doui/en/").await;
    stage.press(Door::Centre, "accept").await;
    stage.until("document.cookie.includes('.ads1')").await;
    open(stage, "/doui/history?lang=ja").await;
    cards(stage, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_handed_out_in_the_terms_of_consent_records() {
    handed_out(async |stage, text| {
        let export: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(export["@context"]["dpv"], "https://w3id.org/dpv#");
        assert_eq!(export["@context"]["dct"], "http://purl.org/dc/terms/");
        assert_eq!(export["schema_version"], "1");
        assert_eq!(
            export["dpv:hasDataController"]["dpv:hasName"],
            "ネットオフ株式会社"
        );
        assert_eq!(export["dpv:hasLegalBasis"], "dpv:Consent");
        let record: Value = stage.value("JSON.parse(localStorage.doui)").await;
        assert_eq!(export["record"], record);

        let events = export["events"].as_array().expect("a list");
        let history = record["history"].as_array().expect("a list");
        assert_eq!(events.len(), 2);
        for (event, entry) in events.iter().zip(history) {
            assert_eq!(event["dct:identifier"], format!("doui-{}", entry["at"]));
            assert_eq!(event["dct:language"], entry["lang"]);
            assert_eq!(event["doui:by"], entry["by"]);
            assert_eq!(event["doui:gpc"], entry["gpc"]);
            assert_eq!(event["dpv:hasNotice"]["dct:hasVersion"], "2023-12-01");
            assert_eq!(event["dpv:hasDuration"], "P180D");
            let at: String = stage
                .run(
                    "return new Date(arguments[0] * 1000).toISOString()",
                    vec![entry["at"].clone()],
                )
                .await;
            assert_eq!(event["dpv:isIndicatedAtTime"], at);
            let purposes = event["dpv:hasPurpose"].as_array().expect("a list");
            let told: Vec<_> = purposes
                .iter()
                .map(|it| {
                    (
                        it["dct:identifier"].as_str(),
                        it["dpv:hasConsentStatus"].as_str(),
                    )
                })
                .collect();
            let status = |id: &str| match entry["choices"][id].as_bool() {
                Some(true) => Some("dpv:ConsentGiven"),
                _ => Some("dpv:ConsentRefused"),
            };
            assert_eq!(told, PURPOSES.map(|id| (Some(id), status(id))));
            assert_eq!(purposes[1]["dct:title"], "お客様に合わせた広告");
        }
        assert_eq!(
            (&events[0]["doui:by"], &events[1]["doui:by"]),
            (&json!("banner"), &json!("centre"))
        );
        // A prefix that the file uses is one that it explains.
        for prefix in ["dpv", "dct", "doui"] {
            assert!(
                export["@context"][prefix].is_string(),
                "{prefix}: {}",
                export["@context"]
            );
        }
    })
    .await;
}

/// What is said of a record that is not later than what is kept.
const OLDER: &str = "このブラウザーの設定と同じか、それより古い記録";

/// Gives the page a file, and awaits what it says of it.
async fn take_in(stage: &Stage, text: &str, news: &str) {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("doui-history.json");
    fs::write(&file, text).expect("the temporary folder takes files");
    let input = stage
        .element("document.querySelector('main input[type=file]')")
        .await;
    input
        .send_keys(file.to_str().expect("a path is text"))
        .await
        .expect("the field takes a file");
    until_told(stage, news).await;
}

/// Plays on the page that tells of two decisions, with what it hands out.
async fn handed_out(test: impl AsyncFnOnce(&Stage, String)) {
    Setting::demo()
        .play(async |stage| {
            decide_twice(stage).await;
            let text = exported(stage).await;
            test(stage, text).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_into_another_browser() {
    handed_out(async |stage, text| {
        let before = stage.kept().await;
        stage.clear().await;
        stage.reload().await;
        stage.until_banner_shows().await;
        take_in(stage, &text, "読み込みました").await;
        stage.until_banner_is_gone().await;
        assert_eq!(stage.kept().await, before);
        cards(stage, 2).await;
        // It is in force: on the next page, in the shop, and after loading again.
        stage.open("/").await;
        stage
            .until("doui.state.decided && doui.allows('ads')")
            .await;
        open(stage, "/doui/history?lang=ja").await;
        assert_eq!(exported(stage).await, text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_here_before_stays_in_the_history() {
    handed_out(async |stage, text| {
        stage.clear().await;
        // Here it was decided otherwise, and long ago.
        stage
            .call(
                "const at = Math.floor(Date.now() / 1000) - 86400;
                 const decided = { revision: '20231201', at, choices: { auth: true, ads: false, traffic: false, affiliate: false }, by: 'api', lang: 'ja', gpc: false };
                 localStorage.doui = JSON.stringify({ v: 1, ...decided, history: [decided] })",
            )
            .await;
        stage.reload().await;
        stage.until_alive().await;
        cards(stage, 1).await;
        take_in(stage, &text, "読み込みました").await;
        let told = cards(stage, 3).await;
        assert!(told[2][3].contains("ページ内の操作"), "{told:?}");
        assert!(stage.cookie().await.expect("a cookie").contains(".ads1"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_record_changes_nothing_and_is_said_to_be_older() {
    handed_out(async |stage, text| {
        // The same is not later either.
        let before = stage.kept().await;
        take_in(stage, &text, OLDER).await;
        assert_eq!(stage.kept().await, before);

        let at: u64 = stage.value("JSON.parse(localStorage.doui).at").await;
        let older = text.replace(&at.to_string(), &(at - 3600).to_string());
        stage.reload().await;
        stage.until_alive().await;
        take_in(stage, &older, OLDER).await;
        assert_eq!(stage.kept().await, before);
        cards(stage, 2).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_changes_nothing_and_is_said_to_be_wrong() {
    Setting::demo()
        .play(async |stage| {
            for is_decided in [false, true] {
                if is_decided {
                    decide_twice(stage).await;
                } else {
                    open(stage, "/doui/history?lang=ja").await;
                }
                let now: u64 = stage.value("Math.floor(Date.now() / 1000)").await;
                let ahead = now + 3 * 86400;
                for wrong in [
                    "",
                    "これはJSONではありません",
                    "{}",
                    "[]",
                    "{\"record\":null}",
                    "{\"record\":{\"v\":1}}",
                    "{\"record\":{\"v\":1,\"revision\":\"20231201\",\"at\":1,\"choices\":{}}}",
                    "{\"record\":{\"v\":1,\"revision\":\"20231201\",\"at\":\"now\",\"choices\":{\"ads\":true}}}",
                    &format!("{{\"record\":{{\"v\":2,\"revision\":\"20231201\",\"at\":{now},\"choices\":{{\"ads\":true}}}}}}"),
                    &format!("{{\"record\":{{\"v\":1,\"revision\":\"20231201\",\"at\":{ahead},\"choices\":{{\"ads\":true}}}}}}"),
                    &format!("{{\"record\":{{\"v\":1,\"revision\":\"20231201\",\"at\":{now},\"choices\":{{\"<b>\":true}}}}}}"),
                ] {
                    let before = stage.kept().await;
                    take_in(stage, wrong, "読み込めませんでした").await;
                    assert_eq!(stage.kept().await, before, "{wrong}");
                    assert_eq!(stage.banner_shows().await, !is_decided, "{wrong}");
                    // So that the next one's news is news.
                    stage.reload().await;
                    stage.until_alive().await;
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_deleted() {
    Setting::demo()
        .play(async |stage| {
            decide_twice(stage).await;
            stage.press(Door::Centre, "reset").await;
            until_told(stage, "設定と履歴を削除しました").await;
            assert_eq!(stage.kept().await, (None, None));
            stage.until_banner_shows().await;
            cards(stage, 0).await;
            stage.until("document.querySelector('main').innerText.includes('まだ設定の記録がありません')").await;
            assert!(!stage.value::<bool>("document.querySelector('[download]').checkVisibility()").await);
            let left: Value = stage
                .value("[document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)]")
                .await;
            assert_eq!(left, json!(["", [], []]));
            stage.open_until_asked("/").await;
        })
        .await;
}
