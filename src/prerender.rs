//! The build-time door: the components as HTML, for `xtask` to put into `dist/`.

use doui_core::{Shop, Text, shop::Service};
use leptos::prelude::*;

use crate::{
    edition::Edition,
    pages::{
        ChoicesPage, CookiesPage, DevelopersPage, Frame, HistoryPage, NotFoundPage, OptOutPage,
        PageKind, PolicyPage, ServicesPage,
    },
    state::Consent,
    ui::{Banner, Placeholder, ReloadOffer},
};

pub use crate::text::{AuditWords, audit as audit_words};

/// One static page of the preference centre.
pub struct Page {
    /// Where it lies in `dist/`, such as `opt-out/index.html`.
    pub path: String,
    /// Its language, a primary subtag.
    pub lang: String,
    /// The document's title, as text.
    pub title: String,
    /// What search results would say of it, as text.
    pub description: String,
    /// The HTML for the element `#app`.
    pub body: String,
    /// The shop as the app needs it, as JSON.
    pub data: String,
    /// The words of the banner and the choices, as a JSON list.
    pub words: String,
}

/// Every page, as somebody sees it who has not chosen: all of them in each of the shop's languages, and the choices in
/// each further one.
pub fn pages(shop: &Shop) -> Vec<Page> {
    let all = [&PageKind::LINKED[..], &[PageKind::NotFound]].concat();
    let languages = shop.languages.iter().map(|lang| (lang, &all[..]));
    let more = shop.more_languages.iter();
    let more = more.map(|lang| (lang, &[PageKind::Choices][..]));
    languages
        .chain(more)
        .flat_map(|(lang, kinds)| {
            let edition = edition(shop, lang);
            kinds.iter().map(move |kind| page(*kind, edition))
        })
        .collect()
}

fn page(kind: PageKind, edition: Edition) -> Page {
    Page {
        path: kind.file(edition),
        lang: edition.lang.to_owned(),
        title: kind.title(edition),
        description: kind.lead(edition).to_owned(),
        body: render(move || {
            let page = match kind {
                PageKind::Choices => view! { <ChoicesPage edition /> }.into_any(),
                PageKind::Services => view! { <ServicesPage edition /> }.into_any(),
                PageKind::OptOut => view! { <OptOutPage edition /> }.into_any(),
                PageKind::Cookies => view! { <CookiesPage edition /> }.into_any(),
                PageKind::History => view! { <HistoryPage edition /> }.into_any(),
                PageKind::Policy => view! { <PolicyPage edition /> }.into_any(),
                PageKind::Developers => view! { <DevelopersPage edition /> }.into_any(),
                PageKind::NotFound => view! { <NotFoundPage edition /> }.into_any(),
            };
            view! { <Frame edition kind>{page}</Frame> }.into_any()
        }),
        data: serde_json::to_string(&carried(edition)).expect("a shop is JSON"),
        words: serde_json::to_string(&edition.words.list()).expect("texts are JSON"),
    }
}

/// The shop as the app needs it: in one language, and without the texts that stand in the pages already.
fn carried(edition: Edition) -> Shop {
    let mut shop = edition.shop.clone();
    let keep = |text: &mut Text, source: &'static Text| {
        *text = Text(vec![(
            edition.lang.to_owned(),
            edition.text(source).to_owned(),
        )]);
    };
    shop.name = Text::default();
    shop.contact.operator = Text::default();
    shop.contact.desk = Text::default();
    keep(&mut shop.necessary.label, &edition.shop.necessary.label);
    keep(&mut shop.necessary.summary, &edition.shop.necessary.summary);
    for (purpose, source) in shop.purposes.iter_mut().zip(&edition.shop.purposes) {
        keep(&mut purpose.label, &source.label);
        keep(&mut purpose.summary, &source.summary);
        purpose.detail = Text::default();
    }
    for (opt_out, source) in shop.opt_outs.iter_mut().zip(&edition.shop.opt_outs) {
        keep(&mut opt_out.label, &source.label);
        opt_out.operator = Text::default();
        opt_out.note = None;
        opt_out.policy_url = None;
    }
    for (service, source) in shop.services.iter_mut().zip(&edition.shop.services) {
        keep(&mut service.label, &source.label);
    }
    shop
}

/// What `doui.js` shows, in `lang`, one element after the other: the banner, as somebody sees it who has not chosen;
/// the offer to load the page again; if the shop uses them, the model of a placeholder; and, if any service can be
/// refused alone, what services are called. The operator's own wording stands in the place of Doui's.
pub fn kit(shop: &Shop, lang: &str) -> String {
    let edition = edition(shop, lang);
    render(move || {
        let services = edition.shop.services.iter();
        let services = services.map(
            |Service {
                 id, purpose, label, ..
             }| {
                let within = edition.shop.purpose(purpose.as_str());
                let within = within.map_or("", |purpose| edition.text(&purpose.label));
                let name = edition.embed().service.replace("{purpose}", within);
                let name = name.replace("{service}", edition.text(label));
                view! { <li title=format!("{purpose}/{id}")>{name}</li> }
            },
        );
        let services = services.collect_view();
        let consent = Consent::untouched(edition);
        view! {
            <Banner edition consent on_close=Callback::new(|()| ()) />
            <ReloadOffer edition />
            {edition.shop.placeholders.then(|| view! { <Placeholder edition /> })}
            {edition.shop.has_choosable().then(|| view! { <ul>{services}</ul> })}
        }
        .into_any()
    })
}

/// A build renders a handful of editions and ends, so leaking them costs nothing.
fn edition(shop: &Shop, lang: &str) -> Edition {
    Edition::new(Box::leak(Box::new(shop.clone())), lang.to_owned().leak())
}

fn render(view: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| view().to_html())
}

#[cfg(test)]
mod tests {
    use doui_core::Shop;

    use super::pages;

    /// The opt-out page of a shop with every key.
    fn opt_out_page(change: impl FnOnce(&mut Shop)) -> String {
        let shop = Shop::from_json(include_str!("../tests/shops/full.json"));
        let mut shop = shop.expect("the shop is sound");
        change(&mut shop);
        let mut pages = pages(&shop).into_iter();
        let page = pages.find(|page| page.path == "opt-out/index.html");
        page.expect("there is an opt-out page").body
    }

    #[test]
    fn a_services_opt_out_page_has_a_notice_of_its_own() {
        let page = opt_out_page(|shop| shop.opt_outs.clear());
        for owed in [
            "オプトアウトの有無",
            "停止されるもの",
            "手続きの方法",
            "停止後に変わること",
            "送信される情報",
            "閲覧した商品",
            "送信先",
            "テスト書店",
            "利用目的",
            "広告の選択",
        ] {
            assert!(page.contains(owed), "{owed}: {page}");
        }
        // Nobody has said what objecting stops, how to do it, or what is limited afterwards.
        assert_eq!(page.matches("未確認").count(), 3, "{page}");
    }

    #[test]
    fn a_services_opt_out_page_that_the_shop_names_stands_once() {
        let page = opt_out_page(|_| ());
        let links = page.matches("href=\"https://shop.example/opt-out\"");
        assert_eq!(links.count(), 1, "{page}");
    }
}
