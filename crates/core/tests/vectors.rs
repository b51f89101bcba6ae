//! `tests/vectors.json`: what the cookie and the record say, what is allowed, and what is written,
//! to the byte. The shop page's script is held to the same file in a real browser.

use std::collections::{BTreeMap, BTreeSet};

use doui_core::{
    Door, Entry, Kept, PurposeId, Record, Shop, State, choose, decide, from_cookie_header_with_gpc,
    settle,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    group: String,
    /// The stem of a file in `tests/shops`.
    shop: String,
    /// Unix seconds.
    now: u64,
    /// Whether the browser sends Global Privacy Control.
    gpc: bool,
    /// The cookie's value and the record's text before.
    cookie: Option<String>,
    record: Option<String>,
    expect: Expect,
    /// Both after they were read and healed.
    kept: Raw,
    save: Option<Save>,
    /// Both after the save.
    saved: Option<Raw>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The ids that may run, in the shop's order.
    allowed: Vec<String>,
    /// Each service that can be refused alone, as `purpose/service`, and whether it may run.
    #[serde(default)]
    services: BTreeMap<String, bool>,
    /// Why each of the others, or of these, is asked.
    ask: BTreeMap<String, String>,
    /// When the decision in force was made, Unix seconds.
    #[serde(rename = "decidedAt")]
    decided_at: Option<u64>,
    /// Under which revision, yyyymmdd.
    revision: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    cookie: Option<String>,
    record: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Save {
    /// By purpose, or by `purpose/service`.
    changes: BTreeMap<String, bool>,
    by: String,
    lang: String,
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!("../../../tests/vectors.json")).unwrap()
}

fn shop(stem: &str) -> Shop {
    let path = format!(
        "{}/../../tests/shops/{stem}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Shop::from_json(&json).unwrap()
}

/// A state as a vector describes it.
fn described(shop: &Shop, state: &State) -> Expect {
    let purposes = state.purposes.iter();
    Expect {
        allowed: purposes
            .clone()
            .filter(|standing| state.allows(standing.id.as_str()))
            .map(|standing| standing.id.to_string())
            .collect(),
        services: (shop.services.iter())
            .filter(|service| service.choosable)
            .map(|service| {
                let (purpose, id) = (service.purpose.as_str(), service.id.as_str());
                (format!("{purpose}/{id}"), state.allows_service(purpose, id))
            })
            .collect(),
        ask: purposes
            .filter_map(|standing| Some((standing.id.to_string(), standing.ask?.as_str().into())))
            .collect(),
        decided_at: state.decision.as_ref().map(|decision| decision.at),
        revision: state
            .decision
            .as_ref()
            .map(|decision| decision.revision.to_string()),
    }
}

fn written(record: &Record) -> Raw {
    Raw {
        cookie: Some(record.current.decision.to_cookie()),
        record: Some(record.to_json()),
    }
}

/// Reads, heals and saves as the vector has it.
fn run(vector: &Vector) {
    let shop = shop(&vector.shop);
    let kept = Kept {
        cookie: vector.cookie.as_deref(),
        record: vector.record.as_deref(),
    };
    let settled = settle(kept, vector.now);
    let state = decide(&shop, &settled, vector.now, vector.gpc);
    assert_eq!(described(&shop, &state), vector.expect, "the state");
    assert_eq!(state.must_ask(), !vector.expect.ask.is_empty());

    let fresh = settled.record.as_ref().map(written);
    let fresh = fresh.as_ref();
    let healed = Raw {
        cookie: match fresh {
            Some(fresh) if settled.write_cookie => fresh.cookie.clone(),
            _ => vector.cookie.clone(),
        },
        record: match fresh {
            Some(fresh) if settled.write_record => fresh.record.clone(),
            _ => vector.record.clone(),
        },
    };
    assert_eq!(healed, vector.kept, "what is kept after healing");

    let Some(save) = &vector.save else {
        return;
    };
    let changes = save.changes.iter().map(|(name, allowed)| {
        let id = name.rsplit('/').next().unwrap();
        (PurposeId::new(id).unwrap(), *allowed)
    });
    let changes: Vec<_> = changes.collect();
    let entry = Entry {
        decision: choose(&shop, &state, &changes, vector.now).expect("the save decides something"),
        by: Some(Door::named(&save.by).expect("a door")),
        lang: Some(save.lang.clone()),
    };
    let record = Record::after(settled.record, entry);
    assert_eq!(Some(written(&record)), vector.saved, "what is saved");
}

#[test]
fn every_vector_holds() {
    let failed: Vec<_> = vectors()
        .iter()
        .filter(|vector| {
            std::panic::catch_unwind(|| run(vector))
                .inspect_err(|_| eprintln!("^ {}: {}\n", vector.group, vector.name))
                .is_err()
        })
        .map(|vector| vector.name.clone())
        .collect();
    assert!(failed.is_empty(), "{} failed: {failed:#?}", failed.len());
}

#[test]
fn a_server_sees_what_the_cookie_alone_says() {
    for vector in vectors().iter().filter(|vector| vector.record.is_none()) {
        let cookie = vector.cookie.as_ref();
        let header = cookie.map_or("a=1".into(), |value| format!("a=1; doui={value}; b=2"));
        let shop = shop(&vector.shop);
        let state = from_cookie_header_with_gpc(&header, vector.gpc, &shop, vector.now);
        assert_eq!(described(&shop, &state), vector.expect, "{}", vector.name);
    }
}

/// A browser must be able to hold what a vector says it holds, or its run there proves nothing.
#[test]
fn every_vector_can_be_set_up_in_a_browser() {
    let vectors = vectors();
    assert!(vectors.len() >= 140, "only {} vectors", vectors.len());
    let names: BTreeSet<_> = vectors.iter().map(|vector| &vector.name).collect();
    assert_eq!(names.len(), vectors.len(), "a name is there twice");
    for vector in &vectors {
        let cookies = [&vector.cookie, &vector.kept.cookie].into_iter().flatten();
        for cookie in cookies {
            let survives =
                cookie.trim() == cookie && !cookie.contains([';', '\0', '\t', '\n', '\r']);
            assert!(survives, "{}: {cookie:?}", vector.name);
        }
        assert_eq!(
            vector.save.is_some(),
            vector.saved.is_some(),
            "{}",
            vector.name
        );
    }
}
