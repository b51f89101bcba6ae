//! `/doui/opt-out`: the opt-out pages of others, what they stop, and the browser's own settings.

use doui_shop::shop::{Fact, Need, OptOut, Service, Text};
use doui_ui::Away;
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Heading, facts, stops, unknown};

/// Reads the same for every visitor: nothing here depends on a choice.
#[component]
pub fn OptOutPage(edition: PageEdition) -> impl IntoView {
    let page = &edition.pages().page;
    let opt_outs = edition.shop.opt_outs.iter();
    let cards = opt_outs.map(|opt_out| view! { <Card edition opt_out /> });
    // A service whose page is among them has its notice there.
    let services = edition.shop.services.iter();
    let services: Vec<_> = services
        .filter_map(|service| {
            let page = service.opt_out.as_ref()?;
            let mut opt_outs = edition.shop.opt_outs.iter();
            let is_above = opt_outs.any(|opt_out| opt_out.url == page.value);
            (!is_above).then(|| view! { <ServiceCard edition service address=&page.value /> })
        })
        .collect();
    let help = page.browser_help.iter().map(|(name, href)| {
        view! {
            <li>
                <Away edition=edition.live() href=*href text=*name />
            </li>
        }
    });
    view! {
        <Heading edition kind=PageKind::OptOut />
        <section aria-labelledby="limits">
            <h2 id="limits">{page.opt_out_limits_title}</h2>
            <ul class="prose">{page.opt_out_limits.map(|limit| view! { <li>{limit}</li> })}</ul>
        </section>
        <section aria-labelledby="opt-outs">
            <h2 id="opt-outs">{page.opt_out_pages}</h2>
            <ul class="cards">{cards.collect_view()}</ul>
        </section>
        {(!services.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="services">
                        <h2 id="services">{page.services_opt_outs}</h2>
                        <ul class="cards">{services}</ul>
                    </section>
                }
            })}
        <section aria-labelledby="browser">
            <h2 id="browser">{page.browser_title}</h2>
            <p>{page.browser_note}</p>
            <p>{page.browser_stops}</p>
            <ul class="links">{help.collect_view()}</ul>
        </section>
    }
}

/// An opt-out page that the shop names: its notice, what it needs, and its address now and as the shop's policy prints it.
#[component]
fn Card(edition: PageEdition, opt_out: &'static OptOut) -> impl IntoView {
    let page = &edition.pages().page;
    let known = |text: Option<&'static Text>| known(edition, text);
    let needs: Vec<_> = opt_out
        .needs
        .iter()
        .map(|need| {
            let need = match need {
                Need::ThirdPartyCookies => page.needs_third_party,
                Need::ThisBrowser => page.needs_this_browser,
                Need::English => page.needs_english,
            };
            view! { <li>{need}</li> }
        })
        .collect();
    let run_by = edition.frame().run_by;
    let run_by = run_by.replace("{operator}", edition.text(&opt_out.operator));
    // Side by side only where they differ.
    let printed = opt_out.policy_url.as_deref();
    let printed = printed.filter(|printed| *printed != opt_out.url);
    let address = |text: &str, address: &str| text.replace("{address}", address);
    view! {
        <li class="card">
            <h3>
                <Away edition=edition.live() href=&opt_out.url text=edition.text(&opt_out.label) />
            </h3>
            <p>{run_by}</p>
            <Notice
                edition
                stops=stops(edition, opt_out).into_any()
                how=known(opt_out.how.as_ref())
                limits=known(opt_out.limits.as_ref())
                sends=known(opt_out.sends.as_ref())
                to=edition
                    .text(opt_out.recipient.as_ref().unwrap_or(&opt_out.operator))
                    .into_any()
                why=known(opt_out.why.as_ref())
            />
            {(!needs.is_empty())
                .then(|| view! { <p>{page.needs}</p><ul class="prose">{needs}</ul> })}
            {opt_out.note.as_ref().map(|note| view! { <p>{edition.text(note)}</p> })}
            {printed
                .map(|url| {
                    view! {
                        <p class="quiet address">{address(page.current_address, &opt_out.url)}</p>
                        <p class="quiet address">{address(page.policy_address, url)}</p>
                    }
                })}
        </li>
    }
}

/// The opt-out page of a service, with what is known of the service itself.
#[component]
fn ServiceCard(
    edition: PageEdition,
    service: &'static Service,
    address: &'static str,
) -> impl IntoView {
    let told = |fact: Option<&'static Fact<Text>>| known(edition, fact.map(|fact| &fact.value));
    view! {
        <li class="card">
            <h3>
                <Away edition=edition.live() href=address text=edition.text(&service.label) />
            </h3>
            <Notice
                edition
                stops=unknown(edition)
                how=unknown(edition)
                limits=unknown(edition)
                sends=told(service.sends.as_ref())
                to=told(service.recipient())
                why=told(service.recipient_use.as_ref())
            />
        </li>
    }
}

/// The seven things that an opt-out notice owes. The first is that there is one.
#[component]
fn Notice(
    edition: PageEdition,
    /// Whether objecting stops the use of what is sent, or the sending.
    stops: AnyView,
    /// How to object.
    how: AnyView,
    /// What the visitor then does without.
    limits: AnyView,
    /// What is sent.
    sends: AnyView,
    /// To whom.
    to: AnyView,
    /// What the recipient uses it for.
    why: AnyView,
) -> impl IntoView {
    let page = &edition.pages().page;
    let rows = [
        (page.notice_exists, page.exists.into_any()),
        (page.notice_stops, stops),
        (page.notice_how, how),
        (page.notice_limits, limits),
        (page.notice_sends, sends),
        (page.notice_to, to),
        (page.notice_why, why),
    ];
    facts(rows)
}

/// A text of the shop's, or that it is unknown.
fn known(edition: PageEdition, text: Option<&'static Text>) -> AnyView {
    text.map_or_else(|| unknown(edition), |text| edition.text(text).into_any())
}
