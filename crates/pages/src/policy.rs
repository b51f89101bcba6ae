//! `/doui/policy`: the shop's cookie policy, made from its shop file.

use doui_core::terms::BeforeAnswer;
use doui_shop::shop::Purpose;
use doui_ui::Away;
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::Heading;

/// Uses, purposes, opt-outs, affiliate notice, and the revisions. Whom to ask is in the frame.
#[component]
pub fn PolicyPage(edition: PageEdition) -> impl IntoView {
    let page = &edition.pages().page;
    let shop = edition.shop;
    let necessary = &shop.necessary;
    let purposes = shop.purposes.iter();
    let purposes = purposes.map(|purpose| view! { <Use edition purpose /> });
    let opt_outs = shop.opt_outs.iter();
    let opt_outs = opt_outs.map(|it| {
        view! { <li><Away edition=edition.live() href=&it.url text=edition.text(&it.label) /></li> }
    });
    let heeded = edition.list(|purpose| purpose.gpc);
    let has_affiliate = shop.purpose("affiliate").is_some();
    let revisions: Vec<_> = shop
        .revisions
        .iter()
        .map(|revision| {
            let is_current = revision.date == shop.revision;
            view! {
                <li>
                    <time datetime=revision.date.iso()>{revision.date.iso()}</time>
                    " " {edition.text(&revision.note)}
                    {is_current.then(|| view! { " "<span class="quiet">{page.policy_in_force}</span> })}
                </li>
            }
        })
        .collect();
    view! {
        <Heading edition kind=PageKind::Policy />
        <section aria-labelledby="uses">
            <h2 id="uses">{page.policy_uses}</h2>
            <p>{page.policy_uses_text}</p>
        </section>
        <section aria-labelledby="purposes">
            <h2 id="purposes">{page.policy_purposes}</h2>
            <h3>{edition.text(&necessary.label)}" "<span class="quiet">{edition.words.always_on}</span></h3>
            <p>{edition.text(&necessary.summary)}</p>
            {purposes.collect_view()}
            <p>{page.policy_valid_before}{shop.valid_days}{page.policy_valid_after}</p>
            {(!heeded.is_empty())
                .then(|| view! { <p>{page.policy_signal}{heeded}</p> })}
            <p>
                <a href=PageKind::Services.href(edition)>{edition.frame().more_on_services}</a>
            </p>
        </section>
        {has_affiliate
            .then(|| {
                view! {
                    <section aria-labelledby="affiliate">
                        <h2 id="affiliate">{page.policy_affiliate}</h2>
                        <p>{page.policy_affiliate_text}</p>
                    </section>
                }
            })}
        <section aria-labelledby="opt-outs">
            <h2 id="opt-outs">{page.policy_opt_outs}</h2>
            <p>
                <a href=PageKind::Choices.href(edition)>{PageKind::Choices.name(edition)}</a>
            </p>
            <ul class="links">{opt_outs.collect_view()}</ul>
            <p>
                <a href=PageKind::OptOut.href(edition)>{page.opt_out_limits_title}</a>
            </p>
        </section>
        <section aria-labelledby="own">
            <h2 id="own">{page.policy_own}</h2>
            <p>{edition.naming_cookie(page.policy_own_text)}</p>
        </section>
        <section aria-labelledby="revisions">
            <h2 id="revisions">{page.policy_revisions}</h2>
            {if revisions.is_empty() {
                view! { <p>{page.policy_in_force}" "{shop.revision.iso()}</p> }.into_any()
            } else {
                view! { <ul class="prose">{revisions}</ul> }.into_any()
            }}
        </section>
    }
}

/// What one purpose is for.
#[component]
fn Use(edition: PageEdition, purpose: &'static Purpose) -> impl IntoView {
    let page = &edition.pages().page;
    let before = match purpose.before {
        BeforeAnswer::Denied => page.policy_before_denied,
        BeforeAnswer::Granted => page.policy_before_granted,
    };
    view! {
        <h3>{edition.text(&purpose.label)}</h3>
        <p>{edition.text(&purpose.detail)}</p>
        <p class="quiet">{before}</p>
    }
}
