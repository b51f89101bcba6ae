//! The core against the model, step by step.

mod model;

use std::sync::LazyLock;

use doui_core::record::HISTORY;
use doui_core::{Door, Entry, Id, Record, Settled, State, Stored, Terms, choose, decide, settle};
use model::{Model, Place, REVISIONS, Step, View};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

/// The shop at each of its revisions.
static SHOPS: LazyLock<[Terms; 2]> = LazyLock::new(|| {
    let mut terms: Value =
        serde_json::from_str(include_str!("../../../tests/terms/services.json")).unwrap();
    let first = Terms::from_json(&terms.to_string()).unwrap();
    assert_eq!(first.revision.to_string(), REVISIONS[0]);
    terms["revision"] = "2024-06-01".into();
    terms["purposes"][1]["revised"] = "2024-06-01".into();
    [first, Terms::from_json(&terms.to_string()).unwrap()]
});

/// A browser in which the core does what `doui.js` and the preference centre do with it.
struct Browser {
    cookie: Option<String>,
    record: Option<String>,
    /// What each tab was loaded with, and what it shows.
    tabs: [(usize, Settled, State); 2],
}

impl Browser {
    fn new(model: &Model) -> Self {
        let settled = Settled::default();
        let state = decide(&SHOPS[0], &settled, model.now, model.gpc);
        let tab = (0, settled, state);
        Self {
            cookie: None,
            record: None,
            tabs: [tab.clone(), tab],
        }
    }

    /// Takes a step that the model has taken.
    fn step(&mut self, step: &Step, model: &Model) {
        match step {
            Step::Visit => {
                self.tabs[model.front].0 = model.shop;
                let settled = self.look(model);
                if let Some(record) = settled.record {
                    let decision = &record.current.decision;
                    let valid_days = SHOPS[model.shop].valid_days;
                    // A cookie that has no time left cannot be set.
                    if settled.write_cookie && model.now < decision.holds_until(valid_days) {
                        self.cookie = Some(decision.to_cookie());
                    }
                    if settled.write_record {
                        self.record = Some(record.to_json());
                    }
                }
            }
            Step::Look => drop(self.look(model)),
            Step::Save(changes) => self.save(changes, model),
            Step::Answer(allowed) => {
                let terms = &SHOPS[0];
                let purposes = terms.purposes.iter().map(|purpose| &purpose.id);
                let ids = purposes.chain(terms.services.iter().map(|service| &service.id));
                let changes: Vec<_> = ids.map(|id| (id.to_string(), *allowed)).collect();
                self.save(&changes, model);
            }
            Step::Forget => {
                (self.cookie, self.record) = (None, None);
                self.look(model);
            }
            Step::Lose(place)
            | Step::Spoil(place)
            | Step::Newer(place)
            | Step::Restore(place, _) => match place {
                Place::Cookie => self.cookie = model.cookie.cookie(),
                Place::Record => self.record = model.record.record(),
            },
            Step::Switch | Step::Clock(_) | Step::Gpc(_) | Step::Shop(_) => {}
        }
    }

    fn look(&mut self, model: &Model) -> Settled {
        let kept = Stored {
            cookie: self.cookie.as_deref(),
            record: self.record.as_deref(),
        };
        let settled = settle(kept, model.now);
        self.show(settled.clone(), model);
        settled
    }

    fn show(&mut self, settled: Settled, model: &Model) {
        let (terms, ..) = self.tabs[model.front];
        let state = decide(&SHOPS[terms], &settled, model.now, model.gpc);
        self.tabs[model.front] = (terms, settled, state);
    }

    fn save(&mut self, changes: &[(String, bool)], model: &Model) {
        let (terms, seen, state) = &self.tabs[model.front];
        let changes = changes.iter();
        let changes = changes.map(|(id, allowed)| (Id::new(id).unwrap(), *allowed));
        let changes: Vec<_> = changes.collect();
        let Some(decision) = choose(&SHOPS[*terms], state, &changes, model.now) else {
            return;
        };
        // Another tab may have written since: its history goes on.
        let kept = Stored {
            cookie: self.cookie.as_deref(),
            record: self.record.as_deref(),
        };
        let latest = settle(kept, model.now)
            .record
            .or_else(|| seen.record.clone());
        let entry = Entry {
            decision,
            by: Some(Door::Api),
            lang: None,
        };
        let record = Record::after(latest, entry);
        self.cookie = Some(record.current.decision.to_cookie());
        self.record = Some(record.to_json());
        let settled = Settled {
            record: Some(record),
            ..Settled::default()
        };
        self.show(settled, model);
    }

    /// What the record remembers and nothing stands against: neither a clock nor a later version.
    fn remembered(&self, model: &Model) -> Vec<Entry> {
        let kept = Stored {
            cookie: self.cookie.as_deref(),
            record: self.record.as_deref(),
        };
        let read = self.record.as_deref().map(Record::from_json);
        match (settle(kept, model.now).record, read) {
            (Some(settled), Some(Ok(record))) if settled.history.starts_with(&record.history) => {
                record.history
            }
            _ => Vec::new(),
        }
    }

    fn holds_to(&self, model: &Model) -> Result<(), TestCaseError> {
        let (terms, _, state) = &self.tabs[model.front];
        prop_assert_eq!(&view(&SHOPS[*terms], state), model.view());
        prop_assert_eq!(&self.cookie, &model.cookie.cookie());

        let expected = model.record.record();
        let read = |text: &Option<String>| Record::from_json(text.as_deref().unwrap_or_default());
        let Ok(record) = read(&self.record) else {
            prop_assert_eq!(&self.record, &expected);
            return Ok(());
        };
        let current = read(&expected).map(|expected| expected.current.decision);
        prop_assert_eq!(Ok(&record.current.decision), current.as_ref());
        // Nothing is in the history that the visitor has not said.
        prop_assert!(record.history.len() <= HISTORY);
        for entry in &record.history {
            let cookie = entry.decision.to_cookie();
            let mut given = model.given.iter();
            prop_assert!(given.any(|answer| answer.cookie() == cookie), "{cookie}");
        }
        Ok(())
    }
}

/// The state in the model's words.
fn view(terms: &Terms, state: &State) -> View {
    let purposes = terms.purposes.iter();
    let known = |id: &Id| -> &'static str {
        let names = [
            "auth",
            "ads",
            "traffic",
            "affiliate",
            "yahoo-ads",
            "google-ads",
            "counter",
        ];
        names
            .into_iter()
            .find(|name| *id == **name)
            .expect("it is known")
    };
    let services = terms.services.iter().filter(|service| service.choosable);
    let runs = services.filter(|it| state.allows_service(it.purpose.as_str(), it.id.as_str()));
    View {
        allowed: purposes
            .clone()
            .filter(|purpose| state.allows(purpose.id.as_str()))
            .map(|purpose| known(&purpose.id))
            .collect(),
        services: runs.map(|service| known(&service.id)).collect(),
        asked: purposes
            .filter_map(|it| Some((known(&it.id), state.asked(it.id.as_str())?.as_str())))
            .collect(),
        is_answered: state.decision.is_some(),
        gpc: state.gpc,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_the_core_is_where_the_model_is(numbers in vec(any::<u32>(), 1..60)) {
        let mut model = Model::new();
        let mut browser = Browser::new(&model);
        for step in numbers.into_iter().map(Step::from_number) {
            model.step(&step);
            let before = browser.remembered(&model);
            browser.step(&step, &model);
            if matches!(step, Step::Visit | Step::Save(_) | Step::Answer(_)) {
                // One decision more, or two where the cookie's was not in the record yet, push out the oldest.
                let after = browser.remembered(&model);
                let mut kept = before.iter().skip((before.len() + 2).saturating_sub(HISTORY));
                prop_assert!(kept.all(|entry| after.contains(entry)), "{step:?} forgot");
            }
            let holds = browser.holds_to(&model);
            prop_assert!(holds.is_ok(), "after {step:?}: {holds:?}");
        }
    }
}
