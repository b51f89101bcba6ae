//! The pages by what they are for: names, files and addresses.

use crate::edition::PageEdition;

/// A page, by what it is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    Choices,
    Services,
    OptOut,
    Cookies,
    History,
    Policy,
    Developers,
    NotFound,
}

impl PageKind {
    /// The pages that lead to each other, in the order of their links.
    pub const LINKED: [Self; 7] = [
        Self::Choices,
        Self::Services,
        Self::OptOut,
        Self::Cookies,
        Self::History,
        Self::Policy,
        Self::Developers,
    ];

    /// Its last part of the address; of the choices that is empty.
    fn slug(self) -> &'static str {
        match self {
            Self::Choices => "",
            Self::Services => "services",
            Self::OptOut => "opt-out",
            Self::Cookies => "cookies",
            Self::History => "history",
            Self::Policy => "policy",
            Self::Developers => "developers",
            Self::NotFound => "404.html",
        }
    }

    /// Where its file lies in `dist/`.
    pub fn file(self, edition: PageEdition) -> String {
        let folder = folder(edition, edition.lang);
        match self {
            Self::Choices => format!("{folder}index.html"),
            Self::NotFound => format!("{folder}{}", self.slug()),
            _ => format!("{folder}{}/index.html", self.slug()),
        }
    }

    /// Its address in a language of the shop that has it.
    pub fn address(self, edition: PageEdition, lang: &str) -> String {
        format!(
            "{}{}{}",
            edition.shop.path,
            folder(edition, lang),
            self.slug()
        )
    }

    /// Whether there is such a page in a language of the shop: a further language has the choices alone.
    pub fn is_in(self, edition: PageEdition, lang: &str) -> bool {
        self == Self::Choices || edition.shop.languages.iter().any(|known| known == lang)
    }

    /// Its address, for links within the centre. What the language does not have is read in another.
    pub fn href(self, edition: PageEdition) -> String {
        let lang = if self.is_in(edition, edition.lang) {
            edition.lang
        } else {
            edition.rest_language()
        };
        self.address(edition, lang)
    }

    /// Its name, which is also its heading.
    pub fn name(self, edition: PageEdition) -> &'static str {
        let page = &edition.pages().page;
        match self {
            Self::Choices => edition.frame().choices_title,
            Self::Services => page.services_title,
            Self::OptOut => page.opt_out_title,
            Self::Cookies => page.cookies_title,
            Self::History => page.history_title,
            Self::Policy => page.policy_title,
            Self::Developers => page.developers_title,
            Self::NotFound => page.not_found_title,
        }
    }

    /// What one sentence says of it.
    pub fn lead(self, edition: PageEdition) -> &'static str {
        let page = &edition.pages().page;
        match self {
            Self::Choices => edition.frame().choices_lead,
            Self::Services => page.services_lead,
            Self::OptOut => page.opt_out_lead,
            Self::Cookies => page.cookies_lead,
            Self::History => page.history_lead,
            Self::Policy => page.policy_lead,
            Self::Developers => page.developers_lead,
            Self::NotFound => page.not_found_lead,
        }
    }

    /// The document's title.
    pub fn title(self, edition: PageEdition) -> String {
        let shop = edition.text(&edition.shop.name);
        let title = edition.frame().title.replace("{page}", self.name(edition));
        title.replace("{shop}", shop)
    }
}

/// The folder of a language, which for the first one is the root.
fn folder(edition: PageEdition, lang: &str) -> String {
    if lang == edition.shop.default_language() {
        String::new()
    } else {
        format!("{lang}/")
    }
}
