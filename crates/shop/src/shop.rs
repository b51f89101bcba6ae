//! The model of `shop.json`: what an operator declares, once, for every door.
//!
//! [`Shop::from_json`] trusts a file that has been checked; [`check`](crate::check()) checks one. Nothing here is written
//! back: what the rules need goes on as [`Terms`], all else as pages and scripts.

use std::fmt;

use doui_core::json::Ordered;
use doui_core::signals::ConsentType;
use doui_core::sweep::Place;
use doui_core::terms::{self, BeforeAnswer, Cookie, MAX_VALID_DAYS, Terms, VALID_DAYS};
use doui_core::{Date, Id};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::forms;

/// A shop, as `shop.json` declares it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shop {
    /// Where an editor finds the schema of the file. Doui does not read it.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// The shop's name.
    pub name: Text,
    /// The languages of every text, as BCP 47 tags. The first is the default.
    #[schemars(with = "forms::AtLeastOne<forms::Language>")]
    pub languages: Vec<String>,
    /// Further languages of the banner and the choices, each in a file of its own. A text may be missing in them; then
    /// the default language stands in.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Language>")]
    pub more_languages: Vec<String>,
    /// The revision of the shop's policy that a visitor is shown.
    #[schemars(with = "forms::Day")]
    pub revision: Date,
    /// What each revision changed, the newest first. The first is of `revision`.
    #[serde(default)]
    pub revisions: Vec<Revision>,
    /// How many days a decision holds, 1 to [`MAX_VALID_DAYS`].
    #[serde(default = "valid_days")]
    #[schemars(range(min = 1, max = MAX_VALID_DAYS))]
    pub valid_days: u32,
    /// How the cookie is set.
    #[serde(default)]
    #[schemars(with = "forms::Cookie")]
    pub cookie: Cookie,
    /// Where the shop serves what the build makes: a path that begins and ends with `/`.
    #[serde(default = "path")]
    #[schemars(with = "forms::Path")]
    pub path: String,
    /// Whether there are pages of the preference centre. Without them the banner links to the shop's own policy.
    #[serde(default = "yes")]
    pub centre: bool,
    /// Whom a visitor can ask.
    pub contact: Contact,
    /// The purposes a visitor decides on, in the order they are shown and written.
    #[schemars(length(min = 1))]
    pub purposes: Vec<Purpose>,
    /// What is always on.
    pub necessary: Necessary,
    /// Pages of others where a visitor can object.
    #[serde(default)]
    pub opt_outs: Vec<OptOut>,
    /// Who serves the purposes, and what they leave in the browser.
    #[serde(default)]
    pub services: Vec<Service>,
    /// What the page tells tags that listen for consent.
    #[serde(default)]
    pub signals: Signals,
    /// Whether a frame that is not allowed shows what stands in for it. It does unless the shop says otherwise.
    #[serde(default = "yes")]
    pub placeholders: bool,
    /// What happens on a page where a script had run whose purpose is then refused.
    #[serde(default)]
    pub on_withdraw: OnWithdraw,
    /// Which tags wait: the marked ones, or also those that nobody marked and whose host belongs to a service.
    #[serde(default)]
    pub hold: Hold,
    /// The operator's own wording of some of Doui's texts.
    #[serde(default)]
    pub texts: Texts,
    /// How the banner looks.
    #[serde(default)]
    pub theme: Theme,
    /// In which corner of the shop's pages a small button leads back to the settings, once the visitor has decided. Without
    /// it, or with `false`, there is none.
    #[serde(default, deserialize_with = "corner")]
    #[schemars(with = "forms::Button")]
    pub button: Option<Corner>,
    /// Where the shop counts how its visitors answer. Without it nothing is sent.
    #[serde(default)]
    pub report: Option<Report>,
}

fn path() -> String {
    "/doui/".to_owned()
}

fn valid_days() -> u32 {
    VALID_DAYS
}

impl Shop {
    /// Reads a shop file that has been checked. Only its types are checked here.
    ///
    /// # Errors
    ///
    /// [`ShopError`] if the text is not JSON, or does not have the keys and types of a shop.
    pub fn from_json(json: &str) -> Result<Self, ShopError> {
        serde_json::from_str(json).map_err(ShopError)
    }

    /// What the rules need to know of it: what a server reads, a page carries and `doui.js` is stamped with.
    ///
    /// ```
    /// let shop = doui_shop::check(include_str!("../../../tests/shops/four.json"))?;
    /// assert_eq!(shop.terms().purposes[1].id, "ads");
    /// # Ok::<(), doui_shop::Findings>(())
    /// ```
    pub fn terms(&self) -> Terms {
        Terms {
            revision: self.revision,
            valid_days: self.valid_days,
            cookie: self.cookie.clone(),
            purposes: self.purposes.iter().map(Purpose::terms).collect(),
            services: self.services.iter().map(Service::terms).collect(),
        }
    }

    /// The purpose `id`, if the shop has it.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == *id)
    }

    /// The language of a visitor who has asked for none: the first.
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("", String::as_str)
    }
}

/// A revision of the shop's policy, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// The day from which it holds.
    #[schemars(with = "forms::Day")]
    pub date: Date,
    /// What changed, in a sentence.
    pub note: Text,
}

/// Whom a visitor can ask about personal data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The legal name of who runs the shop.
    pub operator: Text,
    /// The person or desk in charge.
    pub desk: Text,
    /// The telephone number, as it is printed.
    #[serde(default)]
    #[schemars(with = "Option<forms::Line>")]
    pub phone: Option<String>,
    /// An e-mail address.
    #[serde(default)]
    #[schemars(with = "Option<forms::Email>")]
    pub email: Option<String>,
    /// The address of a page to write from, `https`.
    #[serde(default)]
    #[schemars(with = "Option<forms::Link>")]
    pub form: Option<String>,
    /// The address of the shop's policy, `https`.
    #[serde(default)]
    #[schemars(with = "Option<forms::Link>")]
    pub policy: Option<String>,
}

/// Something a visitor allows or refuses.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its name in the cookie and on pages.
    #[schemars(with = "forms::Id")]
    pub id: Id,
    /// When it last changed. Who decided under an earlier revision is asked again.
    #[schemars(with = "forms::Day")]
    pub revised: Date,
    /// What holds for a visitor who has never answered.
    #[serde(default)]
    #[schemars(with = "forms::Before")]
    pub before: BeforeAnswer,
    /// Whether Global Privacy Control keeps it off. It does unless the shop says otherwise.
    #[serde(default = "yes")]
    pub gpc: bool,
    /// The consent types that it grants; without them, those usual for its id ([`ConsentType::usual`]).
    #[serde(default)]
    #[schemars(with = "Option<Vec<forms::ConsentType>>")]
    pub consent_types: Option<Vec<ConsentType>>,
    /// Its name in a few words.
    pub label: Text,
    /// What it does, in a sentence.
    pub summary: Text,
    /// What it does, in full.
    pub detail: Text,
    /// What changes for the visitor while it is off, by an example.
    #[serde(default)]
    pub example: Option<Text>,
}

impl Purpose {
    /// The consent types that it grants.
    pub fn consent_types(&self) -> &[ConsentType] {
        let usual = || ConsentType::usual(self.id.as_str());
        self.consent_types.as_deref().unwrap_or_else(usual)
    }

    fn terms(&self) -> terms::Purpose {
        let types = self.consent_types().iter();
        terms::Purpose {
            id: self.id.clone(),
            revised: self.revised,
            before: self.before,
            gpc: self.gpc,
            consent_types: types.map(|kind| kind.as_str().to_owned()).collect(),
        }
    }
}

fn yes() -> bool {
    true
}

/// What is always on, and not a visitor's to decide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Necessary {
    /// Its name in a few words.
    pub label: Text,
    /// What it does, in a sentence.
    pub summary: Text,
}

/// Somebody's program or frame on the shop's pages.
///
/// In the file, what the catalogue knows of the service may be left out; here it is filled in. What is known of a
/// recipient are [`Fact`]s: one that is not there is unknown, and shown as such. A service of the shop's own, which sends
/// nothing to anybody else, has no recipient to know of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its name within the file, of a purpose id's grammar.
    #[schemars(with = "forms::Id")]
    pub id: Id,
    /// The purpose it serves.
    #[schemars(with = "forms::Id")]
    pub purpose: Id,
    /// Its name in a few words.
    pub label: Text,
    /// Whether a visitor may refuse it alone, while its purpose is allowed. Its id then stands in the cookie.
    #[serde(default)]
    pub choosable: bool,
    /// What the shop uses it for; without it, its purpose's summary says so.
    #[serde(default)]
    pub use_here: Option<Text>,
    /// Its cookies.
    #[serde(default)]
    pub cookies: Vec<Declared>,
    /// Its keys in local and session storage, declared alike.
    #[serde(default)]
    pub storage: Vec<Declared>,
    /// Who receives what is sent.
    #[serde(default)]
    pub recipient: Option<Recipient>,
    /// The country that the recipient is based in: its seat.
    #[serde(default)]
    pub recipient_country: Option<Fact<Text>>,
    /// The countries where the data is kept.
    #[serde(default)]
    pub storage_location: Option<Fact<Text>>,
    /// The hosts that it is sent to, such as `www.example.com`.
    #[serde(default)]
    #[schemars(with = "Option<Fact<forms::AtLeastOne<forms::Host>>>")]
    pub hosts: Option<Fact<Vec<String>>>,
    /// What is sent.
    #[serde(default)]
    pub sends: Option<Fact<Text>>,
    /// What the recipient uses it for.
    #[serde(default)]
    pub recipient_use: Option<Fact<Text>>,
    /// How long the recipient keeps it.
    #[serde(default)]
    pub retention: Option<Fact<Text>>,
    /// The recipient's own page for objecting, `https`.
    #[serde(default)]
    #[schemars(with = "Option<Fact<forms::Link>>")]
    pub opt_out: Option<Fact<String>>,
    /// The recipient's policy, `https`.
    #[serde(default)]
    #[schemars(with = "Option<Fact<forms::Link>>")]
    pub policy: Option<Fact<String>>,
    /// What the recipient's terms oblige a shop to tell its visitors.
    #[serde(default)]
    pub statement: Option<Fact<Text>>,
}

impl Service {
    /// Whether it is the shop's own, and sends nothing to anybody else.
    pub fn is_own(&self) -> bool {
        matches!(self.recipient, Some(Recipient::Shop))
    }

    /// The legal name of who receives what is sent, if it is somebody else than the shop, and known.
    pub fn recipient(&self) -> Option<&Fact<Text>> {
        match &self.recipient {
            Some(Recipient::Other(name)) => Some(name),
            Some(Recipient::Shop) | None => None,
        }
    }
}

/// Who receives what a service sends.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RecipientInFile")]
pub enum Recipient {
    /// The shop alone: nothing is sent to anybody else. In the file it is the word `"shop"`.
    Shop,
    /// Somebody else, by the legal name.
    Other(Fact<Text>),
}

impl Recipient {
    /// The word in the file for [`Recipient::Shop`].
    pub const SHOP: &str = "shop";
}

/// The two ways to write a [`Recipient`].
#[derive(Deserialize)]
#[serde(untagged)]
enum RecipientInFile {
    Word(String),
    Name(Fact<Text>),
}

impl TryFrom<RecipientInFile> for Recipient {
    type Error = &'static str;

    fn try_from(written: RecipientInFile) -> Result<Self, Self::Error> {
        match written {
            RecipientInFile::Name(name) => Ok(Self::Other(name)),
            RecipientInFile::Word(word) if word == Self::SHOP => Ok(Self::Shop),
            RecipientInFile::Word(_) => Err("the only word for a recipient is \"shop\""),
        }
    }
}

impl Service {
    /// The names that the service declares at a place; one that ends in `*` stands for all that begin like it.
    pub fn names(&self, place: Place) -> impl Iterator<Item = &str> {
        let declared = match place {
            Place::Cookies => &self.cookies,
            Place::Storage => &self.storage,
        };
        declared.iter().map(|declared| declared.name.as_str())
    }

    fn terms(&self) -> terms::Service {
        let names = |place| self.names(place).map(str::to_owned).collect();
        terms::Service {
            id: self.id.clone(),
            purpose: self.purpose.clone(),
            choosable: self.choosable,
            cookies: names(Place::Cookies),
            storage: names(Place::Storage),
        }
    }

    /// The texts that the catalogue may have, each with its key.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let facts = [
            ("recipient", self.recipient()),
            ("recipient_country", self.recipient_country.as_ref()),
            ("storage_location", self.storage_location.as_ref()),
            ("sends", self.sends.as_ref()),
            ("recipient_use", self.recipient_use.as_ref()),
            ("retention", self.retention.as_ref()),
            ("statement", self.statement.as_ref()),
        ];
        let known = facts
            .into_iter()
            .filter_map(|(key, fact)| Some((key, &fact?.value)));
        known.chain([("label", &self.label)])
    }

    /// What a visitor is owed of it, each by its path, and whether it is known: the facts, and how long each cookie is
    /// kept. Of the shop's own service there is nobody else to know anything of.
    pub fn facts(&self) -> Vec<(String, bool)> {
        let facts = [
            ("recipient", self.recipient.is_some()),
            ("recipient_country", self.recipient_country.is_some()),
            ("storage_location", self.storage_location.is_some()),
            ("sends", self.sends.is_some()),
            ("recipient_use", self.recipient_use.is_some()),
            ("retention", self.retention.is_some()),
            ("opt_out", self.opt_out.is_some()),
            ("policy", self.policy.is_some()),
        ];
        let facts = if self.is_own() { &facts[..1] } else { &facts };
        let facts = facts
            .iter()
            .map(|(key, is_known)| ((*key).to_owned(), *is_known));
        let cookies = self.cookies.iter().enumerate();
        let cookies = cookies
            .map(|(place, cookie)| (format!("cookies[{place}].days"), cookie.days.is_some()));
        facts.chain(cookies).collect()
    }

    /// How old each of its sources is, by its path: the source's own date, or else the day on which it was read.
    pub fn dates(&self) -> Vec<(String, Date)> {
        fn date<T>(fact: Option<&Fact<T>>) -> Option<Date> {
            fact.map(|fact| fact.source_date.unwrap_or(fact.checked))
        }
        let facts = [
            ("recipient", date(self.recipient())),
            ("recipient_country", date(self.recipient_country.as_ref())),
            ("storage_location", date(self.storage_location.as_ref())),
            ("hosts", date(self.hosts.as_ref())),
            ("sends", date(self.sends.as_ref())),
            ("recipient_use", date(self.recipient_use.as_ref())),
            ("retention", date(self.retention.as_ref())),
            ("opt_out", date(self.opt_out.as_ref())),
            ("policy", date(self.policy.as_ref())),
            ("statement", date(self.statement.as_ref())),
        ];
        let facts = facts
            .into_iter()
            .filter_map(|(key, date)| Some((key.to_owned(), date?)));
        let lists = [("cookies", &self.cookies), ("storage", &self.storage)];
        let declared = lists.into_iter().flat_map(|(key, list)| {
            list.iter()
                .enumerate()
                .filter_map(move |(place, declared)| {
                    let date = declared.source_date.or(declared.checked)?;
                    Some((format!("{key}[{place}]"), date))
                })
        });
        facts.chain(declared).collect()
    }
}

/// Something known of a service, who says so, how old that is, and when it was last read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "Fact_{T}")]
#[serde(deny_unknown_fields)]
pub struct Fact<T> {
    /// What is known.
    pub value: T,
    /// The `https` address of the page that says so; or, for what the shop itself knows, how, in words.
    #[schemars(with = "forms::Line")]
    pub source: String,
    /// The source's own date, where it has one: of its last change, or of the copy that was read.
    #[serde(default)]
    #[schemars(with = "Option<forms::Day>")]
    pub source_date: Option<Date>,
    /// The day on which the source was read.
    #[schemars(with = "forms::Day")]
    pub checked: Date,
}

/// A cookie, or a key in storage, that a service leaves in the browser.
///
/// In the file it is its name, or an object with more about it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "DeclaredInFile")]
pub struct Declared {
    /// Its name; one that ends in `*` stands for all that begin like it.
    pub name: String,
    /// For how many days it is kept; 0 is until the browser is closed.
    pub days: Option<u32>,
    /// The `https` address of the page that says so; or, for what the shop itself knows, how, in words.
    pub source: Option<String>,
    /// The source's own date, where it has one.
    pub source_date: Option<Date>,
    /// The day on which the source was read.
    pub checked: Option<Date>,
}

impl From<String> for Declared {
    fn from(name: String) -> Self {
        Self {
            name,
            days: None,
            source: None,
            source_date: None,
            checked: None,
        }
    }
}

/// The two ways to write a [`Declared`].
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum DeclaredInFile {
    Name(String),
    More {
        name: String,
        days: Option<u32>,
        source: Option<String>,
        source_date: Option<Date>,
        checked: Option<Date>,
    },
}

impl From<DeclaredInFile> for Declared {
    fn from(declared: DeclaredInFile) -> Self {
        match declared {
            DeclaredInFile::Name(name) => name.into(),
            DeclaredInFile::More {
                name,
                days,
                source,
                source_date,
                checked,
            } => Self {
                name,
                days,
                source,
                source_date,
                checked,
            },
        }
    }
}

/// What the page tells tags that listen for consent, each in its vendor's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signals {
    /// Google Consent Mode v2.
    #[serde(default)]
    pub google: Option<ConsentMode>,
    /// Microsoft Advertising's Universal Event Tracking.
    #[serde(default)]
    pub uet: bool,
    /// Microsoft Clarity.
    #[serde(default)]
    pub clarity: bool,
    /// Meta's pixel.
    #[serde(default)]
    pub meta: bool,
    /// TikTok's pixel.
    #[serde(default)]
    pub tiktok: bool,
    /// Pinterest's tag.
    #[serde(default)]
    pub pinterest: bool,
    /// Matomo.
    #[serde(default)]
    pub matomo: bool,
    /// HubSpot.
    #[serde(default)]
    pub hubspot: bool,
    /// Microsoft's Universal Pixel.
    #[serde(default)]
    pub microsoft_universal: bool,
    /// Shopify's Customer Privacy API.
    #[serde(default)]
    pub shopify: bool,
}

/// The settings of Google Consent Mode, by the names of its
/// [reference](https://developers.google.com/tag-platform/security/guides/consent).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentMode {
    /// How long tags wait for an update after the default, in milliseconds. Doui sends both at once, so a shop needs it
    /// only if it loads `doui.js` late.
    #[serde(default)]
    #[schemars(range(max = 10_000))]
    pub wait_for_update: Option<u32>,
    /// Whether ad clicks are further redacted while `ad_storage` is denied.
    #[serde(default)]
    pub ads_data_redaction: bool,
    /// Whether ad clicks are passed on from page to page in addresses.
    #[serde(default)]
    pub url_passthrough: bool,
    /// Where another default holds for visitors who never answered.
    #[serde(default)]
    pub regions: Vec<RegionalDefault>,
}

/// What holds in some regions until the first answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionalDefault {
    /// Countries and their parts by ISO 3166-2, such as `JP` or `US-CA`.
    #[schemars(with = "forms::AtLeastOne<forms::Region>")]
    pub region: Vec<String>,
    /// The purposes that are granted there; the others are denied.
    #[schemars(with = "Vec<forms::Id>")]
    pub granted: Vec<Id>,
}

/// What happens on a page where a script had run whose purpose is then refused: running code cannot be unrun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OnWithdraw {
    /// The visitor is told, and offered to load the page again.
    #[default]
    Offer,
    /// The page where the visitor refused is loaded again at once. Other tabs, where somebody may be writing, offer it.
    Reload,
}

/// Which tags of a page wait until they are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Hold {
    /// Those that the page marks with `data-doui`.
    #[default]
    Marked,
    /// Also those that nobody marked and whose host is one of a service's `hosts`.
    Declared,
}

/// A page of somebody else where a visitor can object.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptOut {
    /// Its name within the file, of a purpose id's grammar.
    #[schemars(with = "forms::Id")]
    pub id: Id,
    /// The legal name of who runs the page.
    pub operator: Text,
    /// Who receives what is sent, where that is somebody else than who runs the page.
    #[serde(default)]
    pub recipient: Option<Text>,
    /// What the link says.
    pub label: Text,
    /// The page's address, `https`.
    #[schemars(with = "forms::Link")]
    pub url: String,
    /// The address the shop's own policy prints, where that is another one: kept as a fact.
    #[serde(default)]
    pub policy_url: Option<String>,
    /// What objecting there stops.
    pub stops: Stops,
    /// What a visitor should know before going there.
    #[serde(default)]
    pub note: Option<Text>,
    /// How to object, once there.
    #[serde(default)]
    pub how: Option<Text>,
    /// What the visitor then does without.
    #[serde(default)]
    pub limits: Option<Text>,
    /// What is sent to the operator.
    #[serde(default)]
    pub sends: Option<Text>,
    /// Why it is sent.
    #[serde(default)]
    pub why: Option<Text>,
    /// What the page asks of the visitor.
    #[serde(default)]
    pub needs: Vec<Need>,
}

impl OptOut {
    /// What a visitor is owed of it besides what it must say, each by its key, and whether it is known.
    pub fn facts(&self) -> Vec<(String, bool)> {
        [
            ("how", self.how.is_some()),
            ("limits", self.limits.is_some()),
            ("sends", self.sends.is_some()),
            ("why", self.why.is_some()),
        ]
        .map(|(key, is_known)| (key.to_owned(), is_known))
        .into()
    }
}

/// What an opt-out page asks of the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The objection is kept in a cookie of the page's own, so the browser must take third-party cookies.
    ThirdPartyCookies,
    /// The objection holds in this browser only, until its cookies are deleted.
    ThisBrowser,
    /// The page is in English only.
    English,
}

/// What an opt-out stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stops {
    /// The data is still sent, but not used for this.
    Use,
    /// The data is not sent.
    Sending,
}

/// The operator's own wording of some of Doui's texts: per language, per key, the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<(String, Vec<(String, String)>)>);

impl Texts {
    /// The keys of the texts that an operator may word: the banner's title, its first sentence, and its buttons.
    pub const KEYS: [&str; 7] = [
        "banner_title",
        "banner_lead",
        "accept",
        "reject",
        "settings",
        "save",
        "close",
    ];

    /// The operator's wording of a text, if there is one in this language.
    pub fn get(&self, lang: &str, key: &str) -> Option<&str> {
        let (_, texts) = self.0.iter().find(|(tag, _)| tag == lang)?;
        let (_, text) = texts.iter().find(|(name, _)| name == key)?;
        Some(text)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let languages = Ordered::<Ordered<String>>::deserialize(deserializer)?.0;
        let languages = languages.into_iter().map(|(lang, texts)| (lang, texts.0));
        Ok(Self(languages.collect()))
    }
}

/// How the banner looks. What is not said is as Doui has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The colour of what can be pressed.
    #[serde(default)]
    pub accent: Option<Accent>,
    /// How round corners are, in CSS pixels, 0 to [`MAX_RADIUS`].
    #[serde(default)]
    #[schemars(range(max = MAX_RADIUS))]
    pub radius: Option<u32>,
    /// The fonts, as the value of CSS `font-family`.
    #[serde(default)]
    #[schemars(with = "Option<forms::Line>")]
    pub font: Option<String>,
    /// Where on the screen the banner is.
    #[serde(default)]
    pub position: Position,
    /// Whether it is light or dark.
    #[serde(default)]
    pub scheme: Scheme,
}

/// The most CSS pixels that a theme may round a corner by.
pub const MAX_RADIUS: u32 = 32;

/// A colour for each scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accent {
    /// On light paper.
    pub light: Colour,
    /// On dark paper.
    pub dark: Colour,
}

/// A colour of sRGB: red, green and blue. It is written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#rrggbb`, in either case.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }
}

/// The colour as `#rrggbb`, in lower case.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(hex: String) -> Result<Self, Self::Error> {
        Self::from_hex(&hex).ok_or("a colour is written as #0a7d5c")
    }
}

/// Where on the screen the banner is. Start and end are those of a line in its language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Along the lower edge.
    #[default]
    Bottom,
    /// Along the upper edge.
    Top,
    /// In the lower corner where a line starts.
    BottomStart,
    /// In the lower corner where a line ends.
    BottomEnd,
}

/// Whether Doui is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// As the visitor's system is.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// A corner of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Corner {
    /// Below on the left.
    BottomLeft,
    /// Below on the right.
    BottomRight,
    /// Above on the left.
    TopLeft,
    /// Above on the right.
    TopRight,
}

impl Corner {
    /// The words in the file.
    pub const WORDS: [&str; 4] = ["bottom-left", "bottom-right", "top-left", "top-right"];

    /// The two sides that meet in it, as style sheets call them.
    pub fn sides(self) -> (&'static str, &'static str) {
        match self {
            Self::BottomLeft => ("bottom", "left"),
            Self::BottomRight => ("bottom", "right"),
            Self::TopLeft => ("top", "left"),
            Self::TopRight => ("top", "right"),
        }
    }
}

/// The two ways to write where the button is.
#[derive(Deserialize)]
#[serde(untagged)]
enum Button {
    Corner(Corner),
    Flag(bool),
}

fn corner<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Corner>, D::Error> {
    match Button::deserialize(deserializer)? {
        Button::Corner(corner) => Ok(Some(corner)),
        Button::Flag(false) => Ok(None),
        Button::Flag(true) => Err(serde::de::Error::custom(
            "the button is false, or a corner such as \"bottom-left\"",
        )),
    }
}

/// Where the shop counts how its visitors answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The path of the shop's own endpoint, on the page's origin, such as `/doui-count`.
    #[schemars(with = "forms::OwnAddress")]
    pub url: String,
    /// Whether Global Privacy Control keeps it off: then nothing is sent of a browser that sends the signal.
    #[serde(default)]
    pub gpc: bool,
}

/// One text in each of the shop's languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<(String, String)>);

impl Text {
    /// The text in `lang`, else in `fallback`, which is the shop's default language.
    ///
    /// A checked shop has every text in every language; of any other, a missing text is empty.
    pub fn get(&self, lang: &str, fallback: &str) -> &str {
        let within = |lang| self.0.iter().find(|(tag, _)| tag == lang);
        within(lang)
            .or_else(|| within(fallback))
            .map_or("", |(_, text)| text)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ordered::deserialize(deserializer).map(|texts| Self(texts.0))
    }
}

/// Why a shop file could not be read: the first fault, with its line and column.
#[derive(Debug)]
pub struct ShopError(serde_json::Error);

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the shop file cannot be read: {}. `cargo xtask check` lists every fault",
            self.0
        )
    }
}

impl std::error::Error for ShopError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
