//! Doui's own words, one table a language. The shop's words (purposes, contact) come from `shop.json`.
//!
//! Static pages are written at build time, and what is live in them brings its words along in the page. So the
//! WebAssembly has no text in any language, and one more language costs it nothing.
//!
//! A sentence is whole: what differs from visitor to visitor stands in a gap, such as `{list}`, and a list comes with its
//! quotation marks. `tests/words/` has every such sentence as it is read.

#[cfg(feature = "ssr")]
mod audit;
#[cfg(feature = "ssr")]
mod en;
#[cfg(feature = "ssr")]
mod ja;
#[cfg(feature = "ssr")]
mod ko;
#[cfg(all(test, feature = "ssr"))]
mod printed;
#[cfg(feature = "ssr")]
mod vi;
#[cfg(feature = "ssr")]
mod zh;
#[cfg(feature = "ssr")]
mod zh_hant;

#[cfg(feature = "ssr")]
pub use audit::AuditWords;
#[cfg(feature = "ssr")]
use doui_core::Date;

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
    /// The banner, and the choices of the preference centre.
    ///
    /// A sentence that is made of parts has gaps, `{list}` or `{when}`. What begins with `quote_` and `item_` makes lists
    /// of names: the first ones in the quotation marks of the language, the second ones plain.
    Words {
        banner_title banner_lead banner_lead_opt_out banner_decided banner_expired banner_some
        accept reject settings save close centre_link policy always_on
        gpc_on gpc_allowed gpc_off conflict unkept
        quote_open quote_between quote_close item_between
        opt_outs_title opt_outs_note new_tab
        purposes undecided undecided_opt_out decided_at holds_until until_you_choose revised
        saved withdrawn undo undone forgotten unsaved leftovers
        withdraw_title withdraw_note withdraw start_over
    }
}

/// A text with its gaps, such as `{list}`, filled in turn.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    for value in values {
        let (before, after) = rest.split_once('{').unwrap_or((rest, ""));
        filled += before;
        filled += value;
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    filled + rest
}

impl Words {
    /// Names as one phrase, each in quotation marks. Of no names it is empty.
    pub fn quoted(&self, names: &[&str]) -> String {
        if names.is_empty() {
            return String::new();
        }
        let list = names.join(self.quote_between);
        [self.quote_open, &list, self.quote_close].concat()
    }

    /// Names as one phrase, without quotation marks.
    pub fn listed(&self, names: &[&str]) -> String {
        names.join(self.item_between)
    }
}

words! {
    /// The search of the services.
    SearchWords { label all_purposes purpose none one many }
}

impl SearchWords {
    /// How many services were found.
    pub fn found(&self, count: usize) -> String {
        match count {
            0 => self.none.to_owned(),
            1 => self.one.to_owned(),
            _ => fill(self.many, &[&count.to_string()]),
        }
    }
}

words! {
    /// The cookies in this browser.
    CookieWords {
        none cookie local session own own_purpose undeclared undeclared_note row
        show hide delete delete_all_of deleted own_deleted stays
    }
}

#[cfg(any(test, not(feature = "ssr")))]
impl CookieWords {
    /// Whose it is and where it is kept; of what nobody declared, the place alone.
    pub fn row(&self, owner: Option<&str>, place: &str) -> String {
        match owner {
            Some(owner) => fill(self.row, &[owner, place]),
            None => place.to_owned(),
        }
    }

    /// What was deleted and what could not be, and whether the visitor's own choice was among it.
    pub fn news(&self, words: &Words, gone: &[&str], stays: &[&str], is_own_gone: bool) -> String {
        let list = |text: &str, names: &[&str]| fill(text, &[&words.listed(names)]);
        let mut sentences = Vec::new();
        if !gone.is_empty() {
            sentences.push(list(self.deleted, gone));
        }
        if is_own_gone {
            sentences.push(self.own_deleted.to_owned());
        }
        if !stays.is_empty() {
            sentences.push(list(self.stays, stays));
        }
        sentences.join("\n")
    }
}

words! {
    /// The decisions of this browser.
    HistoryWords {
        none allowed refused same first changed by banner centre api lang revision gpc_told
        export import import_hint imported import_wrong import_older forget forget_note forgotten at_most
    }
}

#[cfg(any(test, not(feature = "ssr")))]
impl HistoryWords {
    /// What a decision allows and what it refuses, a line each.
    pub fn choices(&self, words: &Words, allowed: &[&str], refused: &[&str]) -> String {
        let line = |text: &str, names: &[&str]| match names {
            [] => None,
            names => Some(fill(text, &[&words.listed(names)])),
        };
        let lines = [line(self.allowed, allowed), line(self.refused, refused)];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// What differs from the decision before.
    pub fn changed(&self, words: &Words, names: &[&str]) -> String {
        if names.is_empty() {
            self.same.to_owned()
        } else {
            fill(self.changed, &[&words.quoted(names)])
        }
    }

    /// Where, in which language and of which texts a decision was made, and whether the signal was on. What is not known is
    /// left out.
    pub fn made(&self, words: &Words, by: &str, lang: &str, revision: &str, gpc: bool) -> String {
        let facts = [(self.by, by), (self.lang, lang), (self.revision, revision)];
        let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
        let mut facts: Vec<_> = facts.map(|(text, fact)| fill(text, &[fact])).collect();
        if gpc {
            facts.push(self.gpc_told.to_owned());
        }
        words.listed(&facts.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

words! {
    /// What developers see live.
    DeveloperWords {
        state signals events no_events granted denied tester tester_hint opens held unknown
    }
}

/// The words that only `doui.js` shows, beside the banner. They are rendered at build time alone.
#[cfg(feature = "ssr")]
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
}

/// The words around every page of the preference centre, and of its choices.
#[cfg(feature = "ssr")]
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
    pub services_here: &'static str,
    pub necessary_first: &'static str,
    pub more_on_services: &'static str,
    pub contact: &'static str,
    pub phone: &'static str,
    pub back_to_shop: &'static str,
    pub unknown: &'static str,
    pub sent_to: &'static str,
    /// What stands for the recipient of the shop's own service.
    pub sent_to_nobody: &'static str,
    pub sent: &'static str,
    /// Stands in `{sends}` of the banner's first sentence where any service sends data to others: that it does once it is
    /// allowed, and that it does until it is rejected.
    pub banner_sends: [&'static str; 2],
    pub run_by: &'static str,
    /// What an opt-out stops, `{what}`: one of the two after it.
    pub stops: &'static str,
    pub stops_use: &'static str,
    pub stops_sending: &'static str,
    pub opt_out_link: &'static str,
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
    pub browser_help: [(&'static str, &'static str); 4],

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
static SPOKEN: [(&str, &Language); 6] = [
    ("ja", &ja::JA),
    ("en", &en::EN),
    ("zh", &zh::ZH),
    ("zh-Hant", &zh_hant::ZH_HANT),
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

/// The primary subtag of a language.
#[cfg(feature = "ssr")]
pub fn subtag(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}

/// The words of the audit, in each language that has them.
#[cfg(feature = "ssr")]
pub fn audit() -> impl Iterator<Item = (&'static str, &'static AuditWords)> {
    SPOKEN
        .iter()
        .filter_map(|(subtag, words)| Some((*subtag, &words.pages.as_ref()?.audit)))
}
