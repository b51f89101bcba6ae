//! The tables of words that live parts show. A page carries them, in their order; the words themselves are the build's.

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
