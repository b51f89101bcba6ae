//! The visitor's choices as signals, for components to show.

use doui_core::{Door, Id, Record, Settled, State, decide};
use leptos::prelude::*;

use crate::Edition;

/// What a visitor asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Allow or refuse every purpose, and with it every service.
    All(bool),
    /// Allow or refuse the purposes that are asked; those already decided stand.
    Asked(bool),
    /// Take back all that was allowed, and say so.
    Withdraw,
    /// Save the switches as they stand.
    Switches,
    /// Take the last act back.
    Undo,
    /// Delete the choice and its history, and be asked again.
    Forget,
}

/// What only a browser can do. A build has none, and does nothing.
#[derive(Clone, Copy)]
pub struct Browser {
    /// Whether there is one. A build leaves out what is each visitor's.
    pub is_there: bool,
    /// Carries out what the visitor asked for, by one of the doors.
    pub change: fn(&Consent, Change, Door),
    /// A moment, in Unix seconds, as a language writes it.
    pub moment: fn(u64, &str) -> String,
}

impl Browser {
    /// Where there is no browser.
    pub const NONE: Self = Self {
        is_there: false,
        change: |_, _, _| (),
        moment: |_, _| String::new(),
    };
}

/// The visitor's choices as this document knows them.
#[derive(Clone, Copy)]
pub struct Consent {
    pub edition: Edition,
    pub browser: Browser,
    /// What is allowed and what must be asked.
    pub state: RwSignal<State>,
    /// What the browser keeps, or would keep if it could.
    pub record: RwSignal<Option<Record>>,
    /// Fires each time cookies and storage are read again, even if the decision is the same.
    pub looked: Trigger,
    /// What it kept before the last act here, and whether that act can be undone.
    pub previous: StoredValue<Option<Record>>,
    pub can_undo: RwSignal<bool>,
    /// The cookies of refused services that a script cannot delete, in a sentence; empty without any.
    pub leftovers: RwSignal<String>,
    /// Whether the last choice outlives the page.
    pub is_stored: RwSignal<bool>,
    /// Whether the visitor closed the banner without deciding.
    pub is_dismissed: RwSignal<bool>,
    /// Whether the banner's settings are open.
    pub is_open: RwSignal<bool>,
    /// What the last act did, in words, for eyes and screen readers alike.
    pub news: RwSignal<String>,
    /// The switches as the visitor has set them, saved or not, in the shop's order.
    drafts: StoredValue<Vec<(Id, RwSignal<bool>)>>,
}

impl Consent {
    /// The choices of somebody who never answered: what static pages are rendered with.
    pub fn untouched(edition: Edition) -> Self {
        let state = decide(edition.terms, &Settled::default(), 0, false);
        Self::new(edition, Browser::NONE, state, None)
    }

    /// The choices that a browser keeps.
    pub fn new(edition: Edition, browser: Browser, state: State, record: Option<Record>) -> Self {
        let services = edition.terms.services.iter();
        let services = services.filter(|service| service.choosable);
        let purposes = edition.terms.purposes.iter().map(|purpose| &purpose.id);
        let ids = purposes.chain(services.map(|service| &service.id));
        let drafts = ids
            .map(|id| (id.clone(), RwSignal::new(stands(&state, id))))
            .collect();
        Self {
            edition,
            browser,
            state: RwSignal::new(state),
            record: RwSignal::new(record),
            looked: Trigger::new(),
            previous: StoredValue::new(None),
            can_undo: RwSignal::new(false),
            leftovers: RwSignal::new(String::new()),
            is_stored: RwSignal::new(true),
            is_dismissed: RwSignal::new(false),
            is_open: RwSignal::new(false),
            news: RwSignal::new(String::new()),
            drafts: StoredValue::new(drafts),
        }
    }

    /// Has the browser carry out what the visitor asks for.
    pub fn change(&self, change: Change, by: Door) {
        (self.browser.change)(self, change, by);
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

    /// The switches as they stand.
    pub fn switches(&self) -> Vec<(Id, bool)> {
        self.drafts.with_value(|drafts| {
            let drafts = drafts.iter();
            drafts
                .map(|(id, draft)| (id.clone(), draft.get_untracked()))
                .collect()
        })
    }

    /// Shows another state, and sets the switches by it.
    pub fn show(&self, state: State, record: Option<Record>) {
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
    }
}

/// Where a switch stands by what was decided. That of a service says whether it is refused alone: with its purpose refused
/// it is off in any case.
fn stands(state: &State, id: &Id) -> bool {
    state.allows(id.as_str())
        || state.services.iter().any(|service| service.id == *id)
            && state.refused_services().all(|refused| refused != id)
}
