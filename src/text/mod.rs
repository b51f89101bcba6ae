//! Doui's own words, one table a language. The shop's words (purposes, contact) come from `shop.json`.

mod en;
mod ja;

/// Every sentence of the banner and the preference centre in one language.
///
/// Where a sentence has a gap, it is split around it: `…_before` and `…_after`.
pub struct Messages {
    /// The language's own name, for the link that switches to it.
    pub language: &'static str,

    // The banner.
    pub banner_title: &'static str,
    pub banner_lead: &'static str,
    pub banner_lead_opt_out: &'static str,
    pub banner_some: &'static str,
    pub accept: &'static str,
    pub reject: &'static str,
    pub settings: &'static str,
    pub save: &'static str,
    pub close: &'static str,
    pub centre_link: &'static str,
    pub always_on: &'static str,
    pub gpc_before: &'static str,
    pub gpc_after: &'static str,
    pub conflict: &'static str,
    pub unkept: &'static str,
    pub list_separator: &'static str,

    // Beside the banner on a shop's page: rendered at build time alone, so the centre's WASM goes without.
    #[cfg(feature = "ssr")]
    pub held_before: &'static str,
    #[cfg(feature = "ssr")]
    pub held_after: &'static str,
    #[cfg(feature = "ssr")]
    pub allow: &'static str,
    #[cfg(feature = "ssr")]
    pub outlived: &'static str,
    #[cfg(feature = "ssr")]
    pub reload: &'static str,

    // Opt-out pages.
    pub opt_outs_title: &'static str,
    pub opt_outs_note: &'static str,
    pub new_tab: &'static str,
    pub run_by: &'static str,
    pub stops_use: &'static str,
    pub stops_sending: &'static str,

    // The preference centre.
    pub skip: &'static str,
    pub nav: &'static str,
    pub choices_title: &'static str,
    pub choices_lead: &'static str,
    pub purposes: &'static str,
    pub undecided: &'static str,
    pub undecided_opt_out: &'static str,
    pub decided_at: &'static str,
    pub holds_until: &'static str,
    pub revised: &'static str,
    pub saved: &'static str,
    pub forgotten: &'static str,
    pub leftovers_before: &'static str,
    pub leftovers_after: &'static str,
    pub unsaved: &'static str,
    pub withdraw_title: &'static str,
    pub withdraw_note: &'static str,
    pub withdraw: &'static str,
    pub start_over: &'static str,
    pub opt_out_lead: &'static str,
    pub opt_out_limits: [&'static str; 3],
    pub opt_out_limits_title: &'static str,
    pub browser_title: &'static str,
    pub browser_note: &'static str,
    pub policy_address: &'static str,
    pub current_address: &'static str,
    pub contact: &'static str,
    pub phone: &'static str,
    pub policy: &'static str,
    pub not_found_title: &'static str,
    pub not_found_lead: &'static str,
    pub needs_script: &'static str,
    pub back_to_shop: &'static str,
}

/// The table of a language, by its primary subtag; Japanese where there is none.
pub fn messages(language: &str) -> &'static Messages {
    match language {
        "en" => &en::EN,
        _ => &ja::JA,
    }
}

/// Whether Doui itself speaks this language.
pub fn is_spoken(language: &str) -> bool {
    matches!(language, "ja" | "en")
}
