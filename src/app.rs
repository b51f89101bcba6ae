//! The preference centre as one page: its frame, its routes, its language and title.

use doui_core::Shop;
use leptos::{mount::mount_to, prelude::*};
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};
use wasm_bindgen::JsCast;

use crate::{
    browser,
    edition::Edition,
    pages::{ChoicesPage, NotFoundPage, OptOutPage, PageKind},
    state::Consent,
    storage,
    ui::BannerHost,
};

/// Where a shop serves `dist/`.
pub const BASE: &str = "/doui";

/// Takes over the static page: the live one is built beside it and put in its place in one step.
///
/// A page without the shop's data stays as it is, readable, and says on the console what is missing.
pub fn start() {
    console_error_panic_hook::set_once();
    let Some(shop) = browser::element_text("doui-shop") else {
        return browser::complain(
            "doui: this page has no element #doui-shop; build it with `cargo xtask build`",
        );
    };
    let shop: &'static Shop = match Shop::from_json(&shop) {
        Ok(shop) => Box::leak(Box::new(shop)),
        Err(_) => {
            return browser::complain(
                "doui: #doui-shop is not a shop file; build the page with `cargo xtask build`",
            );
        }
    };
    let stored = storage::read(browser::now()).record;
    let stored = stored.and_then(|record| record.current.lang);
    let lang = browser::language(stored, &shop.languages);
    let mut edition = Edition::new(shop, lang);
    if browser::asked_language().is_some() {
        edition = edition.asked_for();
    }
    let Some(app) = document().get_element_by_id("app") else {
        return browser::complain("doui: this page has no element #app to show itself in");
    };
    let held = document().active_element().map(|element| element.id());
    app.set_text_content(None);
    mount_to(app.unchecked_into(), move || view! { <App edition /> }).forget();
    browser::focus(held.as_deref().unwrap_or_default());
}

#[component]
fn App(edition: Edition) -> impl IntoView {
    let consent = Consent::from_browser(edition);
    browser::on_change_elsewhere(move || consent.reread());
    view! {
        <BannerHost edition consent />
        <Router base=BASE>
            <Titled edition />
            <Frame edition>
                <FlatRoutes fallback=move || view! { <NotFoundPage edition /> }>
                    <Route path=path!("/") view=move || view! { <ChoicesPage edition consent /> } />
                    <Route path=path!("/opt-out") view=move || view! { <OptOutPage edition /> } />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// Keeps the document's title and language, and moves focus to the heading of a page gone to.
#[component]
fn Titled(edition: Edition) -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |visited: Option<()>| {
        let kind = PageKind::at(&path.read());
        document().set_title(&kind.title(edition));
        if let Some(root) = document().document_element() {
            // `lang` is an ordinary attribute; setting it can't fail.
            let _ = root.set_attribute("lang", edition.lang);
        }
        if visited.is_some() {
            request_animation_frame(|| browser::focus("heading"));
        }
    });
}

/// What is around every page: the way to the text, the shop's name, the pages, whom to ask.
#[component]
pub fn Frame<C: IntoView + 'static>(edition: Edition, children: TypedChildren<C>) -> impl IntoView {
    let words = edition.words;
    let contact = &edition.shop.contact;
    let languages = edition.others().collect::<Vec<_>>();
    view! {
        <header class="top">
            <a class="skip" href="#heading">
                {words.skip}
            </a>
            <a class="shop-name" href="/" rel="external">
                {edition.text(&edition.shop.name)}
            </a>
            <nav aria-label=words.nav>
                {[PageKind::Choices, PageKind::OptOut]
                    .map(|kind| view! { <a href=kind.href(edition)>{kind.name(edition)}</a> })}
            </nav>
            {languages
                .into_iter()
                .map(|(lang, name)| {
                    view! {
                        <a
                            class="language"
                            href=format!("?lang={lang}")
                            lang=lang
                            hreflang=lang
                            rel="external"
                        >
                            {name}
                        </a>
                    }
                })
                .collect_view()}
        </header>
        <main>{children.into_inner()()}</main>
        <footer class="bottom">
            <h2>{words.contact}</h2>
            <p>{edition.text(&contact.operator)}" "{edition.text(&contact.desk)}</p>
            {contact
                .phone
                .as_deref()
                .map(|phone| {
                    view! {
                        <p>
                            {words.phone} <a href=format!("tel:{phone}")>{phone}</a>
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
                                {words.policy}
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
