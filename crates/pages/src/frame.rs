//! What is around every page: the way to the text, the shop's name, the pages, the languages, whom to ask.

use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::said;

/// A page within its frame.
#[component]
pub fn Frame(edition: PageEdition, kind: PageKind, children: Children) -> impl IntoView {
    let words = edition.frame();
    let contact = &edition.shop.contact;
    let default = edition.shop.default_language();
    let languages = edition.others().map(|(lang, name)| {
        // A language without this page has the choices, and does not count as another language of this page.
        let has_page = kind.is_in(edition, lang);
        let there = if has_page { kind } else { PageKind::Choices };
        let address = there.address(edition, lang);
        // The default language has no address of its own, so a visitor who asks for it says so.
        let address = if lang == default {
            format!("{address}?lang={lang}")
        } else {
            address
        };
        view! {
            <a class=has_page.then_some("language") href=address lang=lang hreflang=lang rel="external">
                {name}
            </a>
        }
    });
    let other = edition.pages_language();
    let names = edition.pages().page.links;
    let links = PageKind::LINKED
        .into_iter()
        .zip(names)
        .map(|(linked, name)| {
            view! {
                <a
                    href=linked.href(edition)
                    aria-current=(linked == kind).then_some("page")
                    lang=other
                    hreflang=other
                >
                    {name}
                </a>
            }
        });
    view! {
        <header class="top">
            <a class="shop-name" href="/" rel="external">
                {edition.text(&edition.shop.name)}
            </a>
            <span class="languages">{languages.collect_view()}</span>
            {edition.rest_note().map(|note| view! { <span class="quiet rest">{note}</span> })}
            <nav aria-label=words.nav>{links.collect_view()}</nav>
        </header>
        <main>{children()}</main>
        <footer class="bottom">
            <h2>{words.contact}</h2>
            <p>{said(edition, &contact.operator)}<br />{said(edition, &contact.desk)}</p>
            {contact
                .phone
                .as_deref()
                .map(|phone| {
                    view! {
                        <p>
                            {words.phone}<a href=format!("tel:{phone}")>{phone}</a>
                        </p>
                    }
                })}
            {contact
                .email
                .as_deref()
                .map(|email| {
                    view! {
                        <p>
                            {words.email}<a href=format!("mailto:{email}")>{email}</a>
                        </p>
                    }
                })}
            {contact
                .form
                .as_deref()
                .map(|form| {
                    view! {
                        <p>
                            <a href=form rel="external">
                                {words.form}
                            </a>
                        </p>
                    }
                })}
            {contact
                .policy
                .as_deref()
                .map(|policy| {
                    view! {
                        <p>
                            <a href=policy rel="external">
                                {edition.words.policy}
                            </a>
                        </p>
                    }
                })}
            <p>
                <a href="/" rel="external">
                    {words.back_to_shop}
                </a>
            </p>
        </footer>
    }
}
