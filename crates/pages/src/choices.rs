//! `/doui/`: the choices themselves, and what lies behind each.

use doui_shop::shop::{Purpose, Service};
use doui_ui::{Away, Choices, Consent, slot};
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Counts, Heading, Live, said, said_on_pages, stops};

/// A switch for each purpose, what was chosen and until when, the way back, and the opt-out pages.
#[component]
pub fn ChoicesPage(edition: PageEdition) -> impl IntoView {
    let words = edition.words;
    let consent = Consent::untouched(edition.live());
    let below = move |purpose| view! { <Below edition purpose /> };
    let frame = edition.frame();
    // Where they all stop the same, it is said once.
    let note = edition.opt_outs_note();
    let other = edition.pages_language();
    let opt_outs = edition.shop.opt_outs.iter();
    let cards = opt_outs.map(|opt_out| {
        view! {
            <li class="card">
                <h3>
                    <Away edition=edition.live() href=&opt_out.url text=edition.text(&opt_out.label) />
                </h3>
                {gap(frame.run_by, said_on_pages(edition, &opt_out.operator))}
                {note
                    .is_none()
                    .then(|| gap(frame.stops, stops(edition, opt_out).into_any()))}
            </li>
        }
    });
    view! {
        <Heading edition kind=PageKind::Choices />
        <noscript>
            <p class="note">{edition.frame().needs_script}</p>
        </noscript>
        <Live kind="choices">
            <Choices edition=edition.live() consent below />
        </Live>
        <section aria-labelledby="opt-outs">
            <h2 id="opt-outs">{words.opt_outs_title}</h2>
            {note.map(|note| view! { <p>{note}</p> })}
            <ul class="cards">{cards.collect_view()}</ul>
            <p>
                <a href=PageKind::OptOut.href(edition) hreflang=other>
                    {frame.opt_out_link}
                </a>
            </p>
        </section>
        // Of a further language there is no page of services, which says it otherwise.
        {other.map(|_| view! { <Counts edition /> })}
    }
}

/// What never changes below the row of a purpose, or of what is necessary. The app moves it over as it stands, by its id.
#[component]
fn Below(edition: PageEdition, purpose: Option<&'static str>) -> impl IntoView {
    let about = match purpose.and_then(|id| edition.shop.purpose(id)) {
        Some(purpose) => view! { <About edition purpose /> }.into_any(),
        None => view! { <p class="quiet">{edition.frame().necessary_first}</p> }.into_any(),
    };
    view! { <div class="kept" id=slot(purpose)>{about}</div> }
}

/// What a purpose does, an example of what changes when it is off, and the services in it.
#[component]
fn About(edition: PageEdition, purpose: &'static Purpose) -> impl IntoView {
    let words = edition.frame();
    let services = edition.shop.services.iter();
    let services = services.filter(|service| service.purpose == purpose.id);
    let services: Vec<_> = services.collect();
    view! {
        <div>
            <p class="quiet">{said(edition, &purpose.detail)}</p>
            {purpose
                .example
                .as_ref()
                .map(|example| {
                    view! { <p class="quiet"><b>{words.example}</b>{said(edition, example)}</p> }
                })}
        </div>
        {(!services.is_empty())
            .then(|| {
                view! {
                    <div>
                        <h4>{filled(words.services_here, said(edition, &purpose.label))}</h4>
                        <ul class="services">
                            {services
                                .into_iter()
                                .map(|service| view! { <li><InShort edition service /></li> })
                                .collect_view()}
                        </ul>
                    </div>
                }
            })}
    }
}

/// What a service sends to whom, in a line, with the way to all that is known of it.
#[component]
fn InShort(edition: PageEdition, service: &'static Service) -> impl IntoView {
    let words = edition.frame();
    let recipient = match service.recipient() {
        Some(fact) => said_on_pages(edition, &fact.value),
        None if service.is_own() => words.sent_to_nobody.into_any(),
        None => words.unknown.into_any(),
    };
    let sends = service.sends.as_ref();
    let sends = sends.map(|fact| gap(words.sent, said_on_pages(edition, &fact.value)));
    let address = PageKind::Services.href(edition);
    view! {
        <a href=format!("{address}#{}", service.id.as_str())>{said(edition, &service.label)}</a>
        {gap(words.sent_to, recipient)}
        {sends}
    }
}

/// A sentence with something in its gap.
fn gap(text: &'static str, is: AnyView) -> impl IntoView {
    view! { <p class="quiet">{filled(text, is)}</p> }
}

/// A text with something in its gap, such as `{sends}`.
fn filled(text: &'static str, is: AnyView) -> impl IntoView {
    let (before, rest) = text.split_once('{').unwrap_or((text, ""));
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    view! { {before}{is}{after} }
}
