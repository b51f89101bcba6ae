//! What a visitor, a shop and a browser can do in any order, and a plain model of what must then be so.
//!
//! The model shares no code with the crate. It knows facts instead of texts: who answered what and when, and which of the
//! two places still says so. It is meant to be read beside the contract, and to be run against anything that keeps it: the
//! core here, `doui.js` in a browser.

use serde::{Deserialize, Serialize};

/// The time at which each run begins, in Unix seconds.
pub const START: u64 = 1_764_000_000;

const DAY: u64 = 86_400;

/// The shop of `tests/shops/services.json`, before and after `ads` was revised.
pub const REVISIONS: [&str; 2] = ["20231201", "20240601"];

/// Each purpose: its name, whether it runs before the first answer, and whether Global Privacy Control keeps it off.
pub const PURPOSES: [(&str, bool, bool); 4] = [
    ("auth", false, false),
    ("ads", false, true),
    ("traffic", true, false),
    ("affiliate", false, true),
];

/// Each service that can be refused alone, and its purpose.
pub const SERVICES: [(&str, &str); 3] = [
    ("yahoo-ads", "ads"),
    ("google-ads", "ads"),
    ("counter", "traffic"),
];

/// When the shop, at one of its revisions, last changed a purpose.
fn revised(shop: usize, purpose: &str) -> &'static str {
    REVISIONS[if purpose == "ads" { shop } else { 0 }]
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// The tab in front loads a page.
    Visit,
    /// The tab in front looks again at what is kept, as when another tab wrote.
    Look,
    /// The other tab comes to the front, with what it last saw.
    Switch,
    /// The visitor allows or refuses some purposes and services, in the tab in front.
    Save(Vec<(String, bool)>),
    /// The visitor allows or refuses everything.
    Answer(bool),
    /// The visitor withdraws every answer, and is asked anew.
    Forget,
    /// The clock goes on, or is set back, by so many seconds.
    Clock(i64),
    /// The browser's Global Privacy Control is switched. A page sees it when it looks.
    Gpc(bool),
    /// The shop puts this one of its revisions online. A page sees it when it is loaded.
    Shop(usize),
    /// One of the places is emptied.
    Lose(Place),
    /// Somebody writes nonsense there.
    Spoil(Place),
    /// A later version of Doui writes there.
    Newer(Place),
    /// An earlier answer, the one of that number, is there again.
    Restore(Place, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Place {
    Cookie,
    Record,
}

impl Step {
    /// The step that a random number stands for. Small numbers are simple steps, so that a failing run shrinks.
    pub fn from_number(number: u32) -> Self {
        let (kind, rest) = (number % 20, number / 20);
        let flag = rest.is_multiple_of(2);
        let place = if flag { Place::Cookie } else { Place::Record };
        match kind {
            0..=3 => Self::Visit,
            4 | 5 => Self::Look,
            6 => Self::Switch,
            7..=10 => {
                let names = PURPOSES.map(|purpose| purpose.0);
                let names = names.into_iter().chain(SERVICES.map(|service| service.0));
                // Two bits a name: whether it is changed, and to what.
                let named = names
                    .enumerate()
                    .filter(|(at, _)| rest >> (2 * at) & 1 == 1);
                let change =
                    |(at, name): (usize, &str)| (name.into(), rest >> (2 * at + 1) & 1 == 1);
                Self::Save(named.map(change).collect())
            }
            11 => Self::Answer(flag),
            12 => Self::Forget,
            13 | 14 => {
                let seconds = [
                    1, 60, 3_600, 86_000, 86_400, 100_000, 2_592_000, 15_552_000, 31_536_000,
                ];
                let seconds = seconds[rest as usize / 4 % seconds.len()];
                Self::Clock(if rest.is_multiple_of(4) {
                    -seconds
                } else {
                    seconds
                })
            }
            15 => Self::Gpc(flag),
            16 => Self::Shop(usize::from(flag)),
            17 => Self::Lose(place),
            18 if rest.is_multiple_of(3) => Self::Newer(place),
            18 => Self::Spoil(place),
            _ => Self::Restore(place, rest as usize / 2),
        }
    }
}

/// One answer of the visitor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub revision: &'static str,
    /// In Unix seconds.
    pub at: u64,
    /// Of each purpose answered, then of each service that is refused alone.
    pub choices: Vec<(String, bool)>,
    /// Whether Global Privacy Control was on, and the visitor told so.
    pub told: bool,
}

impl Answer {
    fn says(&self, name: &str) -> Option<bool> {
        self.choices
            .iter()
            .find(|choice| choice.0 == name)
            .map(|choice| choice.1)
    }

    /// The value of the cookie that says so.
    pub fn cookie(&self) -> String {
        let choices = self.choices.iter();
        let tokens = choices.map(|(name, allowed)| format!(".{name}{}", u8::from(*allowed)));
        let gpc = if self.told { ".gpc" } else { "" };
        format!(
            "1.{}.{}{}{gpc}",
            self.revision,
            self.at,
            tokens.collect::<String>()
        )
    }

    fn record(&self) -> String {
        let choices = self.choices.iter();
        let choices = choices.map(|(name, allowed)| format!("\"{name}\":{allowed}"));
        format!(
            r#"{{"v":1,"revision":"{}","at":{},"choices":{{{}}},"gpc":{},"history":[]}}"#,
            self.revision,
            self.at,
            choices.collect::<Vec<_>>().join(","),
            self.told
        )
    }
}

/// What is at one of the two places.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    Nothing,
    Holds(Answer),
    Nonsense,
    Newer,
}

impl Slot {
    /// The cookie's value.
    pub fn cookie(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Holds(answer) => Some(answer.cookie()),
            Self::Nonsense => Some("accept".into()),
            Self::Newer => Some("2.x".into()),
        }
    }

    /// The record's text, without what permits nothing: by which door, in which language, and what was before.
    pub fn record(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Holds(answer) => Some(answer.record()),
            Self::Nonsense => Some("accept".into()),
            Self::Newer => Some(r#"{"v":2}"#.into()),
        }
    }
}

/// What a page shows, and obeys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The purposes that may run, in the shop's order.
    pub allowed: Vec<&'static str>,
    /// The services that may run, of those that can be refused alone.
    pub services: Vec<&'static str>,
    /// The purposes that are asked, and why.
    pub asked: Vec<(&'static str, &'static str)>,
    /// Whether an answer is in force.
    pub is_answered: bool,
    /// Whether Global Privacy Control is on.
    pub gpc: bool,
}

/// What a tab saw when it last looked.
#[derive(Clone, Debug, Default)]
struct Tab {
    shop: usize,
    view: View,
    /// The answer in force.
    answer: Option<Answer>,
}

/// A browser with two tabs, and the shop that is open in them.
#[derive(Clone, Debug)]
pub struct Model {
    pub now: u64,
    pub gpc: bool,
    pub shop: usize,
    pub cookie: Slot,
    pub record: Slot,
    /// Every answer that was ever given, in order.
    pub given: Vec<Answer>,
    /// Which tab is in front, 0 or 1.
    pub front: usize,
    tabs: [Tab; 2],
}

impl Model {
    /// A browser that has never been here opens the shop in two tabs.
    pub fn new() -> Self {
        let mut model = Self {
            now: START,
            gpc: false,
            shop: 0,
            cookie: Slot::Nothing,
            record: Slot::Nothing,
            given: Vec::new(),
            front: 0,
            tabs: [Tab::default(), Tab::default()],
        };
        for _ in 0..2 {
            model.step(&Step::Visit);
            model.step(&Step::Switch);
        }
        model
    }

    /// What the tab in front shows.
    pub fn view(&self) -> &View {
        &self.tabs[self.front].view
    }

    pub fn step(&mut self, step: &Step) {
        match step {
            Step::Visit => {
                self.tabs[self.front].shop = self.shop;
                if let Ok(answer) = self.read() {
                    // Both places say it again; but a cookie that has no time left cannot be set.
                    if self.now < Self::end_of(&answer) {
                        self.cookie = Slot::Holds(answer.clone());
                    }
                    self.record = Slot::Holds(answer);
                }
                self.look();
            }
            Step::Look => self.look(),
            Step::Switch => self.front = 1 - self.front,
            Step::Save(changes) => self.save(changes),
            Step::Answer(allowed) => {
                let names = PURPOSES.map(|purpose| purpose.0);
                let names = names.into_iter().chain(SERVICES.map(|service| service.0));
                self.save(
                    &names
                        .map(|name| (name.into(), *allowed))
                        .collect::<Vec<_>>(),
                );
            }
            Step::Forget => {
                self.cookie = Slot::Nothing;
                self.record = Slot::Nothing;
                self.look();
            }
            Step::Clock(seconds) => self.now = self.now.saturating_add_signed(*seconds),
            Step::Gpc(on) => self.gpc = *on,
            Step::Shop(shop) => self.shop = *shop,
            Step::Lose(place) => *self.slot(*place) = Slot::Nothing,
            Step::Spoil(place) => *self.slot(*place) = Slot::Nonsense,
            Step::Newer(place) => *self.slot(*place) = Slot::Newer,
            Step::Restore(place, number) => {
                if !self.given.is_empty() {
                    let answer = self.given[number % self.given.len()].clone();
                    *self.slot(*place) = Slot::Holds(answer);
                }
            }
        }
    }

    fn slot(&mut self, place: Place) -> &mut Slot {
        match place {
            Place::Cookie => &mut self.cookie,
            Place::Record => &mut self.record,
        }
    }

    /// The answer that counts, or why there is none.
    fn read(&self) -> Result<Answer, &'static str> {
        let slots = [&self.cookie, &self.record];
        if slots.contains(&&Slot::Newer) {
            return Err("unreadable");
        }
        if slots == [&Slot::Nothing; 2] {
            return Err("never-asked");
        }
        // What is dated more than a day ahead is no answer of today's.
        let answer = |slot: &Slot| match slot {
            Slot::Holds(answer) if answer.at <= self.now + DAY => Some(answer.clone()),
            _ => None,
        };
        match (answer(&self.cookie), answer(&self.record)) {
            (Some(cookie), Some(record)) if record.at > cookie.at => Ok(record),
            (Some(cookie), _) => Ok(cookie),
            (None, record) => record.ok_or("unreadable"),
        }
    }

    /// An answer holds for 180 days, to the second.
    fn holds(&self, answer: &Answer) -> bool {
        self.now <= Self::end_of(answer)
    }

    fn end_of(answer: &Answer) -> u64 {
        answer.at + 180 * DAY
    }

    /// The tab in front shows what is kept.
    fn look(&mut self) {
        let read = self.read();
        self.show(read);
    }

    fn show(&mut self, read: Result<Answer, &'static str>) {
        let shop = self.tabs[self.front].shop;
        let in_force = read.as_ref().ok().filter(|answer| self.holds(answer));
        let mut view = View {
            is_answered: in_force.is_some(),
            gpc: self.gpc,
            ..View::default()
        };
        for (purpose, before, gpc) in PURPOSES {
            let objected = self.gpc && gpc;
            let (allowed, asked) = match (&read, in_force) {
                (Err("never-asked"), _) => (before && !objected, Some("never-asked")),
                (Err(why), _) => (false, Some(*why)),
                (Ok(_), None) => (false, Some("expired")),
                (Ok(_), Some(answer)) if revised(shop, purpose) > answer.revision => {
                    (false, Some("revised"))
                }
                (Ok(_), Some(answer)) => match answer.says(purpose) {
                    None => (false, Some("never-asked")),
                    Some(true) if objected && !answer.told => (false, Some("gpc")),
                    Some(allowed) => (allowed, None),
                },
            };
            if allowed {
                view.allowed.push(purpose);
            }
            view.asked.extend(asked.map(|why| (purpose, why)));
        }
        for (service, purpose) in SERVICES {
            let refused = in_force.and_then(|answer| answer.says(service)) == Some(false);
            if view.allowed.contains(&purpose) && !refused {
                view.services.push(service);
            }
        }
        self.tabs[self.front] = Tab {
            shop,
            view,
            answer: in_force.cloned(),
        };
    }

    fn save(&mut self, changes: &[(String, bool)]) {
        let tab = &self.tabs[self.front];
        let change = |name: &str| {
            changes
                .iter()
                .find(|change| change.0 == name)
                .map(|change| change.1)
        };
        let is_asked = |name: &str| tab.view.asked.iter().any(|asked| asked.0 == name);
        let mut choices = Vec::new();
        for (purpose, ..) in PURPOSES {
            let was_allowed = tab.view.allowed.contains(&purpose);
            // Who refuses a service of a purpose that runs unasked has answered for the rest of it.
            let narrows = was_allowed
                && SERVICES
                    .iter()
                    .any(|it| it.1 == purpose && change(it.0) == Some(false));
            let said = match change(purpose) {
                Some(allowed) => Some(allowed),
                None if !is_asked(purpose) => Some(was_allowed),
                None => narrows.then_some(true),
            };
            choices.extend(said.map(|allowed| (purpose.to_owned(), allowed)));
        }
        if choices.is_empty() {
            return;
        }
        for (service, purpose) in SERVICES {
            let was_refused =
                tab.view.allowed.contains(&purpose) && !tab.view.services.contains(&service);
            let is_refused = change(service).map_or(was_refused, |allowed| !allowed);
            if is_refused && choices.contains(&(purpose.to_owned(), true)) {
                choices.push((service.to_owned(), false));
            }
        }
        // It is later than the answer that it replaces, even if the clock is not; but never by more than a day, for then
        // nobody could read it.
        let next = tab.answer.as_ref().map_or(0, |answer| answer.at + 1);
        let answer = Answer {
            revision: REVISIONS[tab.shop],
            at: self.now.max(next.min(self.now + DAY)),
            choices,
            told: tab.view.gpc,
        };
        self.given.push(answer.clone());
        self.cookie = Slot::Holds(answer.clone());
        self.record = Slot::Holds(answer.clone());
        self.show(Ok(answer));
    }
}
