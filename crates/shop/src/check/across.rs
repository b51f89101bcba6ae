//! What only several values together can break.
//!
//! A value of the wrong type is the walk's to find; here it is passed over.

use std::collections::{HashMap, HashSet};

use jsonc_parser::ast::{Object, StringLit, Value};

use super::schema::MAX_LANGUAGES;
use super::text::{below, quoted};
use super::{Report, values};
use doui_core::Id;
use doui_core::id::RESERVED;
use doui_core::record::{COOKIE_BYTES, MAX_AT, VERSION};
use doui_core::sweep::{Place, stands_for};
use doui_core::terms::COOKIE_NAME;

use crate::Catalog;

/// The most characters before the digit that makes an id another's choice.
const MAX_ID: usize = 25;

/// What a list of languages says, well-formed or not.
pub(super) fn languages<'t>(root: &'t Value<'_>, list: &str) -> Vec<&'t str> {
    let tags = root.as_object().and_then(|shop| shop.get_array(list));
    let tags = tags.map_or(&[][..], |tags| &tags.elements);
    tags.iter()
        .take(MAX_LANGUAGES)
        .filter_map(|tag| Some(&*tag.as_string_lit()?.value))
        .collect()
}

/// Finds the faults of the shop file whose root this is.
pub(super) fn across(root: &Value<'_>, catalog: &Catalog, report: &mut Report) {
    let Some(shop) = root.as_object() else {
        return;
    };
    let ids = |list| -> Vec<_> {
        objects(shop, list)
            .map(|(path, object)| (format!("{path}.id"), object.get_string("id")))
            .collect()
    };
    let tags = ["languages", "more_languages"]
        .into_iter()
        .flat_map(|list| {
            let tags = shop.get_array(list).map_or(&[][..], |tags| &tags.elements);
            let tags = tags.iter().enumerate();
            tags.map(move |(place, tag)| (format!("{list}[{place}]"), tag.as_string_lit()))
        });
    unique(tags.collect(), report);
    unique(ids("purposes"), report);
    unique(ids("opt_outs"), report);
    unique(ids("services"), report);
    choosable_are_no_purposes(shop, report);
    told_apart(&in_cookie(shop), report);
    purposes_are_known(shop, report);
    services_are_complete(root, shop, catalog, report);
    revised_by_revision(shop, report);
    revisions_in_order(shop, report);
    contact_is_reachable(shop, report);
    does_without_a_centre(shop, report);
    cookie_fits(shop, report);
    decision_is_spared(shop, catalog, report);
}

/// The services that a visitor may refuse alone.
fn choosable<'t, 'a>(shop: &'t Object<'a>) -> impl Iterator<Item = (String, &'t Object<'a>)> {
    objects(shop, "services").filter(|(_, service)| {
        let flag = service.get_boolean("choosable");
        flag.is_some_and(|flag| flag.value)
    })
}

/// The ids that stand in the cookie: of the purposes, and of the services that a visitor may refuse alone.
fn in_cookie<'t, 'a>(shop: &'t Object<'a>) -> Vec<(String, Option<&'t StringLit<'a>>)> {
    objects(shop, "purposes")
        .chain(choosable(shop))
        .map(|(path, object)| (format!("{path}.id"), object.get_string("id")))
        .collect()
}

/// What stands in the cookie stands for one thing.
fn choosable_are_no_purposes(shop: &Object<'_>, report: &mut Report) {
    // The first of the same id comes last, and stays.
    let mut purposes: Vec<_> = objects(shop, "purposes").collect();
    purposes.reverse();
    let purposes: HashMap<_, _> = purposes
        .iter()
        .filter_map(|(path, purpose)| Some((&*purpose.get_string("id")?.value, path)))
        .collect();
    for (path, service) in choosable(shop) {
        let Some(id) = service.get_string("id") else {
            continue;
        };
        let path = format!("{path}.id");
        if let Some(purpose) = purposes.get(&*id.value) {
            report.add(
                id.range.start,
                &path,
                format!("{} is already {purpose}.id", quoted(&id.value)),
                "Give the service another id: a visitor's choice of it stands in the cookie beside the purposes'",
            );
        }
        if RESERVED.contains(&&*id.value)
            && let Err((problem, remedy)) = values::id(&id.value, &RESERVED)
        {
            report.add(id.range.start, &path, problem, remedy);
        }
    }
}

/// What a service leaves out, the catalogue has; and what the catalogue has, fits the shop.
fn services_are_complete(
    root: &Value<'_>,
    shop: &Object<'_>,
    catalog: &Catalog,
    report: &mut Report,
) {
    let needed = languages(root, "languages");
    let more = languages(root, "more_languages");
    let purposes = purposes(shop);
    let is_purpose: HashSet<_> = purposes.iter().copied().collect();
    for (path, service) in objects(shop, "services") {
        let start = service.range.start;
        // Without an id, that is what is missing.
        let Some(id) = service.get_string("id") else {
            continue;
        };
        let Some(known) = catalog.get(&id.value) else {
            for key in ["purpose", "label"] {
                if service.get(key).is_none() {
                    report.add(
                        start,
                        &below(&path, key),
                        format!("the key {} is missing", quoted(key)),
                        format!("Add it: the catalogue has no service {}", quoted(&id.value)),
                    );
                }
            }
            continue;
        };
        if service.get("purpose").is_none() && !is_purpose.contains(known.purpose.as_str()) {
            report.add(
                start,
                &below(&path, "purpose"),
                format!(
                    "the catalogue says {}, which is no purpose of the shop",
                    quoted(known.purpose.as_str())
                ),
                format!("Give `purpose`: {}", one_of(&purposes)),
            );
        }
        for (key, text) in known.texts().filter(|(key, _)| service.get(key).is_none()) {
            let has = |lang: &&str| text.0.iter().any(|(tag, _)| tag == lang);
            for lang in needed.iter().filter(|lang| !has(lang)) {
                report.add(
                    start,
                    &below(&path, key),
                    format!("the catalogue has no text in {}", quoted(lang)),
                    format!("Give {} here, in each of the shop's languages", quoted(key)),
                );
            }
            if key == "label" {
                for lang in more.iter().filter(|lang| !has(lang)) {
                    report.missing(start, &below(&path, key), lang, &needed);
                }
            }
        }
    }
}

/// The newest revision comes first, and is the one in force.
fn revisions_in_order(shop: &Object<'_>, report: &mut Report) {
    let mut newer = shop
        .get_string("revision")
        .and_then(|text| values::date(&text.value).ok());
    for (place, (path, revision)) in objects(shop, "revisions").enumerate() {
        let Some(text) = revision.get_string("date") else {
            continue;
        };
        let Ok(date) = values::date(&text.value) else {
            continue;
        };
        let path = format!("{path}.date");
        match newer {
            Some(newer) if place == 0 && date != newer => report.add(
                text.range.start,
                &path,
                format!(
                    "the newest revision is of {}, and `revision` says {}",
                    date.iso(),
                    newer.iso()
                ),
                "Write the newest first, and its date in `revision` too",
            ),
            Some(newer) if place > 0 && date >= newer => report.add(
                text.range.start,
                &path,
                format!(
                    "{} is not before {}, the revision above it",
                    date.iso(),
                    newer.iso()
                ),
                "Write the newest first, each once",
            ),
            _ => {}
        }
        newer = Some(date);
    }
}

/// Servers read a choice by looking for `.ads1` in the cookie, and `.ads10` says that `ads1` is refused.
fn told_apart(ids: &[(String, Option<&StringLit<'_>>)], report: &mut Report) {
    let known = ids.iter().filter_map(|(_, id)| Some(&*(*id)?.value));
    let known: HashSet<_> = known.collect();
    for (path, id) in ids {
        let Some(id) = id else { continue };
        let digits = id.value.char_indices().take(MAX_ID);
        let digits = digits.filter(|(_, c)| matches!(c, '0' | '1'));
        let taken = digits
            .map(|(at, _)| &id.value[..at])
            .find(|start| known.contains(start));
        if let Some(other) = taken {
            report.add(
                id.range.start,
                path,
                format!("{} begins like a choice of {}", quoted(&id.value), quoted(other)),
                "Give it a name that is not another's followed by 0 or 1; servers could not tell them apart",
            );
        }
    }
}

/// The objects of a list, each with its path.
pub(super) fn objects<'t, 'a>(
    shop: &'t Object<'a>,
    list: &'static str,
) -> impl Iterator<Item = (String, &'t Object<'a>)> {
    let items = shop.get_array(list).map_or(&[][..], |list| &list.elements);
    items
        .iter()
        .enumerate()
        .filter_map(move |(place, item)| Some((format!("{list}[{place}]"), item.as_object()?)))
}

fn unique(names: Vec<(String, Option<&StringLit<'_>>)>, report: &mut Report) {
    let mut firsts = HashMap::new();
    for (path, name) in &names {
        let Some(name) = name else {
            continue;
        };
        // Language tags mean the same in any case, and ids have only one.
        let first = *firsts
            .entry(name.value.to_ascii_lowercase())
            .or_insert(path);
        if first != path {
            report.add(
                name.range.start,
                path,
                format!("{} is already {first}", quoted(&name.value)),
                "Name each once",
            );
        }
    }
}

/// The ids of the purposes that are well-formed: the others are findings of their own, and no remedy.
fn purposes<'t>(shop: &'t Object<'_>) -> Vec<&'t str> {
    objects(shop, "purposes")
        .filter_map(|(_, purpose)| Some(&*purpose.get_string("id")?.value))
        .filter(|id| Id::new(id).is_ok())
        .collect()
}

fn one_of(purposes: &[&str]) -> String {
    if purposes.is_empty() {
        return "the id of a purpose, once there is one".to_owned();
    }
    let shown = &purposes[..purposes.len().min(20)];
    let rest = if shown.len() < purposes.len() {
        ", …"
    } else {
        ""
    };
    format!("one of {}{rest}", shown.join(", "))
}

/// Where a purpose is named, it is one of the shop's.
fn purposes_are_known(shop: &Object<'_>, report: &mut Report) {
    let known = purposes(shop);
    let is_known: HashSet<_> = known.iter().copied().collect();
    let mut named: Vec<_> = objects(shop, "services")
        .filter_map(|(path, service)| {
            Some((format!("{path}.purpose"), service.get_string("purpose")?))
        })
        .collect();
    let google = shop
        .get_object("signals")
        .and_then(|signals| signals.get_object("google"));
    if let Some(google) = google {
        for (path, regional) in objects(google, "regions") {
            let granted = regional.get_array("granted");
            let granted = granted.map_or(&[][..], |granted| &granted.elements);
            named.extend(granted.iter().enumerate().filter_map(|(place, id)| {
                let path = format!("signals.google.{path}.granted[{place}]");
                Some((path, id.as_string_lit()?))
            }));
        }
    }
    for (path, id) in named {
        if Id::new(&id.value).is_ok() && !is_known.contains(&*id.value) {
            report.add(
                id.range.start,
                &path,
                format!("{} is no purpose of the shop", quoted(&id.value)),
                format!("Write {}", one_of(&known)),
            );
        }
    }
}

fn revised_by_revision(shop: &Object<'_>, report: &mut Report) {
    let date = |object: &Object<'_>, key| values::date(&object.get_string(key)?.value).ok();
    let Some(revision) = date(shop, "revision") else {
        return;
    };
    for (path, purpose) in objects(shop, "purposes") {
        if let Some(revised) = date(purpose, "revised")
            && let Some(text) = purpose.get_string("revised")
            && revised > revision
        {
            report.add(
                text.range.start,
                &format!("{path}.revised"),
                format!(
                    "{} is later than the shop's revision, {}",
                    revised.iso(),
                    revision.iso()
                ),
                "Set `revision` to the day of the latest change, or correct this one",
            );
        }
    }
}

fn contact_is_reachable(shop: &Object<'_>, report: &mut Report) {
    if let Some(contact) = shop.get_object("contact")
        && ["phone", "email", "form", "policy"]
            .iter()
            .all(|way| contact.get(way).is_none())
    {
        report.add(
            contact.range.start,
            "contact",
            "there is no way to reach the shop",
            "Add `email`, `form`, `phone` or `policy`",
        );
    }
}

/// Without pages, the banner has to lead somewhere.
fn does_without_a_centre(shop: &Object<'_>, report: &mut Report) {
    let Some(centre) = shop.get_boolean("centre").filter(|centre| !centre.value) else {
        return;
    };
    let contact = shop.get_object("contact");
    if contact.is_none_or(|contact| contact.get("policy").is_none()) {
        report.add(
            centre.range.start,
            "centre",
            "without the centre, the banner links to the shop's policy, and there is none",
            "Give `contact.policy`, the address of the page that explains the purposes",
        );
    }
}

/// The name of the cookie, well-formed or not.
fn cookie_name<'t>(shop: &'t Object<'_>) -> &'t str {
    let cookie = shop.get_object("cookie");
    let name = cookie.and_then(|cookie| cookie.get_string("name"));
    name.map_or(COOKIE_NAME, |name| &name.value)
}

/// What a service leaves is deleted when that is refused: the visitor's decision must not be among it.
fn decision_is_spared(shop: &Object<'_>, catalog: &Catalog, report: &mut Report) {
    let own = cookie_name(shop);
    let is_own = |name: &&str| name.len() > "*".len() && stands_for(name, own);
    for (path, service) in objects(shop, "services") {
        let known = service
            .get_string("id")
            .and_then(|id| catalog.get(&id.value));
        for (key, place) in [("cookies", Place::Cookies), ("storage", Place::Storage)] {
            let path = below(&path, key);
            let mut add = |start, path: &str, name: &str| {
                report.add(
                    start,
                    path,
                    format!("{} stands for the visitor's own decision", quoted(name)),
                    format!(
                        "Write a name that `{own}` does not begin like, or give the cookie another `name`; this one would be deleted with the service's"
                    ),
                );
            };
            let Some(list) = service.get_array(key) else {
                let names = known.into_iter().flat_map(|known| known.names(place));
                for name in names.filter(is_own) {
                    add(service.range.start, &path, name);
                }
                continue;
            };
            for (at, declared) in list.elements.iter().enumerate() {
                let (path, name) = match declared {
                    Value::Object(declared) => {
                        (format!("{path}[{at}].name"), declared.get_string("name"))
                    }
                    _ => (format!("{path}[{at}]"), declared.as_string_lit()),
                };
                if let Some(name) = name.filter(|name| is_own(&&*name.value)) {
                    add(name.range.start, &path, &name.value);
                }
            }
        }
    }
}

/// A browser drops a longer cookie without a word.
fn cookie_fits(shop: &Object<'_>, report: &mut Report) {
    let ids: usize = in_cookie(shop)
        .into_iter()
        .filter_map(|(_, id)| id)
        .map(|id| ".".len() + id.value.len() + "1".len())
        .sum();
    let name = cookie_name(shop);
    let frame = format!("{name}{VERSION}.20231201.{MAX_AT}.gpc").len();
    if let Some(purposes) = shop.get_array("purposes")
        && frame + ids > COOKIE_BYTES
    {
        report.add(
            purposes.range.start,
            "purposes",
            format!(
                "a decision on all of them takes {} bytes of cookie, and browsers keep {COOKIE_BYTES}",
                frame + ids
            ),
            "Give fewer purposes, fewer choosable services, or shorter ids",
        );
    }
}
