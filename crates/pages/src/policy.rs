//! `/doui/policy`: the shop's cookie policy, made from its shop file.

use doui_core::terms::BeforeAnswer;
use doui_shop::shop::Purpose;
use doui_ui::Away;
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Contents, Counts, Heading};

/// Uses, purposes, affiliate notice, opt-outs, what recipients oblige to say, and the revisions. Whom to ask is in the frame.
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
    let heeded = edition.purpose_labels(&|purpose| purpose.gpc);
    let heeded = edition.words.quoted(&heeded);
    let is_denied = |purpose: &Purpose| purpose.before == BeforeAnswer::Denied;
    let has_denied = shop.purposes.iter().any(is_denied);
    let services = shop.services.iter();
    let statements: Vec<_> = services
        .filter_map(|service| {
            let statement = &service.statement.as_ref()?.value;
            Some(view! { <li>{edition.text(statement)}</li> })
        })
        .collect();
    let by = page
        .policy_by
        .replace("{operator}", edition.text(&shop.contact.operator));
    let by = by.replace("{date}", &edition.date(shop.revision));
    let policy = shop.contact.policy.as_deref();
    let policy = policy
        .map(|policy| view! { <p><a href=policy rel="external">{edition.words.policy}</a></p> });
    let has_affiliate = shop.purpose("affiliate").is_some();
    let revisions: Vec<_> = shop
        .revisions
        .iter()
        .map(|revision| {
            let is_current = revision.date == shop.revision;
            view! {
                <li>
                    <time datetime=revision.date.iso()>{edition.date(revision.date)}</time>
                    {is_current.then(|| view! { <span class="quiet">{page.policy_in_force}</span> })}
                    <br />
                    {edition.text(&revision.note)}
                </li>
            }
        })
        .collect();
    let parts = [
        ("uses", page.policy_uses, true),
        ("purposes", page.policy_purposes, true),
        ("affiliate", page.policy_affiliate, has_affiliate),
        ("opt-outs", page.policy_opt_outs, true),
        ("statements", page.policy_statements, !statements.is_empty()),
        ("own", page.policy_own, true),
        ("revisions", page.policy_revisions, true),
    ];
    let parts = parts.into_iter().filter(|(_, _, is_there)| *is_there);
    let parts = parts.map(|(id, name, _)| (id.to_owned(), name)).collect();
    view! {
        <Heading edition kind=PageKind::Policy />
        <p class="quiet">{by}</p>
        {policy}
        <Contents edition parts />
        <section aria-labelledby="uses">
            <h2 id="uses">{page.policy_uses}</h2>
            <p>{page.policy_uses_text}</p>
        </section>
        <section aria-labelledby="purposes">
            <h2 id="purposes">{page.policy_purposes}</h2>
            <h3>{edition.text(&necessary.label)}" "<span class="quiet">{edition.words.always_on}</span></h3>
            <p>{edition.text(&necessary.summary)}</p>
            {has_denied.then(|| view! { <p>{page.policy_before_denied}</p> })}
            {purposes.collect_view()}
            <p>{page.policy_valid.replace("{days}", &shop.valid_days.to_string())}</p>
            {(!heeded.is_empty())
                .then(|| view! { <p>{page.policy_signal.replace("{list}", &heeded)}</p> })}
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
            <p>{page.policy_opt_outs_text}</p>
            <p>
                <a href=PageKind::Choices.href(edition)>{page.policy_change}</a>
            </p>
            <ul class="links">{opt_outs.collect_view()}</ul>
            <p>
                <a href=PageKind::OptOut.href(edition)>{edition.frame().opt_out_link}</a>
            </p>
        </section>
        {(!statements.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="statements">
                        <h2 id="statements">{page.policy_statements}</h2>
                        <ul class="prose">{statements}</ul>
                    </section>
                }
            })}
        <section aria-labelledby="own">
            <h2 id="own">{page.policy_own}</h2>
            <p>{edition.naming_cookie(page.policy_own_text)}</p>
        </section>
        <Counts edition />
        <section aria-labelledby="revisions">
            <h2 id="revisions">{page.policy_revisions}</h2>
            {if revisions.is_empty() {
                view! { <p>{edition.date(shop.revision)}{page.policy_in_force}</p> }.into_any()
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
    let is_granted = purpose.before == BeforeAnswer::Granted;
    view! {
        <h3>{edition.text(&purpose.label)}</h3>
        <p>{edition.text(&purpose.detail)}</p>
        {is_granted.then(|| view! { <p class="quiet">{page.policy_before_granted}</p> })}
    }
}
