//! What several pages are made of.

use doui_shop::shop::{Fact, OptOut, Stops, Text};
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;

/// The heading of a page, which takes the focus of somebody who comes from another, and its first sentence.
#[component]
pub fn Heading(edition: PageEdition, kind: PageKind) -> impl IntoView {
    view! {
        <h1 id="heading" tabindex="-1">
            {kind.name(edition)}
        </h1>
        <p class="lead">{kind.lead(edition)}</p>
    }
}

/// The way to the parts of a long page: the id and the name of each.
#[component]
pub fn Contents(edition: PageEdition, parts: Vec<(String, &'static str)>) -> impl IntoView {
    let title = edition.pages().page.contents;
    let parts = parts.into_iter().map(|(id, name)| {
        view! {
            <li>
                <a href=format!("#{id}") rel="external">{name}</a>
            </li>
        }
    });
    view! {
        <div class="contents" role="navigation" aria-labelledby="contents">
            <h2 id="contents">{title}</h2>
            <ul>{parts.collect_view()}</ul>
        </div>
    }
}

/// A part of a page that becomes live, with the words that it then needs. Until then it shows its children.
#[component]
pub fn Live(
    /// Which part: the name that `src/live` knows it by.
    kind: &'static str,
    #[prop(optional)] words: Vec<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let words = serde_json::to_string(&words).expect("texts are JSON");
    view! {
        <div data-doui-live=kind data-doui-words=words>
            {children.map(|children| children())}
        </div>
    }
}

/// That the shop counts how its visitors answer, and what of that is sent; nothing where it does not.
#[component]
pub fn Counts(edition: PageEdition) -> impl IntoView {
    let words = edition.frame();
    let report = edition.shop.report.as_ref();
    report.map(|report| {
        view! {
            <section aria-labelledby="counts">
                <h2 id="counts">{words.counts_title}</h2>
                <p>{words.counts}</p>
                {report.gpc.then(|| view! { <p>{words.counts_signal}</p> })}
            </section>
        }
    })
}

/// One of the shop's texts; where it is missing in the page's language, it says which one it is in (WCAG 3.1.2).
pub fn said(edition: PageEdition, text: &'static Text) -> AnyView {
    let is_missing = text.0.iter().all(|(lang, _)| lang != edition.lang);
    let said = edition.text(text);
    if is_missing {
        view! { <span lang=edition.shop.default_language()>{said}</span> }.into_any()
    } else {
        said.into_any()
    }
}

/// Likewise of a text for the pages that a further language does not have: it is read in their language.
pub fn said_on_pages(edition: PageEdition, text: &'static Text) -> AnyView {
    let other = edition.rest_language();
    let is_missing = |lang: &str| text.0.iter().all(|(known, _)| known != lang);
    if is_missing(edition.lang) && !is_missing(other) {
        view! { <span lang=other>{text.get(other, other)}</span> }.into_any()
    } else {
        said(edition, text)
    }
}

/// What an opt-out page stops.
pub fn stops(edition: PageEdition, opt_out: &OptOut) -> &'static str {
    let words = edition.frame();
    match opt_out.stops {
        Stops::Use => words.stops_use,
        Stops::Sending => words.stops_sending,
    }
}

/// What stands for a fact that nobody has confirmed.
pub fn unknown(edition: PageEdition) -> AnyView {
    view! { <strong class="unknown">{edition.frame().unknown}</strong> }.into_any()
}

/// A fact as `show` shows it, with who says so and since when; or that it is unknown.
pub fn fact<T>(
    edition: PageEdition,
    fact: Option<&'static Fact<T>>,
    show: impl FnOnce(&'static T) -> AnyView,
) -> AnyView {
    let Some(fact) = fact else {
        return unknown(edition);
    };
    let page = &edition.pages().page;
    let read = edition.date(fact.checked);
    let source = if fact.source.starts_with("https://") {
        let text = match fact.source_date {
            Some(date) => page
                .source_dated
                .replace("{date}", &edition.date(date))
                .replace("{read}", &read),
            None => page.source.replace("{read}", &read),
        };
        view! {
            <a href=fact.source.as_str() target="_blank" rel="noopener noreferrer">
                {text}
                " "
                {host_of(&fact.source)}
            </a>
        }
        .into_any()
    } else {
        let text = page.source_own.replace("{read}", &read);
        text.replace("{source}", &fact.source).into_any()
    };
    view! {
        {show(&fact.value)}
        <span class="quiet source">" " {source}</span>
    }
    .into_any()
}

/// The host of an address: who says so.
fn host_of(address: &'static str) -> &'static str {
    let host = address.trim_start_matches("https://");
    host.split(['/', '?', '#']).next().unwrap_or(host)
}

/// What is known of something: a table of two columns, what it is and how it is.
pub fn facts(rows: impl IntoIterator<Item = (&'static str, AnyView)>) -> impl IntoView {
    let rows = rows.into_iter().map(|(name, value)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="facts">
            <tbody>{rows}</tbody>
        </table>
    }
}
