//! `/doui/opt-out`: the opt-out pages of others, what they stop, and the browser's own settings.

use doui_core::{
    Text,
    shop::{Need, OptOut},
};
use leptos::prelude::*;

use super::{
    PageKind,
    parts::{Away, Heading, stops, unknown},
};
use crate::{edition::Edition, ui::OptOutLink};

/// Reads the same for every visitor: nothing here depends on a choice.
#[component]
pub fn OptOutPage(edition: Edition) -> impl IntoView {
    let page = &edition.pages().page;
    let opt_outs = edition.shop.opt_outs.iter();
    let cards = opt_outs.map(|opt_out| view! { <Card edition opt_out /> });
    let services = edition.shop.services.iter();
    let services: Vec<_> = services
        .filter_map(|service| {
            let opt_out = service.opt_out.as_ref()?;
            let name = edition.text(&service.label).to_owned();
            let recipient = service.recipient.as_ref();
            let recipient = recipient.map(|fact| edition.text(&fact.value));
            Some(view! {
                <li>
                    <Away edition href=opt_out.value.clone() text=name />
                    <span class="quiet">
                        {page.run_by} {recipient.unwrap_or(edition.frame().unknown)}
                    </span>
                </li>
            })
        })
        .collect();
    view! {
        <Heading edition kind=PageKind::OptOut />
        <section aria-labelledby="limits">
            <h2 id="limits">{page.opt_out_limits_title}</h2>
            <ul class="prose">{page.opt_out_limits.map(|limit| view! { <li>{limit}</li> })}</ul>
        </section>
        <section aria-labelledby="opt-outs">
            <h2 id="opt-outs">{page.opt_out_title}</h2>
            <ul class="cards">{cards.collect_view()}</ul>
        </section>
        {(!services.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="services">
                        <h2 id="services">{page.services_opt_outs}</h2>
                        <ul class="services">{services}</ul>
                    </section>
                }
            })}
        <section aria-labelledby="browser">
            <h2 id="browser">{page.browser_title}</h2>
            <p>{page.browser_note}</p>
            <p>{page.browser_stops}</p>
        </section>
    }
}

/// The seven things that an opt-out notice owes, what the page needs, and its address now and as the shop's policy
/// prints it.
#[component]
fn Card(edition: Edition, opt_out: &'static OptOut) -> impl IntoView {
    let page = &edition.pages().page;
    let known = |text: Option<&'static Text>| {
        text.map_or_else(|| unknown(edition), |text| edition.text(text).into_any())
    };
    let rows = [
        (page.notice_exists, page.exists.into_any()),
        (page.notice_stops, stops(edition, opt_out).into_any()),
        (page.notice_how, known(opt_out.how.as_ref())),
        (page.notice_limits, known(opt_out.limits.as_ref())),
        (page.notice_sends, known(opt_out.sends.as_ref())),
        (page.notice_to, edition.text(&opt_out.operator).into_any()),
        (page.notice_why, known(opt_out.why.as_ref())),
    ];
    let rows = rows.map(|(name, value)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
            </tr>
        }
    });
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
    let printed = opt_out.policy_url.as_deref();
    view! {
        <li class="card">
            <h3>
                <OptOutLink edition opt_out />
            </h3>
            <p>{page.run_by}{edition.text(&opt_out.operator)}</p>
            <table class="facts">
                <tbody>{rows}</tbody>
            </table>
            {(!needs.is_empty())
                .then(|| view! { <p>{page.needs}</p><ul class="prose">{needs}</ul> })}
            {opt_out.note.as_ref().map(|note| view! { <p>{edition.text(note)}</p> })}
            <p class="quiet address">{page.current_address}{opt_out.url.as_str()}</p>
            {printed
                .map(|url| view! { <p class="quiet address">{page.policy_address}{url}</p> })}
        </li>
    }
}
