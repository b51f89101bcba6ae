//! The one place that changes a choice.

use doui_core::{Door, Entry, Id, Record, Settled, State, choose, decide, record::HISTORY};
use doui_ui::{Browser, Change, Consent, Edition, say, words::fill};
use leptos::prelude::*;

use crate::{browser, report, storage};

/// What a browser does with what components ask for.
const BROWSER: Browser = Browser {
    is_there: true,
    change,
    moment: browser::moment,
};

/// The choices that this browser keeps.
pub fn from_browser(edition: Edition) -> Consent {
    let now = browser::now();
    let settled = storage::load(edition.terms, now);
    let state = decide(edition.terms, &settled, now, browser::gpc());
    let consent = Consent::new(edition, BROWSER, state, settled.record);
    sweep(&consent);
    consent
}

fn change(consent: &Consent, change: Change, by: Door) {
    let changes = match change {
        Change::Undo => return undo(consent),
        Change::Forget => return forget(consent),
        Change::Withdraw => return withdraw(consent, by),
        Change::Switches => consent.switches(),
        Change::All(allowed) => all(consent, allowed),
        Change::Asked(allowed) => {
            let state = consent.state.get_untracked();
            state.undecided().map(|id| (id.clone(), allowed)).collect()
        }
    };
    save(consent, &changes, by);
}

/// The answer for every purpose, and with it every service.
fn all(consent: &Consent, allowed: bool) -> Vec<(Id, bool)> {
    let terms = consent.edition.terms;
    let purposes = terms.purposes.iter().map(|purpose| &purpose.id);
    let ids = purposes.chain(terms.services.iter().map(|service| &service.id));
    ids.map(|id| (id.clone(), allowed)).collect()
}

/// Takes back all that was allowed, and says so.
fn withdraw(consent: &Consent, by: Door) {
    save(consent, &all(consent, false), by);
    if consent.is_stored.get_untracked() {
        tell(consent, consent.edition.words.withdrawn);
    }
}

fn save(consent: &Consent, changes: &[(Id, bool)], by: Door) {
    let edition = consent.edition;
    let now = browser::now();
    let state = consent.state.get_untracked();
    let Some(decision) = choose(edition.terms, &state, changes, now) else {
        return;
    };
    report::answered(consent, &decision, by);
    let entry = Entry {
        decision,
        by: Some(by),
        lang: Some(edition.lang.to_owned()),
    };
    let previous = latest(consent, now);
    consent.previous.set_value(previous.clone());
    consent.can_undo.set(true);
    let is_stored = store(consent, Record::after(previous, entry), now);
    let words = edition.words;
    tell(consent, if is_stored { words.saved } else { words.unkept });
    if by == Door::Banner && is_stored {
        leave_banner();
    }
}

/// The record that the browser keeps now: another tab may have decided since this document last looked.
fn latest(consent: &Consent, now: u64) -> Option<Record> {
    let latest = storage::read(consent.edition.terms, now).record;
    latest.or_else(|| consent.record.get_untracked())
}

/// Stores a record and shows it. Whether it outlives the page.
fn store(consent: &Consent, record: Record, now: u64) -> bool {
    let is_stored = storage::store(&record, consent.edition.terms, now);
    consent.is_stored.set(is_stored);
    show(consent, Some(record), now);
    is_stored
}

/// Takes the last act back. What was chosen before is chosen again, so the history tells of both; what was deleted
/// is there again as it was.
fn undo(consent: &Consent) {
    consent.can_undo.set(false);
    let now = browser::now();
    match (consent.previous.get_value(), consent.record.get_untracked()) {
        (Some(previous), None) => {
            store(consent, previous, now);
        }
        (Some(previous), Some(_)) => {
            // What was not refused then is not refused now.
            let services = consent.edition.terms.services.iter();
            let mut changes: Vec<_> = services.map(|it| (it.id.clone(), true)).collect();
            changes.extend(previous.current.decision.choices);
            save(consent, &changes, Door::Centre);
        }
        (None, _) => forget(consent),
    }
    consent.can_undo.set(false);
    tell(consent, consent.edition.words.undone);
    // Its button goes, and takes no focus along.
    browser::focus("heading");
}

/// Takes over a record from another browser, if its decision is later than the one here. False: it is not.
pub fn import(consent: &Consent, record: Record) -> bool {
    let now = browser::now();
    let here = latest(consent, now);
    let at = |record: &Record| record.current.decision.at;
    if here.as_ref().is_some_and(|here| at(here) >= at(&record)) {
        return false;
    }
    consent.previous.set_value(here.clone());
    consent.can_undo.set(here.is_some());
    let mut history = here.map(|here| here.history).unwrap_or_default();
    history.retain(|known| {
        record
            .history
            .iter()
            .all(|other| other.decision != known.decision)
    });
    // Both are in order, and short.
    for entry in record.history {
        let mut known = history.iter();
        let later = known.position(|known| known.decision.at > entry.decision.at);
        history.insert(later.unwrap_or(history.len()), entry);
    }
    history.drain(..history.len().saturating_sub(HISTORY));
    let current = record.current;
    store(consent, Record { current, history }, now);
    true
}

/// Deletes the choice and its history, so that the visitor is asked again.
pub fn forget(consent: &Consent) {
    let terms = consent.edition.terms;
    consent.previous.set_value(latest(consent, browser::now()));
    consent.can_undo.set(true);
    storage::sweep(terms, &|_| true);
    storage::forget(terms);
    consent.is_stored.set(true);
    consent.is_dismissed.set(false);
    show(consent, None, browser::now());
    tell(consent, consent.edition.words.forgotten);
}

/// Closes the banner without deciding.
pub fn dismiss(consent: &Consent) {
    consent.is_dismissed.set(true);
    leave_banner();
}

/// Focus does not vanish with the banner: it goes to where the page begins.
fn leave_banner() {
    browser::focus("heading");
}

/// Tells what happened.
fn tell(consent: &Consent, news: &'static str) {
    say(consent.news, news);
}

/// Another tab, or a shop page, may have decided since: reads again what the browser keeps.
pub fn reread(consent: &Consent) {
    if !consent.is_stored.get_untracked() {
        return;
    }
    let now = browser::now();
    let terms = consent.edition.terms;
    let settled = storage::read(terms, now);
    let state = decide(terms, &settled, now, browser::gpc());
    if state != consent.state.get_untracked() {
        // What was decided elsewhere since is not undone here.
        consent.can_undo.set(false);
        put(consent, state, settled.record);
    }
    consent.looked.notify();
}

fn show(consent: &Consent, record: Option<Record>, now: u64) {
    let settled = Settled {
        record,
        ..Settled::default()
    };
    let state = decide(consent.edition.terms, &settled, now, browser::gpc());
    put(consent, state, settled.record);
}

fn put(consent: &Consent, state: State, record: Option<Record>) {
    consent.show(state, record);
    sweep(consent);
}

/// Takes away what refused services left, and notes what cannot be.
fn sweep(consent: &Consent) {
    let state = consent.state.read_untracked();
    let left = storage::sweep(consent.edition.terms, &|service| state.refuses(service));
    if left.is_empty() {
        return consent.leftovers.set(String::new());
    }
    let words = consent.edition.words;
    let names: Vec<_> = left.iter().map(|name| &**name).collect();
    consent
        .leftovers
        .set(fill(words.leftovers, &[&words.quoted(&names)]));
}
