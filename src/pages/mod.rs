//! The pages of the preference centre, one route a file, and what is known of each.

mod choices;
mod not_found;
mod opt_out;

pub use choices::ChoicesPage;
pub use not_found::NotFoundPage;
pub use opt_out::OptOutPage;

use crate::{app::BASE, edition::Edition};

/// A page, by what it is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    Choices,
    OptOut,
    NotFound,
}

impl PageKind {
    /// The page at a path of this origin.
    pub fn at(path: &str) -> Self {
        match path.trim_start_matches(BASE).trim_matches('/') {
            "" => Self::Choices,
            "opt-out" => Self::OptOut,
            _ => Self::NotFound,
        }
    }

    /// Its address, for links within the centre.
    pub fn href(self, edition: Edition) -> String {
        let page = if self == Self::OptOut { "opt-out" } else { "" };
        format!("{BASE}/{page}{}", edition.query)
    }

    /// Its name, which is also its heading.
    pub fn name(self, edition: Edition) -> &'static str {
        match self {
            Self::Choices => edition.words.choices_title,
            Self::OptOut => edition.words.opt_outs_title,
            Self::NotFound => edition.words.not_found_title,
        }
    }

    /// What one sentence says of it.
    #[cfg(feature = "ssr")]
    pub fn lead(self, edition: Edition) -> &'static str {
        match self {
            Self::Choices => edition.words.choices_lead,
            Self::OptOut => edition.words.opt_out_lead,
            Self::NotFound => edition.words.not_found_lead,
        }
    }

    /// The document's title.
    pub fn title(self, edition: Edition) -> String {
        let shop = edition.text(&edition.shop.name);
        format!("{} | {shop}", self.name(edition))
    }
}
