//! The cookie and the record brought to agree.
//!
//! Either may be lost or spoilt: browsers cap cookies, clear storage, and let anybody write. So the
//! decision is kept twice, and each visit heals the one that is behind.

use crate::record::DAY;
use crate::{Decision, Entry, Record, Unreadable};

/// How far ahead of now, in seconds, a decision may be dated: clocks differ, but not by more.
pub const AHEAD: u64 = DAY;

/// What the browser keeps, as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stored<'a> {
    /// The value of the cookie.
    pub cookie: Option<&'a str>,
    /// The text in local storage, under the key that the cookie is named by.
    pub record: Option<&'a str>,
}

/// What was decided, and what must be written so that the cookie and the record both say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The decision and its history, or `None` if there is none to read.
    pub record: Option<Record>,
    /// Why nothing can be read, if something is kept.
    pub problem: Option<Unreadable>,
    /// Whether the cookie is to be written from the record's current decision.
    ///
    /// A decision that no longer holds leaves no `Max-Age` to write it with.
    pub write_cookie: bool,
    /// Whether the record is to be written to local storage.
    pub write_record: bool,
}

/// Settles what the cookie and the record say at `now` (Unix seconds).
///
/// The later decision wins, on a tie the cookie. What was written by a later version of Doui is
/// left alone, and so is everything beside it. A decision dated more than [`AHEAD`] is forged or of
/// a wrong clock, and counts as unreadable wherever it stands, in the history too.
pub fn settle(stored: Stored<'_>, now: u64) -> Settled {
    let cookie = stored
        .cookie
        .map(|value| Decision::from_cookie(value).and_then(|d| not_ahead(&d, now).map(|()| d)));
    let record = stored.record.map(|text| {
        let mut record = Record::from_json(text)?;
        not_ahead(&record.current.decision, now)?;
        record
            .history
            .retain(|entry| not_ahead(&entry.decision, now).is_ok());
        Ok(record)
    });
    let nothing = |problem| Settled {
        record: None,
        problem,
        write_cookie: false,
        write_record: false,
    };
    let agreed = |record, write_cookie, write_record| Settled {
        record: Some(record),
        problem: None,
        write_cookie,
        write_record,
    };
    match (cookie, record) {
        (Some(Err(Unreadable::NewerFormat)), _) | (_, Some(Err(Unreadable::NewerFormat))) => {
            nothing(Some(Unreadable::NewerFormat))
        }
        (Some(Ok(cookie)), Some(Ok(record))) if record.current.decision == cookie => {
            agreed(record, false, false)
        }
        (Some(Ok(cookie)), Some(Ok(record))) if record.current.decision.at > cookie.at => {
            agreed(record, true, false)
        }
        (Some(Ok(decision)), record) => {
            // The cookie does not say by which door or in which language.
            let entry = Entry {
                decision,
                by: None,
                lang: None,
            };
            agreed(
                Record::after(record.and_then(Result::ok), entry),
                false,
                true,
            )
        }
        (_, Some(Ok(record))) => agreed(record, true, false),
        (Some(Err(problem)), _) | (None, Some(Err(problem))) => nothing(Some(problem)),
        (None, None) => nothing(None),
    }
}

fn not_ahead(decision: &Decision, now: u64) -> Result<(), Unreadable> {
    if decision.at > now.saturating_add(AHEAD) {
        return Err(Unreadable::Future);
    }
    Ok(())
}

/// The value of the cookie of this name (`cookie.name` of the shop file) in a `Cookie` header, or in `document.cookie`, at `now`
/// (Unix seconds).
///
/// Values are taken as they stand, without decoding. A browser may send several, set for different
/// paths or domains: the latest decision counts, the first of equals, and if none can be read, the
/// first of all.
pub fn cookie_value<'h>(header: &'h str, name: &str, now: u64) -> Option<&'h str> {
    let values = || {
        header.split(';').filter_map(|pair| {
            let (known, value) = pair.split_once('=')?;
            (trimmed(known) == name).then(|| trimmed(value))
        })
    };
    let mut latest: Option<(u64, &str)> = None;
    for value in values() {
        let Ok(decision) = Decision::from_cookie(value) else {
            continue;
        };
        if not_ahead(&decision, now).is_ok() && latest.is_none_or(|(at, _)| decision.at > at) {
            latest = Some((decision.at, value));
        }
    }
    latest.map(|(_, value)| value).or_else(|| values().next())
}

/// Spaces and tabs are what a header may add; anything else belongs to the value.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_764_000_060;

    #[test]
    fn the_cookie_is_found_by_its_exact_name() {
        for (header, value) in [
            ("doui=x", Some("x")),
            ("a=1; doui=x; b=2", Some("x")),
            ("a=1;doui=x;b=2", Some("x")),
            (" \t doui \t=\t x \t ", Some("x")),
            ("doui=", Some("")),
            ("doui=a=b", Some("a=b")),
            ("doui=\"x\"", Some("\"x\"")),
            ("doui=%31", Some("%31")),
            ("doui=\u{a0}x", Some("\u{a0}x")),
            ("", None),
            ("doui", None),
            ("=doui", None),
            ("Doui=x", None),
            ("xdoui=x", None),
            ("douix=x", None),
            ("a=doui=x", None),
            ("a=\"1; doui=x\"", Some("x\"")),
        ] {
            assert_eq!(cookie_value(header, "doui", NOW), value, "{header:?}");
        }
    }

    #[test]
    fn of_several_cookies_the_latest_readable_one_counts() {
        let early = "1.20231201.1764000000.ads1";
        let late = "1.20231201.1764000001.ads0";
        let same = "1.20231201.1764000001.ads1";
        let ahead = "1.20231201.1764086461.ads1";
        for (values, value) in [
            ([early, late], late),
            ([late, early], late),
            ([late, same], late),
            ([same, late], same),
            (["accept", early], early),
            ([ahead, early], early),
            (["2.x", early], early),
            (["accept", ahead], "accept"),
            ([ahead, "accept"], ahead),
        ] {
            let header = values.map(|value| format!("doui={value}")).join("; ");
            assert_eq!(cookie_value(&header, "doui", NOW), Some(value), "{header}");
        }
    }

    /// Vectors show what is asked; which of the two problems is named is not theirs to tell.
    #[test]
    fn the_cookies_problem_is_named_first() {
        let settled = |cookie, record| settle(Stored { cookie, record }, NOW).problem;
        let ahead = "1.20231201.1764086461.ads1";
        assert_eq!(settled(Some(ahead), Some("{")), Some(Unreadable::Future));
        assert_eq!(settled(Some("x"), Some("{")), Some(Unreadable::Malformed));
        assert_eq!(settled(None, Some("{")), Some(Unreadable::Malformed));
        let newer = Some(Unreadable::NewerFormat);
        assert_eq!(settled(Some(ahead), Some(r#"{"v":2}"#)), newer);
        assert_eq!(settled(Some("2.x"), Some("{")), newer);
    }
}
