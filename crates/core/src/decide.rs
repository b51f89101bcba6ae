//! What is allowed, who must be asked and why, and the next decision.

use crate::condition::NECESSARY;
use crate::record::MAX_AT;
use crate::settle::{AHEAD, Settled, Stored, cookie_value, settle};
use crate::terms::{BeforeAnswer, Purpose, Service, Terms};
use crate::{Decision, Id, signals};

/// Why a visitor must be asked about a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No answer covers it yet.
    NeverAsked,
    /// It changed after the visitor decided.
    Revised,
    /// The decision is older than the shop lets one hold.
    Expired,
    /// What is kept cannot be read.
    Unreadable,
    /// It was allowed without knowing of Global Privacy Control, which is on.
    Gpc,
}

impl Why {
    /// The reason as pages name it, such as `never-asked`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeverAsked => "never-asked",
            Self::Revised => "revised",
            Self::Expired => "expired",
            Self::Unreadable => "unreadable",
            Self::Gpc => "gpc",
        }
    }
}

/// How one purpose stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which purpose.
    pub id: Id,
    /// Whether it may run now.
    pub allowed: bool,
    /// Why the visitor must be asked about it, or `None` if it is decided.
    pub ask: Option<Why>,
}

/// How one service stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceStanding {
    /// Which service.
    pub id: Id,
    /// The purpose it serves.
    pub purpose: Id,
    /// Whether a visitor may refuse it alone.
    pub choosable: bool,
    /// Whether it may run now: its purpose may, and it is not refused alone.
    pub allowed: bool,
}

/// How every purpose, and every service, stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Each purpose, in the shop's order.
    pub purposes: Vec<Standing>,
    /// Each service, in the shop's order.
    pub services: Vec<ServiceStanding>,
    /// The decision in force: none if there never was one, it cannot be read, or it has expired.
    pub decision: Option<Decision>,
    /// Whether the browser sends Global Privacy Control now.
    pub gpc: bool,
}

impl State {
    /// Whether the purpose `id` may run now. `necessary` always may, an unknown one never.
    pub fn allows(&self, id: &str) -> bool {
        id == NECESSARY || self.standing(id).is_some_and(|standing| standing.allowed)
    }

    /// Whether the service `service` of the purpose `purpose` may run now. An unknown one, or one of another purpose, never
    /// may.
    pub fn allows_service(&self, purpose: &str, service: &str) -> bool {
        self.services.iter().any(|standing| {
            standing.purpose == *purpose && standing.id == *service && standing.allowed
        })
    }

    /// The services that are refused alone, within purposes that are allowed, in the shop's order.
    pub fn refused_services(&self) -> impl Iterator<Item = &Id> {
        self.services
            .iter()
            .filter(|service| !service.allowed && self.allows(service.purpose.as_str()))
            .map(|service| &service.id)
    }

    /// Whether the visitor has refused this service, alone or with its purpose. While its purpose is undecided, nobody has.
    pub fn refuses(&self, service: &Service) -> bool {
        let purpose = service.purpose.as_str();
        self.asked(purpose).is_none() && !self.allows_service(purpose, service.id.as_str())
    }

    /// Why the visitor must be asked about the purpose `id`, or `None` if it is decided or unknown.
    pub fn asked(&self, id: &str) -> Option<Why> {
        self.standing(id)?.ask
    }

    /// Whether every purpose is decided.
    pub fn is_decided(&self) -> bool {
        !self.must_ask()
    }

    /// Whether the visitor must be asked about any purpose.
    pub fn must_ask(&self) -> bool {
        self.undecided().next().is_some()
    }

    /// Whether the visitor is asked again, for some purposes only, while a decision is in force.
    pub fn is_partial(&self) -> bool {
        self.decision.is_some() && self.must_ask()
    }

    /// Whether any purpose is asked for this reason.
    pub fn asks_for(&self, why: Why) -> bool {
        self.purposes
            .iter()
            .any(|standing| standing.ask == Some(why))
    }

    /// The purposes the visitor must be asked about, in the shop's order.
    pub fn undecided(&self) -> impl Iterator<Item = &Id> {
        self.purposes
            .iter()
            .filter(|standing| standing.ask.is_some())
            .map(|standing| &standing.id)
    }

    fn standing(&self, id: &str) -> Option<&Standing> {
        self.purposes.iter().find(|standing| standing.id == *id)
    }
}

/// Says how every purpose and service of the shop stands at `now` (Unix seconds), with Global Privacy Control
/// on or off.
///
/// Nothing but a visitor's own act grants, except a purpose whose `before` is `granted`, until the
/// visitor's first answer.
pub fn decide(terms: &Terms, settled: &Settled, now: u64, gpc: bool) -> State {
    let kept = settled
        .record
        .as_ref()
        .map(|record| &record.current.decision);
    let in_force = kept.filter(|decision| now <= decision.holds_until(terms.valid_days));
    let never_answered = kept.is_none() && settled.problem.is_none();
    let standing = |purpose: &Purpose| {
        let choice = match in_force {
            Some(decision) => choice(decision, purpose, gpc),
            None if never_answered => Err(Why::NeverAsked),
            None if kept.is_some() => Err(Why::Expired),
            None => Err(Why::Unreadable),
        };
        let granted_before = never_answered
            && purpose.before == BeforeAnswer::Granted
            && !signals::objects(gpc, purpose.gpc, false);
        Standing {
            id: purpose.id.clone(),
            allowed: choice.unwrap_or(granted_before),
            ask: choice.err(),
        }
    };
    let purposes: Vec<_> = terms.purposes.iter().map(standing).collect();
    let service = |service: &Service| {
        let is_refused_alone = service.choosable
            && in_force.and_then(|decision| decision.choice(service.id.as_str())) == Some(false);
        let mut purposes = purposes.iter();
        ServiceStanding {
            id: service.id.clone(),
            purpose: service.purpose.clone(),
            choosable: service.choosable,
            allowed: !is_refused_alone
                && purposes.any(|purpose| purpose.id == service.purpose && purpose.allowed),
        }
    };
    State {
        services: terms.services.iter().map(service).collect(),
        purposes,
        decision: in_force.cloned(),
        gpc,
    }
}

/// What a decision in force says of one purpose, or why it says nothing.
fn choice(decision: &Decision, purpose: &Purpose, gpc: bool) -> Result<bool, Why> {
    if purpose.revised > decision.revision {
        return Err(Why::Revised);
    }
    let allowed = decision
        .choice(purpose.id.as_str())
        .ok_or(Why::NeverAsked)?;
    if allowed && signals::objects(gpc, purpose.gpc, decision.gpc) {
        return Err(Why::Gpc);
    }
    Ok(allowed)
}

/// The decision of a visitor who changes `changes` at `now` (Unix seconds), or `None` if it would
/// decide nothing: no change named a purpose of the shop, and none was decided before.
///
/// A change names a purpose, or a service that is choosable, by its id. If one is named twice, the last counts; what the
/// shop does not have is passed over.
///
/// The purposes that are not named keep their choice if they are decided, and stay undecided if they are not. A service's
/// refusal is kept with an allowed purpose alone: refusing a purpose refuses all its services, and allowing one that was
/// not allowed begins without exceptions. Allowing a service lifts its refusal, and never allows its purpose. Refusing a
/// service of a purpose that runs before the first answer is an answer for the purpose: it stays allowed.
pub fn choose(terms: &Terms, state: &State, changes: &[(Id, bool)], now: u64) -> Option<Decision> {
    let change = |id: &Id| {
        let mut changes = changes.iter().rev();
        changes.find(|(named, _)| named == id).map(|named| named.1)
    };
    let choosable = || terms.services.iter().filter(|service| service.choosable);
    let mut choices = Vec::new();
    for Purpose { id, .. } in &terms.purposes {
        let is_narrowed = || {
            let mut services = choosable();
            state.allows(id.as_str())
                && services
                    .any(|service| service.purpose == *id && change(&service.id) == Some(false))
        };
        let allowed = change(id)
            .or_else(|| state.standing(id.as_str())?.decided())
            .or_else(|| is_narrowed().then_some(true));
        choices.extend(allowed.map(|allowed| (id.clone(), allowed)));
    }
    let is_refused_alone = |service: &&Service| {
        let is_refused = || state.refused_services().any(|id| *id == service.id);
        choices.contains(&(service.purpose.clone(), true))
            && change(&service.id).map_or_else(is_refused, |allowed| !allowed)
    };
    let refused: Vec<_> = choosable().filter(is_refused_alone).collect();
    choices.extend(refused.iter().map(|service| (service.id.clone(), false)));
    // The later decision wins, so a second one within the same second is dated a second later, as
    // long as that is not so far ahead that it could not be read.
    let after_previous = state
        .decision
        .as_ref()
        .map_or(1, |previous| previous.at.saturating_add(1))
        .min(now.saturating_add(AHEAD));
    (!choices.is_empty()).then(|| Decision {
        revision: terms.revision,
        at: now.max(after_previous).min(MAX_AT),
        choices,
        gpc: state.gpc,
    })
}

impl Standing {
    fn decided(&self) -> Option<bool> {
        self.ask.is_none().then_some(self.allowed)
    }
}

/// How every purpose stands for the visitor who sent this `Cookie` header, at `now` (Unix seconds).
///
/// A server sees the cookie only, and here no Global Privacy Control: where it reads `Sec-GPC`, use
/// [`from_cookie_header_with_gpc`]. A request without the header has the empty one.
pub fn from_cookie_header(header: &str, terms: &Terms, now: u64) -> State {
    from_cookie_header_with_gpc(header, false, terms, now)
}

/// As [`from_cookie_header`], with Global Privacy Control as [`signals::sec_gpc`] reads it.
pub fn from_cookie_header_with_gpc(header: &str, gpc: bool, terms: &Terms, now: u64) -> State {
    let stored = Stored {
        cookie: cookie_value(header, &terms.cookie.name, now),
        record: None,
    };
    decide(terms, &settle(stored, now), now, gpc)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_764_000_060;

    fn terms() -> Terms {
        Terms::from_json(include_str!("../../../tests/terms/four.json")).unwrap()
    }

    #[test]
    fn a_state_answers_for_any_name() {
        let state = from_cookie_header("doui=1.20231201.1764000000.ads1.traffic0", &terms(), NOW);
        assert!(state.allows("necessary") && state.allows("ads"));
        assert!(!state.allows("traffic") && !state.allows("auth") && !state.allows("video"));
        assert_eq!(state.asked("auth"), Some(Why::NeverAsked));
        assert_eq!((state.asked("ads"), state.asked("video")), (None, None));
        let undecided: Vec<_> = state.undecided().map(Id::as_str).collect();
        assert_eq!(undecided, ["auth", "affiliate"]);
        assert!(state.must_ask() && !state.is_decided());
    }

    #[test]
    fn a_server_that_sees_the_signal_denies_as_the_page_does() {
        let header = "doui=1.20231201.1764000000.auth1.ads1.traffic1.affiliate0";
        let state = from_cookie_header_with_gpc(header, true, &terms(), NOW);
        assert!(!state.allows("ads") && state.allows("traffic"));
        assert_eq!(state.asked("ads"), Some(Why::Gpc));
        assert!(from_cookie_header(header, &terms(), NOW).allows("ads"));
    }

    #[test]
    fn no_header_is_a_visitor_who_never_answered() {
        let state = from_cookie_header("", &terms(), NOW);
        assert_eq!(state.asked("ads"), Some(Why::NeverAsked));
        assert_eq!(state.decision, None);
    }

    #[test]
    fn who_decides_nothing_has_no_decision() {
        let state = from_cookie_header("", &terms(), NOW);
        assert_eq!(choose(&terms(), &state, &[], NOW), None);
        let unknown = Id::new("video").unwrap();
        assert_eq!(choose(&terms(), &state, &[(unknown, true)], NOW), None);
    }

    #[test]
    fn of_a_purpose_named_twice_the_last_change_counts() {
        let state = from_cookie_header("", &terms(), NOW);
        let ads = Id::new("ads").unwrap();
        let changes = [(ads.clone(), true), (ads, false)];
        let decision = choose(&terms(), &state, &changes, NOW).unwrap();
        assert_eq!(decision.to_cookie(), "1.20231201.1764000060.ads0");
    }

    #[test]
    fn a_service_is_refused_alone_or_with_its_purpose() {
        let terms = Terms::from_json(include_str!("../../../tests/terms/services.json")).unwrap();
        let read = |cookie: &str| from_cookie_header(&format!("doui={cookie}"), &terms, NOW);
        let refused = |state: &State| -> Vec<String> {
            let services = terms.services.iter();
            services
                .filter(|service| state.refuses(service))
                .map(|service| service.id.to_string())
                .collect()
        };
        let state = read("1.20231201.1764000000.ads1.yahoo-ads0");
        assert!(state.allows("ads") && state.allows_service("ads", "google-ads"));
        assert!(!state.allows_service("ads", "yahoo-ads"));
        assert!(
            !state.allows_service("traffic", "google-ads") && !state.allows_service("ads", "x")
        );
        let alone: Vec<_> = state.refused_services().map(Id::as_str).collect();
        assert_eq!(
            (alone, refused(&state)),
            (vec!["yahoo-ads"], vec!["yahoo-ads".to_owned()])
        );

        let state = read("1.20231201.1764000000.ads0.yahoo-ads0");
        assert_eq!(state.refused_services().next(), None);
        assert_eq!(refused(&state), ["yahoo-ads", "google-ads", "ad-frames"]);
    }

    /// A decision dated a day ahead can be read; one a second later could not.
    #[test]
    fn a_choice_is_never_dated_so_far_ahead_that_it_cannot_be_read() {
        let at = NOW + AHEAD;
        let state = from_cookie_header(&format!("doui=1.20231201.{at}.ads1"), &terms(), NOW);
        let changes = [(Id::new("ads").unwrap(), false)];
        assert_eq!(choose(&terms(), &state, &changes, NOW).unwrap().at, at);
    }
}
