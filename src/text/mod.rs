//! Doui's own words, one table a language. The shop's words (purposes, contact) come from `shop.json`.
//!
//! Static pages are written at build time, and what is live in them brings its words along in the page. So the
//! WebAssembly has no text in any language, and one more language costs it nothing.

#[cfg(feature = "ssr")]
mod audit;
#[cfg(feature = "ssr")]
mod en;
#[cfg(feature = "ssr")]
mod ja;
#[cfg(feature = "ssr")]
mod ko;
#[cfg(feature = "ssr")]
mod vi;
#[cfg(feature = "ssr")]
mod zh;

#[cfg(feature = "ssr")]
pub use audit::AuditWords;

/// A table of words that a page carries for the part of it that is live.
macro_rules! words {
    ($(#[$about:meta])* $table:ident { $($word:ident)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy)]
        pub struct $table {
            $(pub $word: &'static str,)*
        }

        impl $table {
            /// How many words these are: what a page carries beyond them is something else.
            #[cfg(not(feature = "ssr"))]
            #[allow(dead_code, reason = "only some tables have something behind them")]
            pub const COUNT: usize = [$(stringify!($word)),*].len();

            /// The words in their order, for a page to carry.
            #[cfg(feature = "ssr")]
            pub fn list(&self) -> Vec<&'static str> {
                vec![$(self.$word,)*]
            }

            /// The words that a page carries. What is missing is empty.
            #[cfg(not(feature = "ssr"))]
            pub fn from_list(list: &'static [String]) -> Self {
                let mut list = list.iter();
                let mut next = || list.next().map_or("", String::as_str);
                Self { $($word: next(),)* }
            }
        }
    };
}

words! {
    /// The banner, and the choices of the preference centre. Where a sentence has a gap, it is split around it:
    /// `…_before` and `…_after`.
    Words {
        banner_title banner_lead banner_lead_opt_out banner_some
        accept reject settings save close centre_link always_on
        gpc_on gpc_off gpc_before gpc_after conflict unkept list_separator
        opt_outs_title opt_outs_note new_tab
        purposes undecided undecided_opt_out decided_at holds_until until_you_choose revised
        saved undo undone forgotten unsaved leftovers_before leftovers_after
        withdraw_title withdraw_note withdraw start_over
    }
}

words! {
    /// The search of the services.
    SearchWords { label all_purposes purpose none found_before found_after }
}

words! {
    /// The cookies in this browser.
    CookieWords {
        none cookie local session own own_purpose undeclared show hide delete delete_all_of deleted stays
    }
}

words! {
    /// The decisions of this browser.
    HistoryWords {
        none allowed refused same first changed by banner centre api lang revision gpc gpc_told
        export import import_hint imported import_wrong import_older forget forget_note forgotten at_most
    }
}

words! {
    /// What developers see live.
    DeveloperWords {
        state signals events no_events granted denied tester tester_hint opens held unknown_before unknown_after
    }
}

/// The words that only `doui.js` shows, beside the banner. They are rendered at build time alone.
#[cfg(feature = "ssr")]
pub struct EmbedWords {
    pub held_before: &'static str,
    pub held_after: &'static str,
    pub allow: &'static str,
    pub outlived: &'static str,
    pub reload: &'static str,
}

/// The words around every page of the preference centre, and of its choices.
#[cfg(feature = "ssr")]
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
#[cfg(feature = "ssr")]
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
#[cfg(feature = "ssr")]
pub struct Language {
    pub words: Words,
    pub embed: EmbedWords,
    pub frame: FrameWords,
    pub pages: Option<Pages>,
}

/// The words of every page beyond the choices, static and live, and of the audit.
#[cfg(feature = "ssr")]
pub struct Pages {
    pub page: PageWords,
    pub search: SearchWords,
    pub cookies: CookieWords,
    pub history: HistoryWords,
    pub developers: DeveloperWords,
    pub audit: AuditWords,
}

/// The languages that Doui speaks, by their primary subtags.
#[cfg(feature = "ssr")]
static SPOKEN: [(&str, &Language); 5] = [
    ("ja", &ja::JA),
    ("en", &en::EN),
    ("zh", &zh::ZH),
    ("ko", &ko::KO),
    ("vi", &vi::VI),
];

/// The words of a language, if Doui speaks it: `en-GB` and `zh-Hans` are spoken as `en` and `zh`.
#[cfg(feature = "ssr")]
pub fn spoken(language: &str) -> Option<&'static Language> {
    let found = doui_core::language::lookup(&SPOKEN.map(|(subtag, _)| subtag), &[language])?;
    let mut spoken = SPOKEN.iter();
    spoken.find_map(|(subtag, words)| (*subtag == found).then_some(*words))
}

/// The words of the audit, in each language that has them.
#[cfg(feature = "ssr")]
pub fn audit() -> impl Iterator<Item = (&'static str, &'static AuditWords)> {
    SPOKEN
        .iter()
        .filter_map(|(subtag, words)| Some((*subtag, &words.pages.as_ref()?.audit)))
}
