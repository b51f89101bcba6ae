//! The tables of words that live parts show, and the sentences that are made of them. A page carries them, in their order;
//! the words themselves are the build's.

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
            pub const COUNT: usize = [$(stringify!($word)),*].len();

            /// The words in their order, for a page to carry.
            pub fn list(&self) -> Vec<&'static str> {
                vec![$(self.$word,)*]
            }

            /// The words that a page carries. What is missing is empty.
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
    /// of names: the first ones in the quotation marks of the language, the second ones plain. The banner's lead has a line
    /// for each sentence.
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
