//! `tests/vectors.json`: what the cookie and the record say, what is allowed, and what is written,
//! to the byte. The shop page's script is held to the same file in a real browser.

use std::collections::{BTreeMap, BTreeSet};

use doui_core::language::lookup;
use doui_core::signals::consent;
use doui_core::sweep::{Place, domains, paths};
use doui_core::terms::{Cookie, Service};
use doui_core::{
    Condition, Door, Entry, Id, Record, State, Stored, Terms, choose, decide, from_cookie_header,
    from_cookie_header_with_gpc, settle,
};
use serde::Deserialize;

/// The file: a list of vectors for each rule that more than one program carries out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    decisions: Vec<Vector>,
    conditions: Vec<Conditions>,
    names: Vec<Names>,
    places: Vec<Places>,
    #[serde(rename = "cookie domains")]
    cookie_domains: Vec<CookieDomain>,
    consent: Vec<Consent>,
    languages: Vec<Languages>,
}

/// How Google's consent types stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Consent {
    name: String,
    /// The stem of a file in `tests/shops`.
    shop: String,
    /// Unix seconds.
    now: u64,
    gpc: bool,
    /// The cookie's value.
    cookie: Option<String>,
    /// Each type, `granted` or `denied`.
    consent: BTreeMap<String, String>,
}

/// What is shown to whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Languages {
    there: Vec<String>,
    wanted: Vec<String>,
    found: Option<String>,
}

/// What a visitor decided, and what conditions then say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    name: String,
    /// The stem of a file in `tests/shops`.
    shop: String,
    /// Unix seconds.
    now: u64,
    /// The cookie's value.
    cookie: Option<String>,
    /// The names that the shop has, and those of them that are allowed then.
    known: Vec<String>,
    allowed: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    condition: String,
    opens: bool,
    /// The names that the shop does not have, as they are written.
    unknown: Vec<String>,
}

/// What must go from a browser after a refusal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    name: String,
    declared: Vec<Declared>,
    /// The conditions that the visitor has refused.
    refused: Vec<String>,
    /// Of the names in the browser, those that must go, and the others.
    goes: Vec<String>,
    stays: Vec<String>,
    /// The declared names that a probe looks for.
    probed: Vec<String>,
}

/// A declared name of a cookie, and the condition under which it may stay.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    name: String,
    condition: String,
}

/// A page, and where a cookie that it sees may have been set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    host: String,
    path: String,
    domains: Vec<String>,
    paths: Vec<String>,
}

/// A page's host and the shop's `cookie.domain`, and the `Domain` that the cookie is written with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CookieDomain {
    host: String,
    domain: Option<String>,
    written: Option<String>,
}

/// What the browser holds, what that means, and what a choice then writes.
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

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../tests/vectors.json")).unwrap()
}

fn terms(stem: &str) -> Terms {
    let path = format!(
        "{}/../../tests/terms/{stem}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Terms::from_json(&json).unwrap()
}

/// A state as a vector describes it.
fn described(terms: &Terms, state: &State) -> Expect {
    let purposes = state.purposes.iter();
    Expect {
        allowed: purposes
            .clone()
            .filter(|standing| state.allows(standing.id.as_str()))
            .map(|standing| standing.id.to_string())
            .collect(),
        services: (terms.services.iter())
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
    let terms = terms(&vector.shop);
    let kept = Stored {
        cookie: vector.cookie.as_deref(),
        record: vector.record.as_deref(),
    };
    let settled = settle(kept, vector.now);
    let state = decide(&terms, &settled, vector.now, vector.gpc);
    assert_eq!(described(&terms, &state), vector.expect, "the state");
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
        (Id::new(id).unwrap(), *allowed)
    });
    let changes: Vec<_> = changes.collect();
    let entry = Entry {
        decision: choose(&terms, &state, &changes, vector.now).expect("the save decides something"),
        by: Some(Door::named(&save.by).expect("a door")),
        lang: Some(save.lang.clone()),
    };
    let record = Record::after(settled.record, entry);
    assert_eq!(Some(written(&record)), vector.saved, "what is saved");
}

#[test]
fn every_vector_holds() {
    let failed: Vec<_> = vectors()
        .decisions
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
    let vectors = vectors().decisions.into_iter();
    for vector in vectors.filter(|vector| vector.record.is_none()) {
        let cookie = vector.cookie.as_ref();
        let header = cookie.map_or("a=1".into(), |value| format!("a=1; doui={value}; b=2"));
        let terms = terms(&vector.shop);
        let state = from_cookie_header_with_gpc(&header, vector.gpc, &terms, vector.now);
        assert_eq!(described(&terms, &state), vector.expect, "{}", vector.name);
    }
}

/// A browser must be able to hold what a vector says it holds, or its run there proves nothing.
#[test]
fn every_vector_can_be_set_up_in_a_browser() {
    let vectors = vectors().decisions;
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

/// The names that conditions of the shop may have.
fn names_of(terms: &Terms) -> Vec<String> {
    let purposes = terms.purposes.iter().map(|purpose| purpose.id.to_string());
    let services = terms.services.iter().filter(|_| terms.has_choosable());
    let services = services.map(|service| format!("{}/{}", service.purpose, service.id));
    let necessary = "necessary".to_owned();
    [necessary]
        .into_iter()
        .chain(purposes)
        .chain(services)
        .collect()
}

#[test]
fn every_condition_opens_when_it_should() {
    for vector in vectors().conditions {
        let terms = terms(&vector.shop);
        let header = vector
            .cookie
            .map_or(String::new(), |value| format!("doui={value}"));
        let state = from_cookie_header(&header, &terms, vector.now);
        let mut allowed = names_of(&terms);
        assert_eq!(allowed, vector.known, "{}", vector.name);
        allowed.retain(|name| state.allows_name(name));
        assert_eq!(allowed, vector.allowed, "{}", vector.name);
        for case in vector.cases {
            let condition = Condition::parse(&case.condition);
            let about = format!("{}: {:?}", vector.name, case.condition);
            assert_eq!(condition.holds(&state), case.opens, "{about}");
            let unknown: Vec<_> = condition.unknown(&terms).collect();
            assert_eq!(unknown, case.unknown, "{about}");
            // The lists alone say as much, for who has no shop and no state.
            let holds = condition.holds_where(&|name| allowed.iter().any(|known| known == name));
            assert_eq!(holds, case.opens, "{about}");
        }
    }
}

/// A service for each declared name, of its condition.
fn declaring(declared: &[Declared]) -> Terms {
    let mut terms = terms("four");
    let service = |(at, Declared { name, condition }): (usize, &Declared)| {
        let (purpose, service) = condition
            .split_once('/')
            .map_or((&**condition, None), |(purpose, id)| (purpose, Some(id)));
        let id = service.map_or_else(|| format!("service-{at}"), str::to_owned);
        let service = Service {
            id: Id::new(&id).unwrap(),
            purpose: Id::new(purpose).unwrap(),
            choosable: service.is_some(),
            cookies: vec![name.clone()],
            storage: vec![name.clone()],
        };
        assert_eq!(service.condition(), *condition);
        service
    };
    terms.services = declared.iter().enumerate().map(service).collect();
    terms
}

#[test]
fn what_only_refused_services_declare_must_go() {
    for vector in vectors().names {
        let terms = declaring(&vector.declared);
        let is_refused = |service: &Service| vector.refused.contains(&service.condition());
        let goes = |place, name: &str| terms.must_go(place, name, &is_refused);
        for place in [Place::Cookies, Place::Storage] {
            for name in &vector.goes {
                assert!(goes(place, name), "{}: {name:?} stays", vector.name);
            }
            for name in &vector.stays {
                assert!(!goes(place, name), "{}: {name:?} goes", vector.name);
            }
        }
        let probed = terms.probed_names(&is_refused);
        assert_eq!(probed, vector.probed, "{}", vector.name);
    }
}

#[test]
fn a_cookie_is_looked_for_wherever_it_may_have_been_set() {
    for vector in vectors().places {
        assert_eq!(domains(&vector.host), vector.domains);
        assert_eq!(paths(&vector.path), vector.paths);
    }
}

#[test]
fn the_cookie_is_written_at_the_domain_where_that_is_the_pages() {
    for vector in vectors().cookie_domains {
        let cookie = Cookie {
            domain: vector.domain,
            ..Cookie::default()
        };
        let written = cookie.domain_at(&vector.host);
        let about = format!("{:?} on {:?}", cookie.domain, vector.host);
        assert_eq!(written, vector.written.as_deref(), "{about}");
    }
}

#[test]
fn every_consent_type_is_granted_where_it_should() {
    for vector in vectors().consent {
        let terms = terms(&vector.shop);
        let cookie = vector.cookie.as_ref();
        let header = cookie.map_or(String::new(), |value| {
            format!("{}={value}", terms.cookie.name)
        });
        let state = from_cookie_header_with_gpc(&header, vector.gpc, &terms, vector.now);
        let consent = consent(&terms, &state).map(|(kind, is_granted)| {
            let standing = if is_granted { "granted" } else { "denied" };
            (kind.as_str().to_owned(), standing.to_owned())
        });
        assert_eq!(BTreeMap::from(consent), vector.consent, "{}", vector.name);
    }
}

#[test]
fn every_visitor_is_shown_the_first_wanted_language_that_there_is() {
    for Languages {
        there,
        wanted,
        found,
    } in vectors().languages
    {
        let strs = |tags: &[String]| tags.iter().map(|tag| &**tag).collect::<Vec<_>>().join(" ");
        let about = format!("{} of {}", strs(&wanted), strs(&there));
        let there: Vec<_> = there.iter().map(String::as_str).collect();
        let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
        assert_eq!(lookup(&there, &wanted), found.as_deref(), "{about}");
    }
}
