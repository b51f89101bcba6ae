//! Signals between a browser, a shop's page and the tags on it.
//!
//! - Global Privacy Control: a visitor's standing objection, sent by the browser. It only ever denies. See the
//!   [specification](https://w3c.github.io/gpc/).
//! - Consent types: what a page tells the tags that listen, in the words of
//!   [Google Consent Mode](https://developers.google.com/tag-platform/security/concepts/consent-mode#consent_types).

use serde::{Deserialize, Serialize};

use crate::{Condition, State, Terms};

/// Whether a request carries the signal: the value of its `Sec-GPC` header, if it has one.
///
/// In a page the same signal is `navigator.globalPrivacyControl === true`.
pub fn sec_gpc(header: Option<&str>) -> bool {
    header.is_some_and(|value| value.trim_matches([' ', '\t']) == "1")
}

/// Whether the signal stands against a grant: it is on, it reaches the purpose, and the decision
/// was made without the visitor being told of it.
///
/// A visitor who was told and allowed the purpose all the same is honoured.
pub(crate) fn objects(signal: bool, reaches: bool, told: bool) -> bool {
    signal && reaches && !told
}

/// What a tag may be granted, as Google Consent Mode v2 names it. The other signals are drawn from the same types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentType {
    /// Storage for advertising.
    AdStorage,
    /// Sending data on the visitor for advertising.
    AdUserData,
    /// Personalised advertising.
    AdPersonalization,
    /// Storage for analytics.
    AnalyticsStorage,
    /// Storage for what the site does, such as its language.
    FunctionalityStorage,
    /// Storage for personalisation, such as recommendations.
    PersonalizationStorage,
    /// Storage for security, such as authentication. It is always granted.
    SecurityStorage,
}

impl ConsentType {
    /// Every type, in the order of Google's own table. All of them are sent, always.
    pub const ALL: [Self; 7] = [
        Self::AdStorage,
        Self::AdUserData,
        Self::AdPersonalization,
        Self::AnalyticsStorage,
        Self::FunctionalityStorage,
        Self::PersonalizationStorage,
        Self::SecurityStorage,
    ];

    /// The type as it is sent, such as `ad_storage`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AdStorage => "ad_storage",
            Self::AdUserData => "ad_user_data",
            Self::AdPersonalization => "ad_personalization",
            Self::AnalyticsStorage => "analytics_storage",
            Self::FunctionalityStorage => "functionality_storage",
            Self::PersonalizationStorage => "personalization_storage",
            Self::SecurityStorage => "security_storage",
        }
    }

    /// The types that a purpose of this id grants where the shop does not say.
    pub fn usual(purpose: &str) -> &'static [Self] {
        match purpose {
            "ads" => &[Self::AdStorage, Self::AdUserData, Self::AdPersonalization],
            "traffic" => &[Self::AnalyticsStorage],
            "auth" => &[Self::FunctionalityStorage, Self::PersonalizationStorage],
            _ => &[],
        }
    }
}

/// Whether each consent type is granted, in the order of [`ConsentType::ALL`]: where all purposes that grant it are allowed.
/// On a shop's page this is `doui.state.consent`.
///
/// ```
/// use doui_core::{Terms, from_cookie_header, signals::{ConsentType, consent}};
///
/// let terms = Terms::from_json(include_str!("../../../tests/terms/four.json"))?;
/// let state = from_cookie_header("doui=1.20231201.1764000000.ads1.traffic0", &terms, 1_764_000_060);
/// let granted: Vec<_> = consent(&terms, &state).into_iter().filter(|(_, is_granted)| *is_granted).collect();
/// assert_eq!(granted[0], (ConsentType::AdStorage, true));
/// assert_eq!(granted[3], (ConsentType::SecurityStorage, true));
/// # Ok::<(), doui_core::TermsError>(())
/// ```
pub fn consent(terms: &Terms, state: &State) -> [(ConsentType, bool); 7] {
    ConsentType::ALL.map(|kind| {
        let condition = kind.condition(terms);
        (kind, Condition::parse(&condition).holds(state))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_digit_one_is_the_signal() {
        assert!(sec_gpc(Some("1")) && sec_gpc(Some(" 1")));
        for header in [
            None,
            Some(""),
            Some("0"),
            Some("true"),
            Some("11"),
            Some("1;q=1"),
        ] {
            assert!(!sec_gpc(header), "{header:?}");
        }
    }

    #[test]
    fn a_type_is_read_as_it_is_sent() {
        for kind in ConsentType::ALL {
            let read: ConsentType = serde_json::from_value(kind.as_str().into()).unwrap();
            assert_eq!(read, kind);
        }
    }
}
