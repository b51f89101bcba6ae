//! A decision as the cookie and as local storage keep it.
//!
//! The cookie is the contract with shops and their servers, and its grammar is exact:
//!
//! ```text
//! doui=1.20231201.1764000000.auth1.ads0.traffic1.affiliate0
//!      │ │        │          └ per purpose asked: its id, then 1 (allowed) or 0 (refused)
//!      │ │        └ when it was decided, Unix seconds: [1-9][0-9]{0,10}
//!      │ └ revision the visitor was shown, yyyymmdd
//!      └ format version
//! ```
//!
//! At least one token, none twice, and 4,096 bytes at most. After the purposes come the services that the visitor refused
//! alone, while their purpose is allowed: `.yahoo-ads0`. A service without a token follows its
//! purpose. A last token `.gpc` says that Global Privacy Control was on and that the visitor was
//! told so. The record is JSON and adds what a cookie has no room for: by which door, in which
//! language, and the decisions before.

use std::fmt;

use serde_json::value::RawValue;

use crate::json::{Members, member, read};
use crate::{Date, Id};

/// The format version this crate reads and writes.
pub const VERSION: u32 = 1;

/// How many decisions a record's history holds.
pub const HISTORY: usize = 20;

/// The latest time of a decision that the grammar can write, in Unix seconds: eleven digits.
pub const MAX_AT: u64 = 99_999_999_999;

/// The most bytes that browsers keep of a cookie, its name and value together
/// ([RFC 6265bis](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis), 5.6). A value alone that has more
/// is not read: a forged header may have any number of tokens, which are compared with each other.
pub const COOKIE_BYTES: usize = 4096;

/// The most choices that a record may have: the shortest token, `.a1`, has three bytes, so no cookie holds more. A forged
/// record may have more, and its choices are compared with each other.
const MAX_CHOICES: usize = COOKIE_BYTES / 3;

/// The seconds of a day.
pub(crate) const DAY: u64 = 86_400;

/// One act of a visitor: what was allowed and refused, when, and under which revision.
///
/// Two decisions are equal when their cookies are, so the order of the choices counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The revision the visitor was shown.
    pub revision: Date,
    /// When it was decided, in Unix seconds, 1 to [`MAX_AT`].
    pub at: u64,
    /// Allowed (`true`) or refused (`false`), per purpose asked, and then `false` per service that is
    /// refused alone; in written order, none twice.
    pub choices: Vec<(Id, bool)>,
    /// Whether Global Privacy Control was on, and the visitor told so.
    pub gpc: bool,
}

impl Decision {
    /// Reads the value of the cookie. Nothing but the exact grammar passes; the time is not judged.
    ///
    /// ```
    /// use doui_core::{Decision, Unreadable};
    ///
    /// let decision = Decision::from_cookie("1.20231201.1764000000.ads1.traffic0")?;
    /// assert_eq!(decision.choice("ads"), Some(true));
    /// assert_eq!(Decision::from_cookie("accept"), Err(Unreadable::Malformed));
    /// # Ok::<(), Unreadable>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Unreadable::NewerFormat`] if it starts with a version above 1, else
    /// [`Unreadable::Malformed`].
    pub fn from_cookie(value: &str) -> Result<Self, Unreadable> {
        let (version, rest) = value.split_once('.').ok_or(Unreadable::Malformed)?;
        if version == "1" {
            let is_short = value.len() <= COOKIE_BYTES;
            let read = is_short.then(|| Self::from_tokens(rest)).flatten();
            return read.ok_or(Unreadable::Malformed);
        }
        let is_number = version.bytes().all(|b| b.is_ascii_digit());
        Err(
            if is_number && !version.is_empty() && !version.starts_with('0') {
                Unreadable::NewerFormat
            } else {
                Unreadable::Malformed
            },
        )
    }

    fn from_tokens(tokens: &str) -> Option<Self> {
        let mut tokens = tokens.split('.').peekable();
        let revision = Date::from_digits(tokens.next()?)?;
        let at = seconds(tokens.next()?)?;
        let mut choices: Vec<(Id, bool)> = Vec::new();
        let mut gpc = false;
        while let Some(token) = tokens.next() {
            if token == "gpc" && tokens.peek().is_none() {
                gpc = true;
                continue;
            }
            let (id, allowed) = match token.strip_suffix('1') {
                Some(id) => (id, true),
                None => (token.strip_suffix('0')?, false),
            };
            if choices.iter().any(|(seen, _)| seen == id) {
                return None;
            }
            choices.push((Id::new(id).ok()?, allowed));
        }
        (!choices.is_empty()).then_some(Self {
            revision,
            at,
            choices,
            gpc,
        })
    }

    /// Writes the value of the cookie. Of a readable value, exactly that value.
    pub fn to_cookie(&self) -> String {
        let mut value = [
            VERSION.to_string(),
            self.revision.to_string(),
            self.at.to_string(),
        ]
        .join(".");
        for (id, allowed) in &self.choices {
            value.push('.');
            value.push_str(id.as_str());
            value.push(if *allowed { '1' } else { '0' });
        }
        if self.gpc {
            value.push_str(".gpc");
        }
        value
    }

    /// What was chosen for the purpose or service `id`, if it has a token.
    pub fn choice(&self, id: &str) -> Option<bool> {
        self.choices
            .iter()
            .find(|(asked, _)| asked == id)
            .map(|(_, allowed)| *allowed)
    }

    /// The last second, in Unix seconds, at which the decision holds.
    ///
    /// A cookie's `Max-Age` is this minus the time now; where nothing is left, there is no cookie
    /// to write.
    pub fn holds_until(&self, valid_days: u32) -> u64 {
        self.at.saturating_add(u64::from(valid_days) * DAY)
    }

    /// Reads the members that a record and each entry of its history share.
    fn from_members(members: &Members<'_>) -> Option<Self> {
        let revision: String = member(members, "revision")?;
        let at: f64 = member(members, "at")?;
        let choices: Members<'_> = member(members, "choices")?;
        // The range makes the cast exact: JavaScript's numbers are these, `1764000000.0` included.
        if !(1.0..=MAX_AT as f64).contains(&at)
            || at != at.trunc()
            || !(1..=MAX_CHOICES).contains(&choices.0.len())
        {
            return None;
        }
        Some(Self {
            revision: Date::from_digits(&revision)?,
            at: at as u64,
            choices: choices
                .unique()
                .iter()
                .map(|(id, allowed)| Some((Id::new(id).ok()?, boolean(allowed)?)))
                .collect::<Option<_>>()?,
            gpc: members.get("gpc").map_or(Some(false), |gpc| boolean(gpc))?,
        })
    }
}

/// Reads `[1-9][0-9]{0,10}`.
fn seconds(digits: &str) -> Option<u64> {
    let keeps_grammar = digits.len() <= 11
        && !digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit());
    if keeps_grammar {
        digits.parse().ok()
    } else {
        None
    }
}

/// Why a cookie or record does not say what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not keep the grammar.
    Malformed,
    /// It was written by a later version of Doui. It is left alone until the visitor chooses.
    NewerFormat,
    /// It says that it was decided more than a day from now.
    Future,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the stored choice does not keep the grammar",
            Self::NewerFormat => "the stored choice was written by a later version of Doui",
            Self::Future => "the stored choice is dated more than a day ahead",
        })
    }
}

impl std::error::Error for Unreadable {}

/// Where a visitor decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// On the banner of a shop page.
    Banner,
    /// In the preference centre.
    Centre,
    /// Through a call of the shop's own page.
    Api,
}

impl Door {
    /// The door as the record names it: `banner`, `centre` or `api`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::Centre => "centre",
            Self::Api => "api",
        }
    }

    /// The door of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Banner, Self::Centre, Self::Api]
            .into_iter()
            .find(|door| door.as_str() == name)
    }
}

/// One decision as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was decided.
    pub decision: Decision,
    /// By which door, if it is known.
    pub by: Option<Door>,
    /// The language the visitor was shown, if it is known: at most 35 of `[A-Za-z0-9-]`.
    pub lang: Option<String>,
}

impl Entry {
    fn from_members(members: &Members<'_>) -> Option<Self> {
        Some(Self {
            decision: Decision::from_members(members)?,
            by: member(members, "by").and_then(|name: String| Door::named(&name)),
            lang: member(members, "lang").filter(|lang: &String| is_lang(lang)),
        })
    }

    /// Writes `"revision":…` to `"gpc":…`, which a record and its history share.
    ///
    /// No string here needs an escape: ids, doors and languages have narrow grammars.
    fn write_members(&self, json: &mut String) {
        let Decision {
            revision,
            at,
            choices,
            gpc,
        } = &self.decision;
        json.push_str("\"revision\":\"");
        json.push_str(&revision.to_string());
        json.push_str("\",\"at\":");
        json.push_str(&at.to_string());
        json.push_str(",\"choices\":{");
        for (place, (id, allowed)) in choices.iter().enumerate() {
            json.push_str(if place == 0 { "\"" } else { ",\"" });
            json.push_str(id.as_str());
            json.push_str(if *allowed { "\":true" } else { "\":false" });
        }
        json.push('}');
        if let Some(by) = self.by {
            json.push_str(",\"by\":\"");
            json.push_str(by.as_str());
            json.push('"');
        }
        if let Some(lang) = self.lang.as_ref().filter(|lang| is_lang(lang)) {
            json.push_str(",\"lang\":\"");
            json.push_str(lang);
            json.push('"');
        }
        json.push_str(if *gpc {
            ",\"gpc\":true"
        } else {
            ",\"gpc\":false"
        });
    }
}

fn is_lang(lang: &str) -> bool {
    (1..=35).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// What local storage keeps: the decision, and those before it.
///
/// ```
/// # use doui_core::{Decision, Door, Entry, Record, Unreadable};
/// let decision = Decision::from_cookie("1.20231201.1764000000.ads0")?;
/// let entry = Entry { decision, by: Some(Door::Banner), lang: Some("ja".into()) };
/// let record = Record::after(None, entry);
/// assert_eq!(Record::from_json(&record.to_json()), Ok(record));
/// # Ok::<(), Unreadable>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The latest decision.
    pub current: Entry,
    /// The last [`HISTORY`] decisions including the current one, oldest first.
    pub history: Vec<Entry>,
}

impl Record {
    /// Reads the text of a record. It keeps the cookie's grammar, in JSON; the time is not judged.
    ///
    /// `by`, `lang` and `history` are notes and permit nothing, so what is wrong in them is left
    /// out instead of making the record unreadable. Of a longer history, which nobody but a forger
    /// writes, only the last [`HISTORY`] entries are looked at.
    ///
    /// # Errors
    ///
    /// [`Unreadable::NewerFormat`] if `v` is a number above 1, else [`Unreadable::Malformed`].
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        let members: Members<'_> = serde_json::from_str(text).map_err(|_| Unreadable::Malformed)?;
        let version: f64 = member(&members, "v").ok_or(Unreadable::Malformed)?;
        if version > f64::from(VERSION) {
            return Err(Unreadable::NewerFormat);
        }
        if version != f64::from(VERSION) {
            return Err(Unreadable::Malformed);
        }
        let history: Vec<&RawValue> = member(&members, "history").unwrap_or_default();
        let last = &history[history.len().saturating_sub(HISTORY)..];
        Ok(Self {
            current: Entry::from_members(&members).ok_or(Unreadable::Malformed)?,
            history: last
                .iter()
                .filter_map(|entry| Entry::from_members(&read(entry)?))
                .collect(),
        })
    }

    /// Writes the record as compact JSON, its keys in a fixed order: the same record is the same
    /// bytes, whoever writes it.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{\"v\":1,");
        self.current.write_members(&mut json);
        json.push_str(",\"history\":[");
        for (place, entry) in self.history.iter().enumerate() {
            json.push_str(if place == 0 { "{" } else { ",{" });
            entry.write_members(&mut json);
            json.push('}');
        }
        json.push_str("]}");
        json
    }

    /// The record after one more decision. The oldest leave a history that is full.
    pub fn after(previous: Option<Self>, entry: Entry) -> Self {
        let mut history = previous.map(|record| record.history).unwrap_or_default();
        history.push(entry.clone());
        history.drain(..history.len().saturating_sub(HISTORY));
        Self {
            current: entry,
            history,
        }
    }
}

fn boolean(value: &RawValue) -> Option<bool> {
    match value.get() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beyond eleven digits a time is out of grammar, and not only too far ahead.
    #[test]
    fn a_time_has_at_most_eleven_digits() {
        let read = |at: &str| Decision::from_cookie(&format!("1.20231201.{at}.ads1"));
        assert_eq!(read("99999999999").unwrap().at, MAX_AT);
        assert_eq!(read("100000000000"), Err(Unreadable::Malformed));
        assert_eq!(read("99999999999999999999999"), Err(Unreadable::Malformed));
    }

    /// The time that it took grew with the square of its length.
    #[test]
    fn a_long_forged_cookie_kept_a_server_busy() {
        let tokens: String = (0..700).map(|n| format!(".a{n:03}1")).collect();
        let long = format!("1.20231201.1764000000{tokens}");
        assert!(Decision::from_cookie(&long[..4095]).is_ok());
        assert_eq!(Decision::from_cookie(&long), Err(Unreadable::Malformed));
    }

    #[test]
    fn a_version_is_a_number_before_a_dot() {
        for newer in ["2.", "2.x", "9.20231201", "10.x", "4294967296.x"] {
            assert_eq!(Decision::from_cookie(newer), Err(Unreadable::NewerFormat));
        }
        for malformed in ["", "2", "0.x", "02.x", "-2.x", "2x.x", ".x", "２.x", "1.5"] {
            assert_eq!(Decision::from_cookie(malformed), Err(Unreadable::Malformed));
        }
    }

    #[test]
    fn a_language_out_of_grammar_is_left_out() {
        let record = |lang: &str| {
            let entry = Entry {
                decision: Decision::from_cookie("1.20231201.1764000000.ads1").unwrap(),
                by: None,
                lang: Some(lang.into()),
            };
            Record::after(None, entry).to_json()
        };
        let longest = "x".repeat(35);
        assert!(record(&longest).contains(&format!("\"lang\":\"{longest}\"")));
        for lang in ["", "ja_JP", "\"", "日本語", &"x".repeat(36)] {
            assert!(!record(lang).contains("lang"), "{lang}");
        }
    }

    fn long(entries: &[String]) -> Record {
        let text = format!(
            r#"{{"v":1,"revision":"20231201","at":1764000000,"choices":{{"ads":true}},"history":[{}]}}"#,
            entries.join(",")
        );
        Record::from_json(&text).unwrap()
    }

    /// A forged history of 32,000 decisions was read and shown, which took the history page 12 seconds.
    #[test]
    fn a_long_forged_history_was_read_to_its_end() {
        let entry =
            |at: usize| format!(r#"{{"revision":"20231201","at":{at},"choices":{{"ads":true}}}}"#);
        let mut entries: Vec<_> = (1..=32_000).map(entry).collect();
        let times = |record: &Record| -> Vec<_> {
            let history = record.history.iter();
            history.map(|entry| entry.decision.at).collect()
        };
        assert_eq!(times(&long(&entries)), Vec::from_iter(31_981..=32_000));
        // What cannot be read takes its place among the last twenty.
        entries[31_990] = "5".to_owned();
        entries[31_991] = "{}".to_owned();
        let kept = times(&long(&entries));
        assert_eq!((kept.len(), kept[0]), (18, 31_981));
        let few = &entries[31_985..];
        assert_eq!(times(&long(few)).len(), 13);
    }

    /// Each key was compared with all before it, so 5 MB of forged keys held a page for minutes.
    #[test]
    fn the_time_of_a_forged_record_grew_with_the_square_of_its_keys() {
        let record = |choices: usize, notes: usize| {
            let choices: Vec<_> = (0..choices).map(|n| format!(r#""a{n:x}":true"#)).collect();
            let notes: String = (0..notes).map(|n| format!(r#","{n}":0"#)).collect();
            format!(
                r#"{{"v":1,"revision":"20231201","at":1764000000,"choices":{{{}}}{notes}}}"#,
                choices.join(",")
            )
        };
        assert!(Record::from_json(&record(MAX_CHOICES, 0)).is_ok());
        let more = Record::from_json(&record(MAX_CHOICES + 1, 0));
        assert_eq!(more, Err(Unreadable::Malformed));
        let time = |choices, notes| {
            let text = record(choices, notes);
            let best = (0..3).map(|_| {
                let began = std::time::Instant::now();
                let _ = Record::from_json(&text);
                began.elapsed().as_secs_f64()
            });
            best.fold(f64::INFINITY, f64::min)
        };
        // A hundred times as many take a hundred times as long; by the square, 10,000 times.
        let of_choices = time(200_000, 0) / time(2_000, 0);
        let of_notes = time(1, 200_000) / time(1, 2_000);
        assert!(
            of_choices < 2_000.0 && of_notes < 2_000.0,
            "{of_choices:.1}, {of_notes:.1} times"
        );
    }

    #[test]
    fn doors_have_names() {
        for door in [Door::Banner, Door::Centre, Door::Api] {
            assert_eq!(Door::named(door.as_str()), Some(door));
        }
        assert_eq!(Door::named("Banner"), None);
    }
}
