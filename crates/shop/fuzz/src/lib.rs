//! What must hold for any text at all, one function a fuzz target. `tests/corpus.rs` runs the same functions on the texts
//! that the fuzzer found worth keeping.
//!
//! What is read is held against readers that share no code with the crate: a regular expression for the cookie, and
//! `serde_json`'s own model of JSON for the record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use doui_core::record::{HISTORY, MAX_AT};
use doui_core::settle::AHEAD;
use doui_core::terms::BeforeAnswer;
use doui_core::{
    Date, Decision, Door, Entry, Record, Settled, Stored, Terms, Unreadable, cookie_value, decide,
    from_cookie_header, settle,
};
use doui_shop::{Catalog, Checked, Shop, check_with};
use regex::Regex;
use serde_json::Value;

/// The time where the text has none, in Unix seconds.
const NOW: u64 = 1_764_000_060;

/// Four purposes, none of which is granted before an answer.
static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let json = include_str!("../../../../tests/terms/four.json");
    Terms::from_json(json).expect("they are terms")
});

/// The value of the cookie, and a whole `Cookie` header.
pub fn cookie(text: &str) {
    let read = Decision::from_cookie(text);
    match &read {
        Ok(decision) => {
            assert!(is_cookie(text), "it does not keep the grammar");
            assert_eq!(decision.to_cookie(), text);
        }
        Err(problem) => {
            assert!(!is_cookie(text), "it keeps the grammar");
            let is_newer = NEWER_COOKIE.is_match(text);
            assert_eq!(*problem == Unreadable::NewerFormat, is_newer, "{problem}");
        }
    }
    // At its own time, so that it is in force.
    let now = read.map_or(NOW, |decision| decision.at);
    for header in [text, &format!("a=1; doui={text}; b=2")] {
        if let Some(value) = cookie_value(header, "doui", now) {
            assert!(header.contains(value));
        }
        let state = from_cookie_header(header, &TERMS, now);
        for standing in state.purposes.iter().filter(|standing| standing.allowed) {
            let token = format!(".{}1", standing.id);
            assert!(header.contains(&token), "{token} is not in {header}");
        }
    }
}

static COOKIE: LazyLock<Regex> = LazyLock::new(|| {
    let date = "[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])";
    let tokens = r"(\.[a-z][a-z0-9-]{0,23}[01])+(\.gpc)?";
    Regex::new(&format!(r"^1\.{date}\.[1-9][0-9]{{0,10}}{tokens}$")).expect("it is an expression")
});

static NEWER_COOKIE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([2-9]|[1-9][0-9]+)\.").expect("it is an expression"));

/// Whether a text keeps the cookie's grammar, names nothing twice, and is no longer than browsers keep.
fn is_cookie(text: &str) -> bool {
    text.len() <= 4096 && COOKIE.is_match(text) && {
        let tokens = text.split('.').skip(3).filter(|token| *token != "gpc");
        let mut ids = tokens.map(|token| &token[..token.len() - 1]);
        let mut seen = BTreeSet::new();
        ids.all(|id| seen.insert(id))
    }
}

/// The text of the record.
pub fn record(text: &str) {
    let read = Record::from_json(text);
    // The model reads numbers and nesting without bounds no better than we do, so there is nothing to compare.
    if let Ok(model) = serde_json::from_str::<Value>(text) {
        match &read {
            Ok(record) => {
                let current = model_entry(&model).expect("it does not keep the grammar");
                assert_eq!(parts(&record.current), current);
                assert_eq!(model["v"].as_f64(), Some(1.0));
                let history = model["history"].as_array();
                let history =
                    history.map_or(&[][..], |all| &all[all.len().saturating_sub(HISTORY)..]);
                let history = history.iter().filter_map(model_entry);
                assert!(record.history.iter().map(parts).eq(history));
            }
            Err(problem) => {
                let version = model.as_object().and_then(|it| it.get("v")?.as_f64());
                let is_newer = version.is_some_and(|version| version > 1.0);
                assert_eq!(*problem == Unreadable::NewerFormat, is_newer, "{problem}");
                let is_right = version == Some(1.0) && model_entry(&model).is_some();
                assert!(!is_right, "it keeps the grammar");
            }
        }
    }
    let Ok(record) = read else { return };
    assert_eq!(Record::from_json(&record.to_json()).as_ref(), Ok(&record));
    // One more decision comes last, and pushes out the oldest.
    let before = record.history.clone();
    let entry = Entry {
        by: Some(Door::Api),
        ..record.current.clone()
    };
    let after = Record::after(Some(record), entry.clone());
    let (last, kept) = after.history.split_last().expect("it has the decision");
    assert!(after.history.len() <= HISTORY);
    assert!(*last == entry && after.current == entry && before.ends_with(kept));
}

/// What an entry of the record says, but for the order of its choices.
type Parts = (
    String,
    u64,
    BTreeMap<String, bool>,
    bool,
    Option<String>,
    Option<String>,
);

fn parts(entry: &Entry) -> Parts {
    let decision = &entry.decision;
    let choices = decision.choices.iter();
    (
        decision.revision.to_string(),
        decision.at,
        choices
            .map(|(id, allowed)| (id.to_string(), *allowed))
            .collect(),
        decision.gpc,
        entry.by.map(|by| by.as_str().to_owned()),
        entry.lang.clone(),
    )
}

/// Reads an entry from the model, by the words of the contract.
fn model_entry(entry: &Value) -> Option<Parts> {
    static ID: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("^[a-z][a-z0-9-]{0,23}$").expect("it is an expression"));
    static LANG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("^[A-Za-z0-9-]{1,35}$").expect("it is an expression"));
    let entry = entry.as_object()?;
    let note = |key: &str| entry.get(key)?.as_str();
    let revision = entry.get("revision")?.as_str()?;
    let at = entry.get("at")?.as_f64()?;
    let is_time = at.fract() == 0.0 && (1.0..=MAX_AT as f64).contains(&at);
    let choices = entry.get("choices")?.as_object()?;
    let one = |(id, allowed): (&String, &Value)| {
        Some((ID.is_match(id).then(|| id.clone())?, allowed.as_bool()?))
    };
    let choices: BTreeMap<_, _> = choices.iter().map(one).collect::<Option<_>>()?;
    let is_right = Date::from_digits(revision).is_some() && is_time && !choices.is_empty();
    is_right.then_some((
        revision.to_owned(),
        at as u64,
        choices,
        entry.get("gpc").map_or(Some(false), Value::as_bool)?,
        note("by")
            .filter(|by| ["banner", "centre", "api"].contains(by))
            .map(str::to_owned),
        note("lang")
            .filter(|lang| LANG.is_match(lang))
            .map(str::to_owned),
    ))
}

/// The cookie and the record as a browser keeps them: the first line, and what follows. Without either, there is none.
pub fn pair(text: &str) {
    let (cookie, record) = match text.split_once('\n') {
        Some((cookie, record)) => (cookie, Some(record)),
        None => (text, None),
    };
    let cookie = Some(cookie).filter(|cookie| !cookie.is_empty());
    let read = cookie.map(Decision::from_cookie);
    let noted = record.map(Record::from_json);
    let is_newer =
        read == Some(Err(Unreadable::NewerFormat)) || noted == Some(Err(Unreadable::NewerFormat));

    // At the cookie's own time, or else the record's: the other may be ahead or long past.
    let read = read.and_then(Result::ok);
    let noted = noted
        .and_then(Result::ok)
        .map(|record| record.current.decision);
    let now = [&read, &noted]
        .into_iter()
        .flatten()
        .next()
        .map_or(NOW, |decision| decision.at);
    let in_time = |decision: &Decision| decision.at <= now + AHEAD;
    let (read, noted) = (read.filter(in_time), noted.filter(in_time));
    // The later wins, on a tie the cookie. Beside what is newer, nothing counts.
    let wins = match (read, noted) {
        _ if is_newer => None,
        (Some(read), Some(noted)) => Some(if noted.at > read.at { noted } else { read }),
        (read, noted) => read.or(noted),
    };

    let settled = settle(Stored { cookie, record }, now);
    let current = |settled: &Settled| {
        let record = settled.record.as_ref();
        record.map(|record| record.current.decision.clone())
    };
    assert_eq!(current(&settled), wins);
    assert_eq!(settled.problem == Some(Unreadable::NewerFormat), is_newer);
    if wins.is_none() {
        assert!(
            !settled.write_cookie && !settled.write_record,
            "it is left alone"
        );
    }

    for gpc in [false, true] {
        let state = decide(&TERMS, &settled, now, gpc);
        for standing in state.purposes.iter().filter(|standing| standing.allowed) {
            let decision = wins.as_ref().expect("nothing else grants");
            assert_eq!(decision.choice(standing.id.as_str()), Some(true));
            let objects = TERMS.purpose(standing.id.as_str()).is_some_and(|it| it.gpc);
            assert!(!gpc || !objects || decision.gpc, "against the signal");
        }
    }

    // What is written is what counts, and then there is nothing left to write.
    let Some(healed) = &settled.record else {
        return;
    };
    let written = (healed.current.decision.to_cookie(), healed.to_json());
    if settled.write_record {
        assert!(healed.history.len() <= HISTORY);
    }
    let kept = Stored {
        cookie: if settled.write_cookie {
            Some(&*written.0)
        } else {
            cookie
        },
        record: if settled.write_record {
            Some(&*written.1)
        } else {
            record
        },
    };
    let again = settle(kept, now);
    assert!(
        !again.write_cookie && !again.write_record,
        "healing has no end"
    );
    assert_eq!(again.record, settled.record);
}

/// The text of a shop file.
pub fn shop(text: &str) {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let mut catalog = Catalog::default();
        let json = include_str!("../../../../catalog/clarity.json");
        catalog.add("clarity", json).expect("it has no faults");
        catalog
    });
    let read = Shop::from_json(text);
    let today = Date::from_iso("2026-01-01").expect("it is a day");
    match check_with(text, &CATALOG, today) {
        Ok(Checked { shop, notes }) => {
            is_sound(&shop);
            // What is written for servers and pages reads back.
            assert_eq!(Terms::from_json(&shop.terms().to_json()), Ok(shop.terms()));
            // The catalogue completes services only.
            if shop.services.is_empty() {
                assert_eq!(read.as_ref().ok(), Some(&shop));
            }
            for note in notes.all() {
                is_in(text, note);
            }
        }
        Err(findings) => {
            assert!(!findings.as_slice().is_empty());
            for finding in &findings {
                is_in(text, finding);
                // The check knows the model's every demand.
                assert!(!finding.problem.starts_with("not a shop"), "{finding}");
            }
        }
    }
    // A server may be given anything; nothing is granted by it that it does not say.
    if let Ok(terms) = Terms::from_json(text) {
        let state = from_cookie_header("", &terms, NOW);
        for (purpose, standing) in terms.purposes.iter().zip(&state.purposes) {
            assert_eq!(standing.allowed, purpose.before == BeforeAnswer::Granted);
        }
    }
}

/// What nothing after the check looks at again.
fn is_sound(shop: &Shop) {
    assert!(!shop.languages.is_empty() && !shop.purposes.is_empty());
    assert!((1..=400).contains(&shop.valid_days));
    let ids: BTreeSet<_> = shop
        .purposes
        .iter()
        .map(|purpose| purpose.id.as_str())
        .collect();
    assert_eq!(ids.len(), shop.purposes.len());
    assert!(!ids.contains("necessary") && !ids.contains("gpc"));
    for text in shop
        .purposes
        .iter()
        .flat_map(|it| [&it.label, &it.summary, &it.detail])
    {
        for lang in &shop.languages {
            assert!(!text.get(lang, lang).trim().is_empty(), "a text is missing");
        }
    }
    // What becomes a link leads to a page, and runs nothing.
    let of_services = shop
        .services
        .iter()
        .flat_map(|service| [&service.opt_out, &service.policy]);
    let links = of_services.flatten().map(|fact| &fact.value);
    let links = links
        .chain(&shop.contact.policy)
        .chain(shop.opt_outs.iter().map(|it| &it.url));
    for link in links {
        assert!(link.starts_with("https://"), "{link}");
    }
    for link in shop.opt_outs.iter().filter_map(|it| it.policy_url.as_ref()) {
        assert!(
            link.starts_with("https://") || link.starts_with("http://"),
            "{link}"
        );
    }
    // Everything refused and allowed fits a cookie, and reads back.
    let choices = shop.purposes.iter().map(|it| (it.id.clone(), true));
    let choosable = shop.services.iter().filter(|service| service.choosable);
    let decision = Decision {
        revision: shop.revision,
        at: MAX_AT,
        choices: choices
            .chain(choosable.map(|it| (it.id.clone(), false)))
            .collect(),
        gpc: true,
    };
    let cookie = decision.to_cookie();
    assert!("doui".len() + cookie.len() <= 4096);
    assert_eq!(Decision::from_cookie(&cookie), Ok(decision));
}

/// A finding is one line about a place in the file, with something to do about it.
fn is_in(text: &str, finding: &doui_shop::Finding) {
    let line = text.split('\n').nth(finding.line - 1);
    let columns = line.map(|line| line.chars().count() + 1);
    assert!(
        (1..=columns.expect("the line is in the file")).contains(&finding.column),
        "{finding}"
    );
    assert!(!finding.remedy.is_empty(), "{finding}");
    assert!(
        !finding.to_string().contains(char::is_control),
        "{finding:?}"
    );
}
