//! `/doui/services`: who gets what. The table that Japan's rule on external transmission asks for
//! (電気通信事業法 27条の12), published whether or not it applies.

use doui_core::sweep::Place;
use doui_shop::{Text, shop::Service};
use doui_ui::{Away, Search};
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Heading, Live, fact, facts, unknown};

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
    view! {
        <Heading edition kind=PageKind::Services />
        <p class="note">{page.services_voluntary}</p>
        <p>{page.services_unknown}" "{page.print}</p>
        {is_empty.then(|| view! { <p>{page.services_none}</p> })}
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
    }
}

/// What is known of one service, as a table of two columns.
#[component]
fn Facts(edition: PageEdition, service: &'static Service) -> impl IntoView {
    let page = &edition.pages().page;
    let id = service.id.as_str();
    let purpose = edition.shop.purpose(service.purpose.as_str());
    let text = |text: &'static Text| edition.text(text).into_any();
    let link = |address: &'static String| {
        view! { <Away edition=edition.live() href=address text=address /> }.into_any()
    };
    let use_here = service.use_here.as_ref();
    let use_here = use_here.or(purpose.map(|purpose| &purpose.summary));
    let rows = [
        (
            page.recipient,
            fact(edition, service.recipient.as_ref(), text),
        ),
        (page.country, fact(edition, service.country.as_ref(), text)),
        (page.sends, fact(edition, service.sends.as_ref(), text)),
        (
            page.use_here,
            use_here.map_or_else(|| unknown(edition), text),
        ),
        (
            page.recipient_use,
            fact(edition, service.recipient_use.as_ref(), text),
        ),
        (
            page.retention,
            fact(edition, service.retention.as_ref(), text),
        ),
        (
            page.objection,
            fact(edition, service.opt_out.as_ref(), link),
        ),
        (
            page.recipient_policy,
            fact(edition, service.policy.as_ref(), link),
        ),
        (
            page.hosts,
            fact(edition, service.hosts.as_ref(), |hosts| {
                hosts.join(", ").into_any()
            }),
        ),
        (
            page.kept_here,
            view! { <Left edition service /> }.into_any(),
        ),
    ];
    view! {
        <section class="card" id=id data-purpose=service.purpose.as_str() aria-labelledby=format!("{id}-name")>
            <h2 id=format!("{id}-name")>
                <a href=format!("#{id}") rel="external">{edition.text(&service.label)}</a>
            </h2>
            <p>{purpose.map(|purpose| edition.text(&purpose.label))}</p>
            {facts(rows)}
        </section>
    }
}

/// The cookies and storage keys of a service, with how long they stay.
#[component]
fn Left(edition: PageEdition, service: &'static Service) -> impl IntoView {
    let page = &edition.pages().page;
    let of = |place| match place {
        Place::Cookies => &service.cookies,
        Place::Storage => &service.storage,
    };
    let all = of(Place::Cookies).iter().chain(of(Place::Storage));
    let items: Vec<_> = all
        .map(|declared| {
            let days = match declared.days {
                Some(0) => page.session.into_any(),
                Some(days) => format!("{days}{}", page.days).into_any(),
                None => unknown(edition),
            };
            view! { <li><code>{declared.name.as_str()}</code>" "{days}</li> }
        })
        .collect();
    if items.is_empty() {
        unknown(edition)
    } else {
        view! { <ul>{items}</ul> }.into_any()
    }
}
