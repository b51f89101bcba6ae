//! What each version of the format wrote still reads. The files of `tests/fixtures/formats`, one a version, are added to and
//! never changed.

use std::fs;

use doui_core::record::VERSION;
use doui_core::{Decision, Record, Stored, Terms, Unreadable, Why, decide, settle};
use serde::Deserialize;

/// A minute after every decision of the files.
const NOW: u64 = 1_764_000_060;

/// One decision, as the cookie and the record keep it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    cookie: String,
    record: String,
    /// How many decisions the record remembers.
    history: usize,
}

fn written(version: u32) -> Vec<Written> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let file = format!("{root}/tests/fixtures/formats/{version}.json");
    let json = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str(&json).unwrap()
}

fn terms() -> Terms {
    Terms::from_json(include_str!("../../../tests/terms/services.json")).unwrap()
}

#[test]
fn every_format_that_was_ever_written_is_read() {
    for Written {
        name,
        cookie,
        record,
        history,
    } in (1..=VERSION).flat_map(written)
    {
        let decision = Decision::from_cookie(&cookie).expect(&name);
        let read = Record::from_json(&record).expect(&name);
        assert_eq!(read.current.decision, decision, "{name}");
        assert_eq!(read.history.len(), history, "{name}");
        // Either says the same without the other, and together there is nothing to mend.
        let (cookie, record) = (Some(&*cookie), Some(&*record));
        for kept in [
            Stored { cookie, record },
            Stored {
                cookie,
                record: None,
            },
            Stored {
                cookie: None,
                record,
            },
        ] {
            let settled = settle(kept, NOW);
            let current = settled.record.expect(&name).current.decision;
            assert_eq!(current, decision, "{name}: {kept:?}");
            assert_eq!(settled.write_cookie, kept.cookie.is_none(), "{name}");
            assert_eq!(settled.write_record, kept.record.is_none(), "{name}");
        }
    }
}

#[test]
fn a_format_to_come_is_undecided_and_left_alone_beside_any_other() {
    let cookie = format!("{}.whatever it says", VERSION + 1);
    let record = format!(r#"{{"v":{},"choices":{{"ads":true}}}}"#, VERSION + 1);
    let (newer_cookie, newer_record) = (Some(&*cookie), Some(&*record));
    for old in (1..=VERSION).flat_map(written) {
        let (cookie, record) = (Some(&*old.cookie), Some(&*old.record));
        for kept in [
            Stored {
                cookie: newer_cookie,
                record: None,
            },
            Stored {
                cookie: None,
                record: newer_record,
            },
            Stored {
                cookie: newer_cookie,
                record,
            },
            Stored {
                cookie,
                record: newer_record,
            },
            Stored {
                cookie: newer_cookie,
                record: newer_record,
            },
        ] {
            let settled = settle(kept, NOW);
            assert_eq!(settled.problem, Some(Unreadable::NewerFormat), "{kept:?}");
            assert!(!settled.write_cookie && !settled.write_record, "{kept:?}");
            let state = decide(&terms(), &settled, NOW, false);
            for standing in &state.purposes {
                let asked = (standing.allowed, standing.ask);
                assert_eq!(asked, (false, Some(Why::Unreadable)), "{kept:?}");
            }
        }
    }
}
