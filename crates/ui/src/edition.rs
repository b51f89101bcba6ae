//! A shop in one language: what every component needs to speak.

use doui_core::{
    Id, Terms,
    terms::{BeforeAnswer, Purpose, Service},
};

use crate::labels::{Labels, Named};
use crate::words::{Words, fill};

/// The shop and Doui's own words, both in the visitor's language.
///
/// A page keeps its language from load to unload, so all of it is leaked once and borrowed for ever:
/// components copy this freely and texts need no signal.
#[derive(Clone, Copy)]
pub struct Edition {
    pub terms: &'static Terms,
    pub labels: &'static Labels,
    /// The language, one of the shop's.
    pub lang: &'static str,
    pub words: &'static Words,
}

impl Edition {
    /// The purposes with their names.
    pub fn purposes(&self) -> impl Iterator<Item = (&'static Purpose, &'static Named)> + use<> {
        self.terms.purposes.iter().zip(&self.labels.purposes)
    }

    /// The services with their names.
    pub fn services(&self) -> impl Iterator<Item = (&'static Service, &'static str)> + use<> {
        let labels = self.labels.services.iter().map(String::as_str);
        self.terms.services.iter().zip(labels)
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
    pub fn undecided(&self) -> String {
        if self.is_opt_out() {
            self.words.undecided_opt_out.to_owned()
        } else {
            [self.words.undecided, "\n", self.words.until_you_choose].concat()
        }
    }

    /// Whether any purpose runs until it is refused.
    fn is_opt_out(&self) -> bool {
        let mut purposes = self.terms.purposes.iter();
        purposes.any(|purpose| purpose.before == BeforeAnswer::Granted)
    }

    /// What the opt-out pages do and don't stop, where that is the same for all of them.
    pub fn opt_outs_note(&self) -> Option<&'static str> {
        let is_same = self.labels.opt_outs_stop_use;
        is_same.then_some(self.words.opt_outs_note)
    }

    /// What a visitor calls a purpose or a service of this id.
    pub fn label(&self, id: &Id) -> Option<&'static str> {
        let purpose = self.purposes().find(|(purpose, _)| purpose.id == *id);
        let service = || self.services().find(|(service, _)| service.id == *id);
        purpose
            .map(|(_, named)| named.label.as_str())
            .or_else(|| service().map(|(_, label)| label))
    }

    /// The labels of the purposes of which this is true, in the shop's order.
    pub fn purpose_labels(&self, is_true: &dyn Fn(&Purpose) -> bool) -> Vec<&'static str> {
        let purposes = self.purposes().filter(|(purpose, _)| is_true(purpose));
        purposes.map(|(_, named)| named.label.as_str()).collect()
    }

    /// What a visitor reads of the signal while it keeps purposes off.
    pub fn gpc_off(&self) -> String {
        let heeded = self.purpose_labels(&|purpose| purpose.gpc);
        fill(self.words.gpc_off, &[&self.words.quoted(&heeded)])
    }
}
