//! What holds for any input at all: no panic, no grant that is not written there, and what is
//! written reads back.

use doui_core::sweep::domains;
use doui_core::terms::{BeforeAnswer, Cookie};
use doui_core::{
    Condition, Date, Decision, Door, Entry, Id, Record, Stored, Terms, choose, cookie_value,
    decide, from_cookie_header, record::HISTORY, settle,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const NOW: u64 = 1_764_000_060;

const FOUR: &str = include_str!("../../../tests/terms/four.json");

fn terms() -> Terms {
    Terms::from_json(FOUR).unwrap()
}

fn terms_with_services() -> Terms {
    Terms::from_json(include_str!("../../../tests/terms/services.json")).unwrap()
}

/// Text of a pattern. A bare pattern is a strategy too, but one that is compiled for each text.
fn text(pattern: &str) -> impl Strategy<Value = String> + use<> {
    proptest::string::string_regex(pattern).unwrap()
}

fn date() -> impl Strategy<Value = Date> {
    text("[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
        .prop_map(|digits| Date::from_digits(&digits).unwrap())
}

/// Mostly the shop's purposes, in any order, and some services and others.
fn choices() -> impl Strategy<Value = Vec<(Id, bool)>> {
    let id = prop_oneof![
        4 => select(vec!["auth", "ads", "traffic", "affiliate"]).prop_map(String::from),
        2 => select(vec!["yahoo-ads", "google-ads", "ad-frames", "counter"]).prop_map(String::from),
        1 => text("[a-z][a-z0-9-]{0,23}"),
    ];
    vec((id, any::<bool>()), 1..8).prop_map(|choices| {
        let mut unique: Vec<(Id, bool)> = Vec::new();
        for (id, allowed) in choices {
            if unique.iter().all(|(seen, _)| *seen != *id) {
                unique.push((Id::new(&id).unwrap(), allowed));
            }
        }
        unique
    })
}

/// A time of any kind: around now, around the end of 180 days, or any that the grammar writes.
fn at() -> impl Strategy<Value = u64> {
    prop_oneof![
        NOW - 100..NOW + 100,
        NOW + 86_390..NOW + 86_410,
        NOW - 180 * 86_400 - 10..NOW - 180 * 86_400 + 10,
        1..=99_999_999_999_u64,
    ]
}

prop_compose! {
    fn decision()(revision in date(), at in at(), choices in choices(), gpc: bool) -> Decision {
        Decision { revision, at, choices, gpc }
    }
}

prop_compose! {
    fn entry()(
        decision in decision(),
        by in option::of(select(vec![Door::Banner, Door::Centre, Door::Api])),
        lang in option::of(text("[A-Za-z0-9-]{1,35}")),
    ) -> Entry {
        Entry { decision, by, lang }
    }
}

prop_compose! {
    fn record()(current in entry(), history in vec(entry(), 0..=HISTORY)) -> Record {
        Record { current, history }
    }
}

/// A text with one character of it replaced, dropped or doubled: nearly right is where parsers err.
fn nearly(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (text, any::<prop::sample::Index>(), any::<char>(), 0..3).prop_map(|(text, at, other, how)| {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        match how {
            0 => chars[at] = other,
            1 => drop(chars.remove(at)),
            _ => chars.insert(at, chars[at]),
        }
        chars.into_iter().collect()
    })
}

fn cookie() -> impl Strategy<Value = String> {
    let good = || decision().prop_map(|decision| decision.to_cookie());
    prop_oneof![
        3 => good(),
        2 => nearly(good()),
        1 => text("[0-9a-z.]{0,60}"),
        1 => any::<String>(),
    ]
}

fn record_text() -> impl Strategy<Value = String> {
    let good = || record().prop_map(|record| record.to_json());
    prop_oneof![
        3 => good(),
        2 => nearly(good()),
        1 => text(r#"[\[\]{}",:0-9a-z. ]{0,60}"#),
        1 => any::<String>(),
    ]
}

/// Names of the shop of services and others, negated or not, with white space of any kind around them; or any text.
fn condition() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => select(vec!["necessary", "auth", "ads", "traffic", "ads/yahoo-ads", "traffic/counter"])
            .prop_map(String::from),
        1 => text("[!/a-z]{0,6}"),
    ];
    let part = (text("!?"), name, text("[ \t\u{3000}\u{feff}\u{85}]{1,2}"));
    let parts = vec(part, 0..5).prop_map(|parts| {
        let parts = parts.into_iter();
        parts
            .map(|(not, name, space)| not + &name + &space)
            .collect()
    });
    prop_oneof![4 => parts, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn a_written_cookie_reads_back(decision in decision()) {
        prop_assert_eq!(Decision::from_cookie(&decision.to_cookie()), Ok(decision));
    }

    #[test]
    fn a_read_cookie_writes_back(cookie in cookie()) {
        if let Ok(decision) = Decision::from_cookie(&cookie) {
            prop_assert_eq!(decision.to_cookie(), cookie);
        }
    }

    #[test]
    fn a_written_record_reads_back(record in record()) {
        prop_assert_eq!(Record::from_json(&record.to_json()), Ok(record));
    }

    #[test]
    fn a_written_record_is_json(record in record()) {
        let json = record.to_json();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&value["at"], record.current.decision.at);
        prop_assert_eq!(value["history"].as_array().unwrap().len(), record.history.len());
    }

    #[test]
    fn no_record_makes_it_panic(text in record_text()) {
        if let Ok(record) = Record::from_json(&text) {
            prop_assert_eq!(Record::from_json(&record.to_json()), Ok(record));
        }
    }

    #[test]
    fn nothing_is_allowed_that_is_not_written(
        cookie in option::of(cookie()),
        record in option::of(record_text()),
        gpc: bool,
    ) {
        let kept = Stored { cookie: cookie.as_deref(), record: record.as_deref() };
        let state = decide(&terms(), &settle(kept, NOW), NOW, gpc);
        for standing in state.purposes.iter().filter(|standing| standing.allowed) {
            let id = &standing.id;
            let in_cookie = cookie.as_ref().is_some_and(|text| text.contains(&format!(".{id}1")));
            let in_record = record.as_ref().is_some_and(|text| text.contains(&format!("\"{id}\":true")));
            prop_assert!(in_cookie || in_record, "{id} is allowed from nowhere");
        }
    }

    #[test]
    fn a_server_allows_nothing_that_the_header_does_not_say(
        before in text("[ -~]{0,20}"),
        cookie in cookie(),
        after in any::<String>(),
    ) {
        let header = format!("{before}; doui={cookie}; {after}");
        let state = from_cookie_header(&header, &terms(), NOW);
        for standing in state.purposes.iter().filter(|standing| standing.allowed) {
            let token = format!(".{}1", standing.id);
            prop_assert!(header.contains(&token), "{token} is not in {header}");
        }
    }

    #[test]
    fn no_header_makes_it_panic(header in any::<String>(), now: u64) {
        if let Some(value) = cookie_value(&header, "doui", now) {
            prop_assert!(header.contains(value));
        }
        from_cookie_header(&header, &terms(), now);
    }

    #[test]
    fn what_is_settled_stays_settled(
        cookie in option::of(cookie()),
        record in option::of(record_text()),
    ) {
        let first = settle(Stored { cookie: cookie.as_deref(), record: record.as_deref() }, NOW);
        let written = first.record.as_ref().map(|record| {
            (record.current.decision.to_cookie(), record.to_json())
        });
        let kept = Stored {
            cookie: match &written {
                Some((cookie, _)) if first.write_cookie => Some(cookie),
                _ => cookie.as_deref(),
            },
            record: match &written {
                Some((_, record)) if first.write_record => Some(record),
                _ => record.as_deref(),
            },
        };
        let second = settle(kept, NOW);
        prop_assert!(!second.write_cookie && !second.write_record);
        prop_assert_eq!(second.record, first.record);
        prop_assert_eq!(second.problem, first.problem);
    }

    #[test]
    fn a_choice_is_what_is_then_read(
        cookie in option::of(cookie()),
        record in option::of(record_text()),
        changes in choices(),
        gpc: bool,
    ) {
        let terms = terms();
        let kept = Stored { cookie: cookie.as_deref(), record: record.as_deref() };
        let settled = settle(kept, NOW);
        let before = decide(&terms, &settled, NOW, gpc);
        let Some(decision) = choose(&terms, &before, &changes, NOW) else {
            prop_assert!(changes.iter().all(|(id, _)| terms.purpose(id.as_str()).is_none()));
            return Ok(());
        };
        let entry = Entry { decision, by: Some(Door::Api), lang: None };
        let (cookie, record) = (entry.decision.to_cookie(), Record::after(settled.record, entry));
        let kept = Stored { cookie: Some(&cookie), record: Some(&record.to_json()) };
        let settled = settle(kept, NOW);
        prop_assert_eq!(&settled.record, &Some(record));
        prop_assert!(!settled.write_cookie && !settled.write_record);

        let after = decide(&terms, &settled, NOW, gpc);
        for standing in &before.purposes {
            let id = standing.id.as_str();
            match changes.iter().find(|(named, _)| named == id) {
                Some((_, allowed)) => {
                    prop_assert_eq!(after.allows(id), *allowed);
                    prop_assert_eq!(after.asked(id), None);
                }
                None => {
                    prop_assert!(!after.allows(id) || before.allows(id));
                    prop_assert_eq!(after.asked(id).is_some(), standing.ask.is_some());
                }
            }
        }
    }

    #[test]
    fn no_service_runs_without_its_purpose_and_a_refusal_of_one_holds(
        cookie in option::of(cookie()),
        changes in choices(),
        gpc: bool,
    ) {
        let terms = terms_with_services();
        let kept = Stored { cookie: cookie.as_deref(), record: None };
        let before = decide(&terms, &settle(kept, NOW), NOW, gpc);
        let Some(decision) = choose(&terms, &before, &changes, NOW) else {
            return Ok(());
        };
        let written = decision.to_cookie();
        let kept = Stored { cookie: Some(&written), record: None };
        let after = decide(&terms, &settle(kept, NOW), NOW, gpc);
        for service in &terms.services {
            let (purpose, id) = (service.purpose.as_str(), service.id.as_str());
            for state in [&before, &after] {
                prop_assert!(!state.allows_service(purpose, id) || state.allows(purpose));
            }
            let named = changes.iter().find(|(named, _)| named == id);
            let is_kept = match named {
                Some((_, allowed)) => !allowed,
                None => before.allows(purpose) && !before.allows_service(purpose, id),
            };
            let is_refused = service.choosable && after.allows(purpose) && is_kept;
            prop_assert_eq!(after.allows_service(purpose, id), after.allows(purpose) && !is_refused);
            // What is allowed has no token, and what its purpose refuses needs none.
            prop_assert_eq!(decision.choice(id), is_refused.then_some(false));
        }
    }

    #[test]
    fn a_condition_holds_when_each_of_its_parts_does(condition in condition(), cookie in cookie()) {
        let terms = terms_with_services();
        let state = from_cookie_header(&format!("doui={cookie}"), &terms, NOW);
        let read = Condition::parse(&condition);
        let parts: Vec<String> = read
            .parts()
            .iter()
            .map(|part| format!("{}{}", if part.negated { "!" } else { "" }, part.name))
            .collect();
        prop_assert!(!parts.is_empty());
        let each = parts.iter().all(|part| Condition::parse(part).holds(&state));
        prop_assert_eq!(read.holds(&state), each);
        // As it would be written by somebody who knows one space alone.
        let written = parts.join(" ");
        prop_assert_eq!(&read, &Condition::parse(&written));
    }

    #[test]
    fn a_condition_that_wants_an_unknown_name_never_holds(
        condition in condition(),
        cookie in cookie(),
    ) {
        let terms = terms_with_services();
        let state = from_cookie_header(&format!("doui={cookie}"), &terms, NOW);
        let read = Condition::parse(&condition);
        let mut unknown: Vec<_> = read.unknown(&terms).collect();
        for name in &unknown {
            prop_assert!(!terms.has_name(name) && !state.allows_name(name));
        }
        for part in read.parts().iter().filter(|part| !part.negated) {
            unknown.retain(|name| *name != part.name);
            prop_assert!(terms.has_name(part.name) || !read.holds(&state));
        }
        // What is left is unwanted, and holds nothing back.
        for name in unknown {
            let unwanted = format!("!{name}");
            prop_assert!(Condition::parse(&unwanted).holds(&state));
        }
    }

    #[test]
    fn the_cookies_domain_covers_the_pages_host(
        host in text("([a-c]{1,2}\\.){0,3}[a-c]{1,2}"),
        domain in text("([a-c]{1,2}\\.){0,2}[a-c]{1,2}"),
    ) {
        let cookie = Cookie { domain: Some(domain.clone()), ..Cookie::default() };
        let is_covered = domains(&host).contains(&&*domain);
        prop_assert_eq!(cookie.domain_at(&host), is_covered.then_some(&*domain));
    }

    #[test]
    fn no_choice_at_any_time_makes_it_panic(decision in decision(), now: u64, changes in choices()) {
        let terms = terms();
        let cookie = decision.to_cookie();
        let settled = settle(Stored { cookie: Some(&cookie), record: None }, now);
        let state = decide(&terms, &settled, now, false);
        if let Some(decision) = choose(&terms, &state, &changes, now) {
            prop_assert_eq!(Decision::from_cookie(&decision.to_cookie()), Ok(decision));
        }
    }

    /// What is nearly as a build writes it is terms, or is said not to be; and nothing is granted that they do not grant.
    #[test]
    fn no_terms_make_it_panic(json in prop_oneof![any::<String>(), nearly(Just(FOUR.to_owned()))]) {
        if let Ok(terms) = Terms::from_json(&json) {
            let state = from_cookie_header("", &terms, NOW);
            for (purpose, standing) in terms.purposes.iter().zip(&state.purposes) {
                prop_assert_eq!(standing.allowed, purpose.before == BeforeAnswer::Granted);
            }
            prop_assert_eq!(Terms::from_json(&terms.to_json()), Ok(terms));
        }
    }
}
