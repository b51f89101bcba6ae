//! The components as HTML.

use doui_shop::Shop;
use doui_ui::{Banner, Carried, Consent};
use leptos::prelude::*;

use crate::{
    choices::ChoicesPage, cookies::CookiesPage, developers::DevelopersPage, edition::PageEdition,
    frame::Frame, history::HistoryPage, kind::PageKind, news::News, not_found::NotFoundPage,
    opt_out::OptOutPage, placeholder::Placeholder, policy::PolicyPage, reload_offer::ReloadOffer,
    services::ServicesPage, way_back::WayBack,
};

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
    /// What the link says that skips to the heading, as text.
    pub skip: String,
    /// The HTML for the element `#app`.
    pub body: String,
    /// What the live parts need to know of the shop, as JSON.
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

fn page(kind: PageKind, edition: PageEdition) -> Page {
    Page {
        path: kind.file(edition),
        lang: edition.lang.to_owned(),
        title: kind.title(edition),
        description: kind.lead(edition).to_owned(),
        skip: edition.frame().skip.to_owned(),
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
        data: serde_json::to_string(&carried(edition)).expect("it is plain data"),
        words: serde_json::to_string(&edition.words.list()).expect("texts are JSON"),
    }
}

/// What the live parts need, in the page's language.
fn carried(edition: PageEdition) -> Carried {
    Carried {
        terms: edition.terms.clone(),
        labels: edition.labels.clone(),
    }
}

/// What `doui.js` shows, in `lang`, one element after the other: the banner, as somebody sees it who has not chosen;
/// the offer to load the page again; if the shop uses them, the model of a placeholder and the button that leads back; and,
/// if any service can be refused alone, what services are called. The operator's own wording stands in the place of Doui's.
pub fn kit(shop: &Shop, lang: &str) -> String {
    let edition = edition(shop, lang);
    render(move || {
        let services = edition.services().map(|(service, label)| {
            let within = edition.label(&service.purpose).unwrap_or_default();
            let name = edition.embed().service.replace("{purpose}", within);
            let name = name.replace("{service}", label);
            view! { <li>{name} <b title=format!("{}/{}", service.purpose, service.id) /></li> }
        });
        let services = services.collect_view();
        let consent = Consent::untouched(edition.live());
        view! {
            <Banner
                edition=edition.live()
                consent
                below=move |id| services_below(edition, id)
                on_close=Callback::new(|()| ())
            />
            <ReloadOffer edition />
            <News edition />
            {edition.shop.placeholders.then(|| view! { <Placeholder edition /> })}
            {edition.shop.button.map(|corner| view! { <WayBack edition corner /> })}
            {edition.terms.has_choosable().then(|| view! { <ul>{services}</ul> })}
        }
        .into_any()
    })
}

/// The switches of the services that can be refused alone, where there is no centre to refuse them in.
fn services_below(edition: PageEdition, purpose: &'static str) -> impl IntoView {
    let services = edition.services();
    let services = services.filter(|(service, _)| {
        !edition.shop.centre && service.choosable && service.purpose == *purpose
    });
    let rows = services.map(|(service, label)| {
        view! {
            <label class="row-name">
                {label} <input type="checkbox" role="switch" name=format!("{purpose}/{}", service.id) />
            </label>
        }
    });
    rows.collect_view()
}

/// A build renders a handful of editions and ends, so leaking them costs nothing.
fn edition(shop: &Shop, lang: &str) -> PageEdition {
    PageEdition::new(Box::leak(Box::new(shop.clone())), lang.to_owned().leak())
}

fn render(view: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| view().to_html())
}

#[cfg(test)]
mod tests {
    use doui_shop::Shop;

    use super::pages;

    /// The opt-out page of a shop with every key.
    fn opt_out_page(change: impl FnOnce(&mut Shop)) -> String {
        let shop = Shop::from_json(include_str!("../../../tests/shops/full.json"));
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

    /// The page took ids apart and stripped each `more-` from their front, so of `more-info` it said what is true of what is
    /// strictly necessary: that nothing is sent to other companies.
    #[test]
    fn a_purpose_named_more_was_described_as_strictly_necessary() {
        let shop = Shop::from_json(include_str!("../../../tests/shops/four.json"));
        let mut shop = shop.expect("the shop is sound");
        shop.purposes[1].id = doui_core::Id::new("more-more-info").expect("it is an id");
        let detail = shop.purposes[1].detail.get("ja", "ja").to_owned();
        let mut pages = pages(&shop).into_iter();
        let page = pages.find(|page| page.path == "index.html");
        let page = page.expect("there are choices").body;
        let (_, slot) = page
            .split_once("id=\"more-more-more-info\"")
            .expect("the purpose has its slot");
        let (slot, _) = slot.split_once("</div>").expect("the slot ends");
        assert!(slot.contains(&detail), "{slot}");
    }
}
