//! The build-time door: the same components as HTML, for `xtask` to put into `dist/`.

use doui_core::Shop;
use leptos::prelude::*;

use crate::{
    app::Frame,
    edition::Edition,
    pages::{ChoicesPage, NotFoundPage, OptOutPage, PageKind},
    state::Consent,
    ui::{Banner, Placeholder, ReloadOffer},
};

/// One static page of the preference centre.
pub struct Page {
    /// Where it lies in `dist/`, such as `opt-out/index.html`.
    pub path: String,
    /// Its language, a primary subtag.
    pub lang: String,
    /// The document's title, as text.
    pub title: String,
    /// What search results would say of it, as text.
    pub description: String,
    /// The HTML for the element `#app`.
    pub body: String,
}

/// Every page, in the shop's first language, as somebody sees it who has not chosen.
pub fn pages(shop: &Shop) -> Vec<Page> {
    let edition = edition(shop, shop.default_language());
    [
        (PageKind::Choices, "index.html"),
        (PageKind::OptOut, "opt-out/index.html"),
        (PageKind::NotFound, "404.html"),
    ]
    .map(|(kind, path)| Page {
        path: path.to_owned(),
        lang: edition.lang.to_owned(),
        title: kind.title(edition),
        description: kind.lead(edition).to_owned(),
        body: render(move || {
            let consent = Consent::untouched(edition);
            let page = match kind {
                PageKind::Choices => view! { <ChoicesPage edition consent /> }.into_any(),
                PageKind::OptOut => view! { <OptOutPage edition /> }.into_any(),
                PageKind::NotFound => view! { <NotFoundPage edition /> }.into_any(),
            };
            view! { <Frame edition>{page}</Frame> }.into_any()
        }),
    })
    .into()
}

/// What `doui.js` shows, in `lang`, one element after the other: the banner, as somebody sees it who has not chosen;
/// the offer to load the page again; and, if the shop uses them, the model of a placeholder.
pub fn kit(shop: &Shop, lang: &str) -> String {
    let edition = edition(shop, lang);
    render(move || {
        let consent = Consent::untouched(edition);
        view! {
            <Banner edition consent on_close=Callback::new(|()| ()) />
            <ReloadOffer edition />
            {edition.shop.placeholders.then(|| view! { <Placeholder edition /> })}
        }
        .into_any()
    })
}

/// A build renders a handful of editions and ends, so leaking them costs nothing.
fn edition(shop: &Shop, lang: &str) -> Edition {
    Edition::new(Box::leak(Box::new(shop.clone())), Some(lang))
}

fn render(view: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| view().to_html())
}
