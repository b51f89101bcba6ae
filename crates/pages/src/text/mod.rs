//! Doui's own words, one table a language. The shop's words (purposes, contact) come from `shop.json`.
//!
//! Static pages are written at build time, and what is live in them brings its words along in the page. So the
//! WebAssembly has no text in any language, and one more language costs it nothing.

mod audit;
mod en;
mod ja;
mod ko;
mod vi;
mod zh;

pub use audit::AuditWords;
pub(crate) use doui_ui::words::{CookieWords, DeveloperWords, HistoryWords, SearchWords, Words};

/// The words that only `doui.js` shows, beside the banner. They are rendered at build time alone.
pub struct EmbedWords {
    pub held_before: &'static str,
    pub held_after: &'static str,
    pub allow: &'static str,
    pub outlived: &'static str,
    pub reload: &'static str,
}

/// The words around every page of the preference centre, and of its choices.
pub struct FrameWords {
    /// The language's own name, for the link that switches to it.
    pub language: &'static str,
    pub skip: &'static str,
    pub nav: &'static str,
    pub choices_title: &'static str,
    pub choices_lead: &'static str,
    pub needs_script: &'static str,
    pub example: &'static str,
    pub services_here: &'static str,
    pub necessary_first: &'static str,
    pub more_on_services: &'static str,
    pub contact: &'static str,
    pub phone: &'static str,
    pub policy: &'static str,
    pub back_to_shop: &'static str,
    pub unknown: &'static str,
    pub sent_to: &'static str,
}

/// The words of the pages beyond the choices.
pub struct PageWords {
    /// The pages' short names, for their links to each other, in the order of `PageKind::LINKED`.
    pub links: [&'static str; 7],

    pub services_title: &'static str,
    pub services_lead: &'static str,
    pub services_voluntary: &'static str,
    pub services_none: &'static str,
    pub services_unknown: &'static str,
    pub recipient: &'static str,
    pub country: &'static str,
    pub sends: &'static str,
    pub use_here: &'static str,
    pub recipient_use: &'static str,
    pub retention: &'static str,
    pub kept_here: &'static str,
    pub hosts: &'static str,
    pub objection: &'static str,
    pub recipient_policy: &'static str,
    pub checked: &'static str,
    pub source: &'static str,
    pub days: &'static str,
    pub session: &'static str,
    pub print: &'static str,

    pub opt_out_title: &'static str,
    pub opt_out_lead: &'static str,
    pub opt_out_limits: [&'static str; 3],
    pub opt_out_limits_title: &'static str,
    pub run_by: &'static str,
    pub notice_exists: &'static str,
    pub notice_stops: &'static str,
    pub notice_how: &'static str,
    pub notice_limits: &'static str,
    pub notice_sends: &'static str,
    pub notice_to: &'static str,
    pub notice_why: &'static str,
    pub exists: &'static str,
    pub stops_use: &'static str,
    pub stops_sending: &'static str,
    pub needs: &'static str,
    pub needs_third_party: &'static str,
    pub needs_this_browser: &'static str,
    pub needs_english: &'static str,
    pub policy_address: &'static str,
    pub current_address: &'static str,
    pub services_opt_outs: &'static str,
    pub browser_title: &'static str,
    pub browser_note: &'static str,
    pub browser_stops: &'static str,

    pub cookies_title: &'static str,
    pub cookies_lead: &'static str,
    pub cookies_limits: &'static str,
    pub cookies_script: &'static str,

    pub history_title: &'static str,
    pub history_lead: &'static str,
    pub history_script: &'static str,

    pub policy_title: &'static str,
    pub policy_lead: &'static str,
    pub policy_uses: &'static str,
    pub policy_uses_text: &'static str,
    pub policy_purposes: &'static str,
    pub policy_before_denied: &'static str,
    pub policy_before_granted: &'static str,
    pub policy_valid_before: &'static str,
    pub policy_valid_after: &'static str,
    pub policy_signal: &'static str,
    pub policy_affiliate: &'static str,
    pub policy_affiliate_text: &'static str,
    pub policy_opt_outs: &'static str,
    pub policy_revisions: &'static str,
    pub policy_in_force: &'static str,
    pub policy_own: &'static str,
    pub policy_own_text: &'static str,

    pub developers_title: &'static str,
    pub developers_lead: &'static str,
    pub developers_live: &'static str,
    pub developers_script: &'static str,
    pub developers_snippets: &'static str,
    pub developers_audit: &'static str,
    pub developers_audit_text: &'static str,
    pub developers_audit_link: &'static str,
    pub developers_purposes: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,

    pub not_found_title: &'static str,
    pub not_found_lead: &'static str,
}

/// All words of a language. One that Doui does not speak throughout has no words for the further pages.
pub struct Language {
    pub words: Words,
    pub embed: EmbedWords,
    pub frame: FrameWords,
    pub pages: Option<Pages>,
}

/// The words of every page beyond the choices, static and live, and of the audit.
pub struct Pages {
    pub page: PageWords,
    pub search: SearchWords,
    pub cookies: CookieWords,
    pub history: HistoryWords,
    pub developers: DeveloperWords,
    pub audit: AuditWords,
}

/// The languages that Doui speaks, by their primary subtags.
static SPOKEN: [(&str, &Language); 5] = [
    ("ja", &ja::JA),
    ("en", &en::EN),
    ("zh", &zh::ZH),
    ("ko", &ko::KO),
    ("vi", &vi::VI),
];

/// The words of a language, if Doui speaks it: `en-GB` and `zh-Hans` are spoken as `en` and `zh`.
pub fn spoken(language: &str) -> Option<&'static Language> {
    let found = doui_core::language::lookup(&SPOKEN.map(|(subtag, _)| subtag), &[language])?;
    let mut spoken = SPOKEN.iter();
    spoken.find_map(|(subtag, words)| (*subtag == found).then_some(*words))
}

/// The words of the audit, in each language that has them.
pub fn audit() -> impl Iterator<Item = (&'static str, &'static AuditWords)> {
    SPOKEN
        .iter()
        .filter_map(|(subtag, words)| Some((*subtag, &words.pages.as_ref()?.audit)))
}
