//! A shop in one language, as pages are rendered in it.

use std::ops::Deref;

use doui_core::Date;
use doui_shop::{Shop, Text, shop::Stops};
use doui_ui::{Edition, Labels, Link, Named, Report};

use crate::text::{self, EmbedWords, FrameWords, Language, Pages};

/// The whole shop and all of Doui's words; the live parts within have the [`Edition`] that it contains.
#[derive(Clone, Copy)]
pub struct PageEdition {
    pub shop: &'static Shop,
    edition: Edition,
    language: &'static Language,
}

impl Deref for PageEdition {
    type Target = Edition;

    fn deref(&self) -> &Edition {
        &self.edition
    }
}

impl PageEdition {
    /// The shop in `lang`; where Doui does not speak that, its own words are the first language's, or else Japanese.
    pub fn new(shop: &'static Shop, lang: &'static str) -> Self {
        let language = [lang, shop.default_language(), "ja"]
            .into_iter()
            .find_map(text::spoken)
            .expect("Doui speaks Japanese");
        let mut words = language.words;
        let sends = shop.services.iter().any(|service| !service.is_own());
        for (lead, sentence) in [
            (&mut words.banner_lead, language.frame.banner_sends[0]),
            (
                &mut words.banner_lead_opt_out,
                language.frame.banner_sends[1],
            ),
        ] {
            let sentence = sends.then(|| [sentence, "\n"].concat());
            *lead = lead
                .replace("{sends}", &sentence.unwrap_or_default())
                .leak();
            // The operator may word the first sentence. Those after it stay.
            if let Some(own) = shop.texts.get(lang, "banner_lead") {
                let (_, rest) = lead.split_once('\n').unwrap_or_default();
                *lead = [own, "\n", rest].concat().leak();
            }
        }
        for (key, word) in [
            ("banner_title", &mut words.banner_title),
            ("accept", &mut words.accept),
            ("reject", &mut words.reject),
            ("settings", &mut words.settings),
            ("save", &mut words.save),
            ("close", &mut words.close),
        ] {
            if let Some(own) = shop.texts.get(lang, key) {
                *word = own;
            }
        }
        let edition = Edition {
            terms: Box::leak(Box::new(shop.terms())),
            labels: Box::leak(Box::new(labels(shop, lang))),
            lang,
            words: Box::leak(Box::new(words)),
        };
        Self {
            shop,
            edition,
            language,
        }
    }

    /// What its live parts have.
    pub fn live(&self) -> Edition {
        self.edition
    }

    /// The words that only `doui.js` shows.
    pub fn embed(&self) -> &'static EmbedWords {
        &self.language.embed
    }

    /// The words around every page.
    pub fn frame(&self) -> &'static FrameWords {
        &self.language.frame
    }

    /// The words of the pages beyond the choices. Only a language with such pages has an edition of them.
    pub fn pages(&self) -> &'static Pages {
        self.spoken_pages().1
    }

    /// The language of [`PageEdition::pages`] where it is another one: browsers must know it, to say the words aloud
    /// (WCAG 3.1.2).
    pub fn pages_language(&self) -> Option<&'static str> {
        let (lang, _) = self.spoken_pages();
        (lang != self.lang).then_some(lang)
    }

    /// The first language that has such pages: this one, English if the shop has it, the shop's first, or Japanese.
    fn spoken_pages(&self) -> (&'static str, &'static Pages) {
        let languages = [
            self.lang,
            self.rest_language(),
            self.shop.default_language(),
            "ja",
        ];
        languages
            .into_iter()
            .find_map(|lang| Some((lang, text::spoken(lang)?.pages.as_ref()?)))
            .expect("Doui speaks Japanese throughout")
    }

    /// The language of the shop in which somebody reads on who reads the choices in a further one: English, which most can
    /// read, or the shop's first.
    pub fn rest_language(&self) -> &'static str {
        let mut languages = self.shop.languages.iter();
        let english = languages.find(|lang| *lang == "en" || lang.starts_with("en-"));
        english.map_or(self.shop.default_language(), String::as_str)
    }

    /// That the other pages are in another language, if they are.
    pub fn rest_note(&self) -> Option<&'static str> {
        let [english, japanese] = self.language.frame.rest_in;
        match text::subtag(self.pages_language()?) {
            "en" => Some(english),
            "ja" => Some(japanese),
            _ => None,
        }
    }

    /// One of the shop's texts.
    pub fn text(&self, text: &'static Text) -> &'static str {
        text.get(self.lang, self.shop.default_language())
    }

    /// A text with the name of the shop's cookie in its gap.
    pub fn naming_cookie(&self, text: &str) -> String {
        text.replace("{cookie}", &self.shop.cookie.name)
    }

    /// The languages of the shop that Doui speaks, with their own names.
    pub fn languages(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let languages = self.shop.languages.iter().chain(&self.shop.more_languages);
        languages.filter_map(|lang| Some((lang.as_str(), text::spoken(lang)?.frame.language)))
    }

    /// All of them but this one.
    pub fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let lang = self.lang;
        self.languages().filter(move |(other, _)| *other != lang)
    }

    /// A day as the language writes it.
    pub fn date(&self, date: Date) -> String {
        (self.language.frame.date)(date)
    }
}

/// What the shop calls things in a language.
fn labels(shop: &Shop, lang: &str) -> Labels {
    let text = |text: &Text| text.get(lang, shop.default_language()).to_owned();
    let named = |label, summary| Named {
        label: text(label),
        summary: text(summary),
    };
    let purposes = shop.purposes.iter();
    let services = shop.services.iter();
    let opt_outs = shop.opt_outs.iter();
    Labels {
        necessary: named(&shop.necessary.label, &shop.necessary.summary),
        purposes: purposes.map(|it| named(&it.label, &it.summary)).collect(),
        services: services.map(|it| text(&it.label)).collect(),
        opt_outs: opt_outs
            .map(|it| Link {
                label: text(&it.label),
                url: it.url.clone(),
            })
            .collect(),
        opt_outs_stop_use: shop.opt_outs.iter().all(|it| it.stops == Stops::Use),
        policy: shop.contact.policy.clone(),
        centre: shop.centre.then(|| shop.path.clone()),
        report: shop.report.as_ref().map(|report| Report {
            url: report.url.clone(),
            gpc: report.gpc,
        }),
    }
}

#[cfg(test)]
mod tests {
    use doui_shop::shop::Texts;

    use super::*;

    /// A key that the check takes and nobody reads would be accepted and ignored.
    #[test]
    fn each_text_that_an_operator_may_word_is_shown() {
        let shop = Shop::from_json(include_str!("../../../tests/shops/four.json"));
        let mut shop = shop.expect("the shop is sound");
        let own = Texts::KEYS.map(|key| (key.to_owned(), format!("own {key}")));
        shop.texts = Texts(vec![("ja".to_owned(), own.into())]);
        let edition = PageEdition::new(Box::leak(Box::new(shop)), "ja");
        let words = edition.words.list();
        let lines: Vec<_> = words.iter().flat_map(|word| word.lines()).collect();
        for key in Texts::KEYS {
            assert!(lines.contains(&&*format!("own {key}")), "{key}");
        }
    }
}
