//! A shop in one language: what every component needs to speak.

#[cfg(feature = "ssr")]
use doui_core::Date;
use doui_core::{
    Shop, Text,
    shop::{Before, Purpose, Stops},
};

#[cfg(feature = "ssr")]
use crate::text::{self, EmbedWords, FrameWords, Language, Pages};
use crate::text::{Words, fill};

/// The shop and Doui's own words, both in the visitor's language.
///
/// A page keeps its language from load to unload, so the shop is leaked once and borrowed for ever:
/// components copy this freely and texts need no signal.
#[derive(Clone, Copy)]
pub struct Edition {
    pub shop: &'static Shop,
    /// The primary language subtag, one of the shop's languages.
    pub lang: &'static str,
    pub words: &'static Words,
    #[cfg(feature = "ssr")]
    language: &'static Language,
}

impl Edition {
    /// The shop in a language that the page brought its words in.
    #[cfg(not(feature = "ssr"))]
    pub fn new(shop: &'static Shop, lang: &'static str, words: &'static Words) -> Self {
        Self { shop, lang, words }
    }

    /// The shop in `lang`; where Doui does not speak that, its own words are the first language's, or else Japanese.
    #[cfg(feature = "ssr")]
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
            *lead = lead
                .replace("{sends}", if sends { sentence } else { "" })
                .leak();
        }
        for (key, word) in [
            ("banner_title", &mut words.banner_title),
            ("banner_lead", &mut words.banner_lead),
            ("banner_lead", &mut words.banner_lead_opt_out),
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
        Self {
            shop,
            lang,
            words: Box::leak(Box::new(words)),
            language,
        }
    }

    /// The words that only `doui.js` shows.
    #[cfg(feature = "ssr")]
    pub fn embed(&self) -> &'static EmbedWords {
        &self.language.embed
    }

    /// The words around every page.
    #[cfg(feature = "ssr")]
    pub fn frame(&self) -> &'static FrameWords {
        &self.language.frame
    }

    /// The words of the pages beyond the choices. Only a language with such pages has an edition of them.
    #[cfg(feature = "ssr")]
    pub fn pages(&self) -> &'static Pages {
        self.spoken_pages().1
    }

    /// The language of [`Edition::pages`] where it is another one: browsers must know it, to say the words aloud
    /// (WCAG 3.1.2).
    #[cfg(feature = "ssr")]
    pub fn pages_language(&self) -> Option<&'static str> {
        let (lang, _) = self.spoken_pages();
        (lang != self.lang).then_some(lang)
    }

    /// The first language that has such pages: this one, English if the shop has it, the shop's first, or Japanese.
    #[cfg(feature = "ssr")]
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
    #[cfg(feature = "ssr")]
    pub fn rest_language(&self) -> &'static str {
        let mut languages = self.shop.languages.iter();
        let english = languages.find(|lang| *lang == "en" || lang.starts_with("en-"));
        english.map_or(self.shop.default_language(), String::as_str)
    }

    /// That the other pages are in another language, if they are.
    #[cfg(feature = "ssr")]
    pub fn rest_note(&self) -> Option<&'static str> {
        let [english, japanese] = self.language.frame.rest_in;
        match text::subtag(self.pages_language()?) {
            "en" => Some(english),
            "ja" => Some(japanese),
            _ => None,
        }
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

    /// What a visitor reads of the signal while it keeps purposes off.
    pub fn gpc_off(&self) -> String {
        let heeded = self.labels(&|purpose| purpose.gpc);
        fill(self.words.gpc_off, &[&self.words.quoted(&heeded)])
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

    /// The labels of the purposes of which this is true, in the shop's order.
    pub fn labels(&self, is_true: &dyn Fn(&'static Purpose) -> bool) -> Vec<&'static str> {
        let purposes = self.shop.purposes.iter().filter(|purpose| is_true(purpose));
        purposes.map(|purpose| self.text(&purpose.label)).collect()
    }

    /// A text with the name of the shop's cookie in its gap.
    #[cfg(feature = "ssr")]
    pub fn naming_cookie(&self, text: &str) -> String {
        text.replace("{cookie}", &self.shop.cookie.name)
    }

    /// The languages of the shop that Doui speaks, with their own names.
    #[cfg(feature = "ssr")]
    pub fn languages(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let languages = self.shop.languages.iter().chain(&self.shop.more_languages);
        languages.filter_map(|lang| Some((lang.as_str(), text::spoken(lang)?.frame.language)))
    }

    /// All of them but this one.
    #[cfg(feature = "ssr")]
    pub fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let lang = self.lang;
        self.languages().filter(move |(other, _)| *other != lang)
    }

    /// A day as the language writes it.
    #[cfg(feature = "ssr")]
    pub fn date(&self, date: Date) -> String {
        (self.language.frame.date)(date)
    }
}
