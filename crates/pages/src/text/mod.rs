//! Doui's own words, one table a language. The shop's words (purposes, contact) come from `shop.json`.
//!
//! Static pages are written at build time, and what is live in them brings its words along in the page. So the
//! WebAssembly has no text in any language, and one more language costs it nothing.
//!
//! A sentence is whole: what differs from visitor to visitor stands in a gap, such as `{list}`, and a list comes with its
//! quotation marks. `tests/words/` has every such sentence as it is read.

mod audit;
mod en;
mod ja;
mod ko;
#[cfg(test)]
mod printed;
mod vi;
mod zh;
mod zh_hant;

pub use audit::AuditWords;
use doui_core::Date;
pub(crate) use doui_ui::words::{CookieWords, DeveloperWords, HistoryWords, SearchWords, Words};

/// The words that only `doui.js` shows, beside the banner. They are rendered at build time alone.
pub struct EmbedWords {
    /// A service within its purpose, `{purpose}` and `{service}`.
    pub service: &'static str,
    /// What a frame without a title is called, by its host: `{host}`.
    pub frame: &'static str,
    /// Which purposes a frame needs: `{list}`.
    pub held: &'static str,
    pub allow: &'static str,
    pub outlived: &'static str,
    pub reload: &'static str,
    pub stay: &'static str,
    /// What puts the button away that leads back to the settings.
    pub put_away: &'static str,
    /// What an answer has done, for those who do not see it: all allowed, all refused, chosen, closed without an answer.
    pub said: [&'static str; 4],
    /// What was allowed at a held frame, `{list}`.
    pub granted: &'static str,
}

/// The words around every page of the preference centre, and of its choices.
pub struct FrameWords {
    /// The language's own name, for the link that switches to it.
    pub language: &'static str,
    /// A day as this language writes it.
    pub date: fn(Date) -> String,
    /// The title of a document, `{page}` and `{shop}`.
    pub title: &'static str,
    /// That the other pages are in English, and in Japanese: of a language that has the choices alone.
    pub rest_in: [&'static str; 2],
    pub skip: &'static str,
    pub nav: &'static str,
    pub choices_title: &'static str,
    pub choices_lead: &'static str,
    pub needs_script: &'static str,
    pub example: &'static str,
    /// Of the services of one purpose, `{purpose}`.
    pub services_here: &'static str,
    pub necessary_first: &'static str,
    pub more_on_services: &'static str,
    pub contact: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub form: &'static str,
    pub back_to_shop: &'static str,
    pub unknown: &'static str,
    pub sent_to: &'static str,
    /// What stands for the recipient of the shop's own service.
    pub sent_to_nobody: &'static str,
    pub sent: &'static str,
    /// Stands in `{sends}` after the banner's first sentence where any service sends data to others: that it does once it is
    /// allowed, and that it does until it is rejected.
    pub banner_sends: [&'static str; 2],
    pub run_by: &'static str,
    /// What an opt-out stops, `{what}`: one of the two after it.
    pub stops: &'static str,
    pub stops_use: &'static str,
    pub stops_sending: &'static str,
    pub opt_out_link: &'static str,
    /// That the shop counts answers, of what, and that the signal keeps that off.
    pub counts_title: &'static str,
    pub counts: &'static str,
    pub counts_signal: &'static str,
}

/// The words of the pages beyond the choices.
pub struct PageWords {
    /// Over the way to the parts of a long page.
    pub contents: &'static str,
    /// The pages' short names, for their links to each other, in the order of `PageKind::LINKED`.
    pub links: [&'static str; 7],

    pub services_title: &'static str,
    pub services_lead: &'static str,
    pub services_voluntary: &'static str,
    pub services_none: &'static str,
    pub services_unknown: &'static str,
    pub recipient: &'static str,
    pub recipient_country: &'static str,
    pub storage_location: &'static str,
    pub sends: &'static str,
    pub use_here: &'static str,
    pub recipient_use: &'static str,
    pub retention: &'static str,
    pub kept_here: &'static str,
    pub hosts: &'static str,
    pub objection: &'static str,
    pub recipient_policy: &'static str,
    pub statement: &'static str,
    /// A source with the day on which it was read, `{read}`; and one with its own date too, `{date}`.
    pub source: &'static str,
    pub source_dated: &'static str,
    /// What the shop knows by itself, `{source}`, and since when, `{read}`.
    pub source_own: &'static str,
    /// How long something is kept in the browser, after its `{name}`: for `{days}` days, for a session, without an end in
    /// storage, or for how long nobody has confirmed.
    pub kept_days: &'static str,
    pub kept_session: &'static str,
    pub kept_storage: &'static str,
    pub kept_unknown: &'static str,
    pub names_vary: &'static str,
    pub to_opt_out: &'static str,
    pub to_policy: &'static str,
    pub print: &'static str,

    pub opt_out_title: &'static str,
    pub opt_out_lead: &'static str,
    pub opt_out_limits: [&'static str; 3],
    pub opt_out_limits_title: &'static str,
    pub opt_out_pages: &'static str,
    pub notice_exists: &'static str,
    pub notice_stops: &'static str,
    pub notice_how: &'static str,
    pub notice_limits: &'static str,
    pub notice_sends: &'static str,
    pub notice_to: &'static str,
    pub notice_why: &'static str,
    pub exists: &'static str,
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
    /// The browsers' own help pages, each with its name.
    pub browser_help: [(&'static str, &'static str); 5],

    pub cookies_title: &'static str,
    pub cookies_lead: &'static str,
    pub cookies_limits: &'static str,
    pub cookies_script: &'static str,

    pub history_title: &'static str,
    pub history_lead: &'static str,
    pub history_script: &'static str,

    pub policy_title: &'static str,
    pub policy_lead: &'static str,
    /// Whose policy it is, `{operator}`, and of which `{date}`.
    pub policy_by: &'static str,
    pub policy_uses: &'static str,
    pub policy_uses_text: &'static str,
    pub policy_purposes: &'static str,
    pub policy_before_denied: &'static str,
    pub policy_before_granted: &'static str,
    /// How long a choice is valid: `{days}`.
    pub policy_valid: &'static str,
    /// Which purposes the signal keeps off: `{list}`.
    pub policy_signal: &'static str,
    pub policy_affiliate: &'static str,
    pub policy_affiliate_text: &'static str,
    pub policy_opt_outs: &'static str,
    pub policy_opt_outs_text: &'static str,
    pub policy_change: &'static str,
    pub policy_statements: &'static str,
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
    pub not_copied: &'static str,

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
static SPOKEN: [(&str, &Language); 6] = [
    ("ja", &ja::JA),
    ("en", &en::EN),
    ("zh", &zh::ZH),
    ("zh-Hant", &zh_hant::ZH_HANT),
    ("ko", &ko::KO),
    ("vi", &vi::VI),
];

/// The words of a language, if Doui speaks it: `en-GB` and `zh-Hans` are spoken as `en` and `zh`.
pub fn spoken(language: &str) -> Option<&'static Language> {
    let found = doui_core::language::lookup(&SPOKEN.map(|(subtag, _)| subtag), &[language])?;
    let mut spoken = SPOKEN.iter();
    spoken.find_map(|(subtag, words)| (*subtag == found).then_some(*words))
}

/// The primary subtag of a language.
pub fn subtag(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}

/// The words of the audit, in each language that has them.
pub fn audit() -> impl Iterator<Item = (&'static str, &'static AuditWords)> {
    SPOKEN
        .iter()
        .filter_map(|(subtag, words)| Some((*subtag, &words.pages.as_ref()?.audit)))
}
