//! `/doui/services`: who receives what. The table that Japan's rule on external transmission asks for
//! (電気通信事業法 27条の12), published whether or not it applies.

use doui_shop::{
    Text,
    shop::{Fact, Service},
};
use doui_ui::{Away, Search};
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Contents, Counts, Heading, Live, fact, facts, unknown};

/// Every service with its facts, each with its source; what is unknown says so.
#[component]
pub fn ServicesPage(edition: PageEdition) -> impl IntoView {
    let pages = edition.pages();
    let page = &pages.page;
    let words = pages.search.list();
    let services = edition.shop.services.iter();
    let services: Vec<_> = services
        .map(|service| view! { <Facts edition service /> })
        .collect();
    let is_empty = services.is_empty();
    let parts = edition.shop.services.iter();
    let parts = parts.map(|service| (service.id.as_str().to_owned(), edition.text(&service.label)));
    let parts: Vec<_> = parts.collect();
    view! {
        <Heading edition kind=PageKind::Services />
        <p class="note">{page.services_voluntary}</p>
        <p>{page.services_unknown}</p>
        <p>{page.names_vary}</p>
        <p>{page.print}</p>
        {if is_empty {
            view! { <p>{page.services_none}</p> }.into_any()
        } else {
            view! { <Contents edition parts /> }.into_any()
        }}
        <Live kind="search" words>
            <Search
                edition=edition.live()
                words=pages.search
                wanted=RwSignal::default()
                purpose=RwSignal::default()
                found=RwSignal::new(pages.search.found(edition.shop.services.len()))
            />
        </Live>
        <div class="cards">{services}</div>
        <Counts edition />
    }
}

/// What is known of one service, as a table of two columns. Of the shop's own, what is not said does not show: there is
/// nobody else to know of.
#[component]
fn Facts(edition: PageEdition, service: &'static Service) -> impl IntoView {
    let page = &edition.pages().page;
    let id = service.id.as_str();
    let purpose = edition.shop.purpose(service.purpose.as_str());
    let text = |text: &'static Text| edition.text(text).into_any();
    let row = |name, known: &'static Option<Fact<Text>>| {
        let is_shown = known.is_some() || !service.is_own();
        is_shown.then(|| (name, fact(edition, known.as_ref(), text)))
    };
    let link = |name, known: &'static Option<Fact<String>>, says: &'static str| {
        let is_shown = known.is_some() || !service.is_own();
        let link = move |address: &'static String| {
            view! {
                <Away edition=edition.live() href=address text=says />
                <span class="printed">" " {address.as_str()}</span>
            }
            .into_any()
        };
        is_shown.then(|| (name, fact(edition, known.as_ref(), link)))
    };
    let recipient = if service.is_own() {
        edition.frame().sent_to_nobody.into_any()
    } else {
        fact(edition, service.recipient(), text)
    };
    let use_here = service.use_here.as_ref();
    let use_here = use_here.or(purpose.map(|purpose| &purpose.summary));
    let hosts = service.hosts.as_ref().map(|hosts| {
        let hosts = fact(edition, Some(hosts), |hosts| {
            let hosts: Vec<_> = hosts.iter().map(String::as_str).collect();
            edition.words.listed(&hosts).into_any()
        });
        (page.hosts, hosts)
    });
    let statement = service.statement.as_ref();
    let statement = statement.map(|known| (page.statement, fact(edition, Some(known), text)));
    let rows = [
        Some((page.recipient, recipient)),
        row(page.recipient_country, &service.recipient_country),
        row(page.storage_location, &service.storage_location),
        row(page.sends, &service.sends),
        Some((
            page.use_here,
            use_here.map_or_else(|| unknown(edition), text),
        )),
        row(page.recipient_use, &service.recipient_use),
        row(page.retention, &service.retention),
        link(page.objection, &service.opt_out, page.to_opt_out),
        link(page.recipient_policy, &service.policy, page.to_policy),
        hosts,
        left(edition, service).map(|left| (page.kept_here, left)),
        statement,
    ];
    view! {
        <section class="card" id=id data-purpose=service.purpose.as_str() aria-labelledby=format!("{id}-name")>
            <h2 id=format!("{id}-name")>
                <a href=format!("#{id}") rel="external">{edition.text(&service.label)}</a>
            </h2>
            <p>{purpose.map(|purpose| edition.text(&purpose.label))}</p>
            {facts(rows.into_iter().flatten())}
        </section>
    }
}

/// The cookies and storage keys of a service, with how long they stay. Of a stranger's without any, that is unknown.
fn left(edition: PageEdition, service: &'static Service) -> Option<AnyView> {
    let page = &edition.pages().page;
    let cookies = service.cookies.iter().map(|cookie| (cookie, true));
    // What a storage keeps has no end.
    let storage = service.storage.iter().map(|key| (key, false));
    let items: Vec<_> = cookies
        .chain(storage)
        .map(|(declared, has_end)| {
            let text = match declared.days {
                Some(0) => page.kept_session,
                Some(_) => page.kept_days,
                None if has_end => page.kept_unknown,
                None => page.kept_storage,
            };
            let days = declared.days.unwrap_or_default().to_string();
            let text = text.replace("{days}", &days);
            let (before, after) = text.split_once("{name}").unwrap_or_default();
            let (before, after) = (before.to_owned(), after.to_owned());
            view! { <li>{before}<code>{declared.name.as_str()}</code>{after}</li> }
        })
        .collect();
    if items.is_empty() {
        return (!service.is_own()).then(|| unknown(edition));
    }
    Some(view! { <ul>{items}</ul> }.into_any())
}
