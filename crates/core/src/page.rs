//! The shop as a page of the preference centre carries it: what [`Shop`](crate::Shop) serializes to.
//!
//! A visitor's browser reads it by hand, with the few readers that the record needs anyway. Derived ones, a parser for
//! each type, would be a tenth of the WebAssembly.

use serde_json::value::RawValue;

use crate::record::{Members, member, read};
use crate::shop::{
    Before, Contact, Cookie, Declared, Necessary, OptOut, Purpose, Service, Stops, VALID_DAYS,
    cookie_name,
};
use crate::{Date, PurposeId, Shop, Text};

impl Shop {
    /// Reads the shop that a page carries. `None`: it is not one. What a page does not carry, such as whom to ask and
    /// what only a build needs, is empty.
    ///
    /// ```
    /// # let json = include_str!("../../../tests/shops/four.json");
    /// let shop = doui_core::Shop::from_json(json)?;
    /// let carried = doui_core::Shop::from_page(json).unwrap();
    /// assert_eq!((carried.revision, carried.purposes), (shop.revision, shop.purposes));
    /// # Ok::<(), doui_core::ShopError>(())
    /// ```
    pub fn from_page(json: &str) -> Option<Self> {
        let shop: Members<'_> = serde_json::from_str(json).ok()?;
        let necessary: Members<'_> = member(&shop, "necessary")?;
        Some(Self {
            schema: None,
            name: Text::default(),
            languages: strings(&shop, "languages"),
            revision: date(&shop, "revision")?,
            valid_days: member(&shop, "valid_days").map_or(VALID_DAYS, |days: f64| days as u32),
            cookie: member(&shop, "cookie").map_or_else(Cookie::default, |cookie| Cookie {
                name: string(&cookie, "name").unwrap_or_else(cookie_name),
                domain: member(&cookie, "domain"),
                renewed_by_server: flag(&cookie, "renewed_by_server"),
            }),
            contact: Contact {
                operator: Text::default(),
                desk: Text::default(),
                phone: None,
                policy: member(&shop, "contact")
                    .and_then(|contact: Members<'_>| string(&contact, "policy")),
            },
            purposes: list(&shop, "purposes", &purpose)?,
            necessary: Necessary {
                label: text(&necessary, "label"),
                summary: text(&necessary, "summary"),
            },
            opt_outs: list(&shop, "opt_outs", &opt_out)?,
            services: list(&shop, "services", &service)?,
            signals: Default::default(),
            placeholders: false,
            on_withdraw: Default::default(),
            more_languages: Vec::new(),
            revisions: Vec::new(),
            texts: Default::default(),
            theme: Default::default(),
        })
    }
}

fn purpose(purpose: &Members<'_>) -> Option<Purpose> {
    let is_granted = string(purpose, "before").is_some_and(|before| before == "granted");
    Some(Purpose {
        id: id(purpose, "id")?,
        revised: date(purpose, "revised")?,
        before: if is_granted {
            Before::Granted
        } else {
            Before::Denied
        },
        gpc: flag(purpose, "gpc"),
        consent_types: None,
        label: text(purpose, "label"),
        summary: text(purpose, "summary"),
        detail: text(purpose, "detail"),
        example: None,
    })
}

fn service(service: &Members<'_>) -> Option<Service> {
    let declared = |key| {
        let names = strings(service, key).into_iter();
        names.map(Declared::from).collect()
    };
    Some(Service {
        id: id(service, "id")?,
        purpose: id(service, "purpose")?,
        label: text(service, "label"),
        choosable: flag(service, "choosable"),
        use_here: None,
        cookies: declared("cookies"),
        storage: declared("storage"),
        recipient: None,
        recipient_country: None,
        storage_location: None,
        hosts: None,
        sends: None,
        recipient_use: None,
        retention: None,
        opt_out: None,
        policy: None,
        statement: None,
    })
}

fn opt_out(opt_out: &Members<'_>) -> Option<OptOut> {
    let stops_sending = string(opt_out, "stops").is_some_and(|stops| stops == "sending");
    Some(OptOut {
        id: id(opt_out, "id")?,
        operator: Text::default(),
        recipient: None,
        label: text(opt_out, "label"),
        url: string(opt_out, "url")?,
        policy_url: None,
        stops: if stops_sending {
            Stops::Sending
        } else {
            Stops::Use
        },
        note: None,
        how: None,
        limits: None,
        sends: None,
        why: None,
        needs: Vec::new(),
    })
}

/// The objects of a list, or of none where there is no such key. One that cannot be read spoils it.
fn list<T>(
    members: &Members<'_>,
    key: &str,
    one: &dyn Fn(&Members<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let items: Vec<&RawValue> = member(members, key).unwrap_or_default();
    items.into_iter().map(|item| one(&read(item)?)).collect()
}

fn strings(members: &Members<'_>, key: &str) -> Vec<String> {
    member(members, key).unwrap_or_default()
}

fn string(members: &Members<'_>, key: &str) -> Option<String> {
    member(members, key)
}

fn flag(members: &Members<'_>, key: &str) -> bool {
    members.get(key).is_some_and(|flag| flag.get() == "true")
}

fn id(members: &Members<'_>, key: &str) -> Option<PurposeId> {
    PurposeId::new(&string(members, key)?).ok()
}

fn date(members: &Members<'_>, key: &str) -> Option<Date> {
    Date::from_iso(&string(members, key)?)
}

fn text(members: &Members<'_>, key: &str) -> Text {
    let languages: Option<Members<'_>> = member(members, key);
    let languages = languages.map(|languages| languages.0).unwrap_or_default();
    let texts = languages.into_iter();
    Text(
        texts
            .filter_map(|(lang, text)| Some((lang, read(text)?)))
            .collect(),
    )
}
