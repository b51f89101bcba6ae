//! `/doui/developers`: the live state, a place to try conditions, snippets with the shop's own purposes, the audit.

use doui_core::signals::ConsentType;
use doui_ui::{Consent, LiveState};
use leptos::prelude::*;

use crate::edition::PageEdition;
use crate::kind::PageKind;
use crate::parts::{Heading, Live};
use crate::readers::READERS;

/// Everything a developer looks for at two in the morning.
#[component]
pub fn DevelopersPage(edition: PageEdition) -> impl IntoView {
    let pages = edition.pages();
    let consent = Consent::untouched(edition.live());
    let page = &pages.page;
    let shop = edition.shop;
    // The consent types, each followed by the condition that grants it.
    let types: Vec<_> = ConsentType::ALL
        .into_iter()
        .flat_map(|kind| [kind.as_str(), kind.condition(edition.terms).leak()])
        .collect();
    let words = [pages.developers.list(), types.clone()].concat();
    let purposes = shop.purposes.iter().map(|purpose| {
        let types: Vec<_> = purpose
            .consent_types()
            .iter()
            .map(|kind| kind.as_str())
            .collect();
        view! {
            <tr>
                <th scope="row">
                    <code>{purpose.id.as_str()}</code>
                    " "
                    {edition.text(&purpose.label)}
                </th>
                <td>{if types.is_empty() { "–".to_owned() } else { types.join(", ") }}</td>
            </tr>
        }
    });
    let snippets = snippets(edition).into_iter().map(|(language, code)| {
        let words = vec![page.copy, page.copied, page.not_copied, language];
        view! {
            <figure class="snippet">
                <figcaption>{language}</figcaption>
                <Live kind="copy" words>
                    <button>{page.copy}</button>
                </Live>
                <pre tabindex="0"><code>{code}</code></pre>
            </figure>
        }
    });
    view! {
        <Heading edition kind=PageKind::Developers />
        <section aria-labelledby="live">
            <h2 id="live">{page.developers_live}</h2>
            <noscript>
                <p class="note">{page.developers_script}</p>
            </noscript>
            <Live kind="state" words>
                <LiveState
                    edition=edition.live()
                    consent
                    words=pages.developers
                    types
                    events=RwSignal::default()
                />
            </Live>
        </section>
        <section aria-labelledby="purposes">
            <h2 id="purposes">{page.developers_purposes}</h2>
            <table class="facts">
                <tbody>{purposes.collect_view()}</tbody>
            </table>
        </section>
        <section aria-labelledby="audit">
            <h2 id="audit">{page.developers_audit}</h2>
            <p>{page.developers_audit_text}</p>
            <p>
                <a href="/?doui-audit" rel="external">
                    {page.developers_audit_link}
                </a>
            </p>
        </section>
        <section aria-labelledby="snippets">
            <h2 id="snippets">{page.developers_snippets}</h2>
            {snippets.collect_view()}
        </section>
    }
}

/// What a page and a server write, with the shop's own purposes.
fn snippets(edition: PageEdition) -> Vec<(&'static str, String)> {
    let ids: Vec<_> = edition
        .shop
        .purposes
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    let path = &edition.shop.path;
    let first = ids.first().copied().unwrap_or("ads");
    let last = ids.last().copied().unwrap_or("ads");
    let mut snippets = vec![
        (
            "HTML",
            format!(
                "<script src=\"{path}doui.js\"></script>\n\n<script type=\"text/plain\" data-doui=\"{last}\" data-doui-src=\"/tag.js\"></script>\n<iframe data-doui=\"{last}\" data-doui-src=\"https://…\" title=\"…\"></iframe>\n<button data-doui-open>…</button>"
            ),
        ),
        (
            "JavaScript",
            format!(
                "(window.douiOnReady ||= []).push(async (doui) => {{\n  if (doui.allows(\"{first}\")) {{ /* … */ }}\n  doui.onChange((state, changed) => console.log(state.choices, changed));\n  await doui.when(\"{last}\");\n}});"
            ),
        ),
    ];
    let cookie = &edition.shop.cookie.name;
    snippets.extend(
        READERS
            .iter()
            .map(|it| (it.language, it.line(cookie, last))),
    );
    snippets
}
