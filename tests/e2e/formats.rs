//! What an earlier version of Doui wrote is read by both doors; what a later one wrote is left alone until the visitor
//! chooses.

use std::fs;

use doui_tests::{PURPOSES, Setting, Stage, built};
use serde::Deserialize;
use serde_json::{Value, json};

/// One decision of `tests/fixtures/formats`.
#[derive(Deserialize)]
struct Written {
    name: String,
    cookie: String,
    record: String,
}

/// A minute after every decision of the files.
const CLOCK: &str = "Date.now = () => 1764000060000";

/// Empties the browser and puts these in.
async fn put(stage: &Stage, cookie: Option<&str>, record: Option<&str>) {
    stage.open("/frame.html").await;
    stage.clear().await;
    stage
        .run::<()>(
            "const [cookie, record] = arguments;
            if (cookie != null) document.cookie = `doui=${cookie};path=/`;
            if (record != null) localStorage.setItem('doui', record)",
            vec![json!(cookie), json!(record)],
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_page_reads_every_format_that_was_ever_written() {
    let folder = built::tests().join("fixtures/formats");
    let files = fs::read_dir(&folder).expect("the formats are there");
    let written: Vec<Written> = files
        .flat_map(|file| {
            let json = fs::read(file.expect("it is a file").path()).expect("it can be read");
            serde_json::from_slice::<Vec<Written>>(&json).expect("it is a list of decisions")
        })
        .collect();
    assert!(!written.is_empty());
    Setting::fixtures()
        .before(CLOCK)
        .play(async |stage| {
            for Written {
                name,
                cookie,
                record,
            } in &written
            {
                let kept: Value = serde_json::from_str(record).expect("it is JSON");
                for (cookie, record) in [(Some(cookie), None), (None, Some(record))] {
                    put(stage, cookie.map(|it| &**it), record.map(|it| &**it)).await;
                    stage.open("/shop.html").await;
                    stage.until_quiet().await;
                    let state: Value = stage.value("doui.state").await;
                    for purpose in PURPOSES {
                        let said = kept["choices"].get(purpose);
                        let allowed = said.cloned().unwrap_or(json!(false));
                        assert_eq!(state["choices"][purpose], allowed, "{name}: {purpose}");
                        let undecided = state["undecided"].as_array().expect("it is a list");
                        assert_eq!(
                            undecided.contains(&json!(purpose)),
                            said.is_none(),
                            "{name}"
                        );
                    }
                    assert_eq!(state["decidedAt"], 1_764_000_000, "{name}");
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_format_is_left_alone_by_both_doors_until_the_visitor_chooses() {
    let old_cookie = "1.20231201.1764000000.auth1.ads1.traffic1.affiliate1";
    let newer_record = r#"{"v":2,"choices":{"ads":true}}"#;
    Setting::fixtures()
        .before(CLOCK)
        .play(async |stage| {
            for (cookie, record) in [
                (Some("2.whatever"), None),
                (None, Some(newer_record)),
                (Some(old_cookie), Some(newer_record)),
            ] {
                put(stage, cookie, record).await;
                for page in ["/shop.html", "/doui/", "/shop.html"] {
                    stage.open_until_asked(page).await;
                    stage.until_quiet().await;
                    assert_eq!(stage.cookie().await.as_deref(), cookie, "{page}");
                    assert_eq!(stage.record().await.as_deref(), record, "{page}");
                }
                assert!(
                    !stage.value::<bool>("doui.allows('ads')").await,
                    "{cookie:?}"
                );
                stage.answer("reject").await;
                let cookie = stage.cookie().await.expect("there is a cookie");
                assert!(cookie.starts_with("1."), "{cookie}");
                let record = stage.record().await.expect("there is a record");
                assert!(record.starts_with(r#"{"v":1,"#), "{record}");
            }
        })
        .await;
}
