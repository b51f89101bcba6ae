//! The one place that changes a choice.

#[cfg(not(feature = "ssr"))]
use doui_core::record::HISTORY;
use doui_core::{Door, Entry, PurposeId, Record, Settled, Shop, State, choose, decide};
use leptos::prelude::*;

use crate::{browser, edition::Edition, storage, text::fill};

/// The visitor's choices as this document knows them, and the only way to change them.
#[derive(Clone, Copy)]
pub struct Consent {
    edition: Edition,
    /// What is allowed and what must be asked.
    pub state: RwSignal<State>,
    /// What the browser keeps, or would keep if it could.
    pub record: RwSignal<Option<Record>>,
    /// Fires when what the browser keeps was read again, whether or not the choice is another one.
    #[cfg(not(feature = "ssr"))]
    pub looked: Trigger,
    /// What it kept before the last act here, and whether that act can be undone.
    previous: StoredValue<Option<Record>>,
    pub can_undo: RwSignal<bool>,
    /// The cookies of refused services that a script cannot delete, in a sentence; empty without any.
    pub leftovers: RwSignal<String>,
    /// Whether the last choice outlives the page.
    pub is_kept: RwSignal<bool>,
    /// Whether the visitor closed the banner without deciding.
    pub is_dismissed: RwSignal<bool>,
    /// Whether the banner's settings are open.
    pub is_open: RwSignal<bool>,
    /// What the last act did, in words, for eyes and screen readers alike.
    pub news: RwSignal<String>,
    /// The switches as the visitor has set them, saved or not, in the shop's order.
    drafts: StoredValue<Vec<(PurposeId, RwSignal<bool>)>>,
}

impl Consent {
    /// The choices of somebody who never answered: what static pages are rendered with.
    #[cfg(feature = "ssr")]
    pub fn untouched(edition: Edition) -> Self {
        Self::from_settled(edition, Settled::default(), 0, false)
    }

    /// The choices that this browser keeps.
    #[cfg(not(feature = "ssr"))]
    pub fn from_browser(edition: Edition) -> Self {
        let now = browser::now();
        let settled = storage::load(edition.shop, now);
        let consent = Self::from_settled(edition, settled, now, browser::gpc());
        consent.sweep();
        consent
    }

    fn from_settled(edition: Edition, settled: Settled, now: u64, gpc: bool) -> Self {
        let state = decide(edition.shop, &settled, now, gpc);
        let services = edition.shop.services.iter();
        let services = services.filter(|service| service.choosable);
        let purposes = edition.shop.purposes.iter().map(|purpose| &purpose.id);
        let ids = purposes.chain(services.map(|service| &service.id));
        let drafts = ids
            .map(|id| (id.clone(), RwSignal::new(stands(&state, id))))
            .collect();
        Self {
            edition,
            state: RwSignal::new(state),
            record: RwSignal::new(settled.record),
            #[cfg(not(feature = "ssr"))]
            looked: Trigger::new(),
            previous: StoredValue::new(None),
            can_undo: RwSignal::new(false),
            leftovers: RwSignal::new(String::new()),
            is_kept: RwSignal::new(true),
            is_dismissed: RwSignal::new(false),
            is_open: RwSignal::new(false),
            news: RwSignal::new(String::new()),
            drafts: StoredValue::new(drafts),
        }
    }

    /// The switch of a purpose, or of a service that is chosen alone.
    pub fn draft(&self, id: &str) -> RwSignal<bool> {
        self.drafts.with_value(|drafts| {
            let draft = drafts.iter().find(|(known, _)| known == id);
            draft.map_or_else(RwSignal::default, |(_, draft)| *draft)
        })
    }

    /// Whether a switch stands elsewhere than the decision in force.
    pub fn is_unsaved(&self) -> bool {
        let state = self.state.read();
        self.drafts.with_value(|drafts| {
            let mut drafts = drafts.iter();
            drafts.any(|(id, draft)| draft.get() != stands(&state, id))
        })
    }

    /// Saves the switches as they stand.
    pub fn save(&self, by: Door) {
        let changes = self.drafts.with_value(|drafts| {
            let drafts = drafts.iter();
            drafts
                .map(|(id, draft)| (id.clone(), draft.get_untracked()))
                .collect::<Vec<_>>()
        });
        self.decide(&changes, by);
    }

    /// Allows or refuses every purpose, and with it every service.
    pub fn answer_all(&self, allowed: bool, by: Door) {
        let Shop {
            purposes, services, ..
        } = self.edition.shop;
        let purposes = purposes.iter().map(|purpose| &purpose.id);
        let ids = purposes.chain(services.iter().map(|service| &service.id));
        let changes: Vec<_> = ids.map(|id| (id.clone(), allowed)).collect();
        self.decide(&changes, by);
    }

    /// Takes back all that was allowed, and says so.
    pub fn withdraw(&self) {
        self.answer_all(false, Door::Centre);
        if self.is_kept.get_untracked() {
            self.tell(self.edition.words.withdrawn);
        }
    }

    /// Answers for the purposes that are asked; those already decided stand.
    pub fn answer_asked(&self, allowed: bool, by: Door) {
        let state = self.state.get_untracked();
        let changes: Vec<_> = state.undecided().map(|id| (id.clone(), allowed)).collect();
        self.decide(&changes, by);
    }

    fn decide(&self, changes: &[(PurposeId, bool)], by: Door) {
        let shop = self.edition.shop;
        let now = browser::now();
        let state = self.state.get_untracked();
        let Some(decision) = choose(shop, &state, changes, now) else {
            return;
        };
        let entry = Entry {
            decision,
            by: Some(by),
            lang: Some(self.edition.lang.to_owned()),
        };
        let previous = self.latest(now);
        self.previous.set_value(previous.clone());
        self.can_undo.set(true);
        let is_kept = self.keep(Record::after(previous, entry), now);
        let words = self.edition.words;
        self.tell(if is_kept { words.saved } else { words.unkept });
        if by == Door::Banner && is_kept {
            self.leave_banner();
        }
    }

    /// The record that the browser keeps now: another tab may have decided since this document last looked.
    fn latest(&self, now: u64) -> Option<Record> {
        let latest = storage::read(self.edition.shop, now).record;
        latest.or_else(|| self.record.get_untracked())
    }

    /// Keeps a record and shows it. Whether it outlives the page.
    fn keep(&self, record: Record, now: u64) -> bool {
        let is_kept = storage::keep(&record, self.edition.shop, now);
        self.is_kept.set(is_kept);
        self.show(Some(record), now);
        is_kept
    }

    /// Takes the last act back. What was chosen before is chosen again, so the history tells of both; what was deleted
    /// is there again as it was.
    pub fn undo(&self) {
        self.can_undo.set(false);
        let now = browser::now();
        match (self.previous.get_value(), self.record.get_untracked()) {
            (Some(previous), None) => {
                self.keep(previous, now);
            }
            (Some(previous), Some(_)) => {
                // What was not refused then is not refused now.
                let services = self.edition.shop.services.iter();
                let mut changes: Vec<_> = services.map(|it| (it.id.clone(), true)).collect();
                changes.extend(previous.current.decision.choices);
                self.decide(&changes, Door::Centre);
            }
            (None, _) => self.forget(),
        }
        self.can_undo.set(false);
        self.tell(self.edition.words.undone);
    }

    /// Takes over a record from another browser, if its decision is later than the one here. False: it is not.
    #[cfg(not(feature = "ssr"))]
    pub fn import(&self, record: Record) -> bool {
        let now = browser::now();
        let here = self.latest(now);
        let at = |record: &Record| record.current.decision.at;
        if here.as_ref().is_some_and(|here| at(here) >= at(&record)) {
            return false;
        }
        self.previous.set_value(here.clone());
        self.can_undo.set(here.is_some());
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
        self.keep(Record { current, history }, now);
        true
    }

    /// Deletes the choice and its history, so that the visitor is asked again.
    pub fn forget(&self) {
        self.previous.set_value(self.latest(browser::now()));
        self.can_undo.set(true);
        storage::sweep(self.edition.shop, &|_| true);
        storage::forget(self.edition.shop);
        self.is_kept.set(true);
        self.is_dismissed.set(false);
        self.show(None, browser::now());
        self.tell(self.edition.words.forgotten);
    }

    /// Closes the banner without deciding.
    #[cfg(not(feature = "ssr"))]
    pub fn dismiss(&self) {
        self.is_dismissed.set(true);
        self.leave_banner();
    }

    /// Focus does not vanish with the banner: it goes to where the page begins.
    fn leave_banner(&self) {
        browser::focus("heading");
    }

    /// Tells what happened. The same words again are news too, so they go and come back.
    fn tell(&self, news: &'static str) {
        let told = self.news;
        told.set(String::new());
        request_animation_frame(move || told.set(news.to_owned()));
    }

    /// Another tab, or a shop page, may have decided since: reads again what the browser keeps.
    #[cfg(not(feature = "ssr"))]
    pub fn reread(&self) {
        if !self.is_kept.get_untracked() {
            return;
        }
        let now = browser::now();
        let settled = storage::read(self.edition.shop, now);
        let state = decide(self.edition.shop, &settled, now, browser::gpc());
        if state != self.state.get_untracked() {
            // What was decided elsewhere since is not undone here.
            self.can_undo.set(false);
            self.put(state, settled.record);
        }
        self.looked.notify();
    }

    fn show(&self, record: Option<Record>, now: u64) {
        let settled = Settled {
            record,
            ..Settled::default()
        };
        let state = decide(self.edition.shop, &settled, now, browser::gpc());
        self.put(state, settled.record);
    }

    fn put(&self, state: State, record: Option<Record>) {
        self.drafts.with_value(|drafts| {
            for (id, draft) in drafts {
                draft.set(stands(&state, id));
            }
        });
        self.record.set(record);
        if state.is_decided() {
            self.is_dismissed.set(false);
            self.is_open.set(false);
        }
        self.state.set(state);
        self.sweep();
    }

    /// Takes away what refused services left, and notes what cannot be.
    fn sweep(&self) {
        let state = self.state.read_untracked();
        let left = storage::sweep(self.edition.shop, &|service| state.refuses(service));
        if left.is_empty() {
            return self.leftovers.set(String::new());
        }
        let words = self.edition.words;
        let names: Vec<_> = left.iter().map(|name| &**name).collect();
        self.leftovers
            .set(fill(words.leftovers, &[&words.quoted(&names)]));
    }
}

/// Where a switch stands by what was decided. That of a service says whether it is refused alone: with its purpose refused
/// it is off in any case.
fn stands(state: &State, id: &PurposeId) -> bool {
    state.allows(id.as_str())
        || state.services.iter().any(|service| service.id == *id)
            && state.refused_services().all(|refused| refused != id)
}
