//! A shop in one language: what every component needs to speak.

use doui_core::{
    Shop, Text,
    shop::{Before, Purpose, Stops},
};

use crate::text::{self, Messages};

/// The shop and Doui's own words, both in the visitor's language.
///
/// A page keeps its language from load to unload, so the shop is leaked once and borrowed for ever:
/// components copy this freely and texts need no signal.
#[derive(Clone, Copy)]
pub struct Edition {
    pub shop: &'static Shop,
    /// The primary language subtag, one of `shop.languages`.
    pub lang: &'static str,
    pub words: &'static Messages,
    /// What the centre's links add to an address, so that a language asked for stays.
    pub query: &'static str,
}

impl Edition {
    /// The shop in `lang`, or in its first language where it does not have that one.
    pub fn new(shop: &'static Shop, lang: Option<&str>) -> Self {
        let lang = lang
            .and_then(|lang| shop.languages.iter().find(|known| *known == lang))
            .map_or(shop.default_language(), String::as_str);
        Self {
            shop,
            lang,
            words: text::messages(lang),
            query: "",
        }
    }

    /// The same edition, its links naming its language.
    pub fn asked_for(self) -> Self {
        let query = Box::leak(format!("?lang={}", self.lang).into_boxed_str());
        Self { query, ..self }
    }

    /// What the banner says first, to somebody who never chose.
    pub fn lead(&self) -> &'static str {
        if self.is_opt_out() {
            self.words.banner_lead_opt_out
        } else {
            self.words.banner_lead
        }
    }

    /// How things stand for somebody who never chose.
    pub fn undecided(&self) -> &'static str {
        if self.is_opt_out() {
            self.words.undecided_opt_out
        } else {
            self.words.undecided
        }
    }

    /// Whether any purpose runs until it is refused.
    fn is_opt_out(&self) -> bool {
        let mut purposes = self.shop.purposes.iter();
        purposes.any(|purpose| purpose.before == Before::Granted)
    }

    /// What the opt-out pages do and don't stop, where that is the same for all of them.
    pub fn opt_outs_note(&self) -> Option<&'static str> {
        let mut opt_outs = self.shop.opt_outs.iter();
        let is_same = opt_outs.all(|opt_out| opt_out.stops == Stops::Use);
        is_same.then_some(self.words.opt_outs_note)
    }

    /// One of the shop's texts.
    pub fn text(&self, text: &'static Text) -> &'static str {
        text.get(self.lang, self.shop.default_language())
    }

    /// The labels of these purposes, as one phrase.
    pub fn list(&self, purposes: impl Iterator<Item = &'static Purpose>) -> String {
        let labels: Vec<_> = purposes.map(|purpose| self.text(&purpose.label)).collect();
        labels.join(self.words.list_separator)
    }

    /// The other languages of the shop, with their own names.
    pub fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let lang = self.lang;
        let languages = self.shop.languages.iter().map(String::as_str);
        languages
            .filter(move |other| *other != lang && text::is_spoken(other))
            .map(|other| (other, text::messages(other).language))
    }
}
