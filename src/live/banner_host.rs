//! The banner inside the preference centre, in a shadow root as on a shop's page, so that the same
//! style sheet and the same stable hooks serve both.

use doui_ui::{Banner, Consent, Edition};
use leptos::{html, mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{HtmlElement, Node, ResizeObserver, ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::{report, state};

/// Shows the banner while something is undecided and the visitor has not closed it.
#[component]
pub fn BannerHost(edition: Edition, consent: Consent) -> impl IntoView {
    let is_hidden = Signal::derive(move || {
        let is_decided = consent.state.read().is_decided() && consent.is_stored.get();
        is_decided || consent.is_dismissed.get()
    });
    let host = NodeRef::<html::Div>::new();
    host.on_load(move |host| {
        let init = ShadowRootInit::new(ShadowRootMode::Open);
        // A fresh <div> takes a shadow root, so this fails in no browser.
        let Ok(root) = host.attach_shadow(&init) else {
            return;
        };
        let inside: HtmlElement = document()
            .create_element("div")
            .unwrap_or_else(|_| unreachable!("a div can be made"))
            .unchecked_into();
        adopt_style(&host, &root);
        keep_focus_clear(&host, consent);
        let _ = root.append_child(&inside);
        let on_close = Callback::new(move |()| state::dismiss(&consent));
        mount_to(
            inside,
            move || view! { <Banner edition consent below=|_| () on_close /> },
        )
        .forget();
    });
    view! { <div id="doui-banner" node_ref=host hidden=is_hidden lang=edition.lang></div> }
}

/// Gives the shadow root the page's own style sheets, and keeps the banner unseen until they are
/// there: they come from the browser's cache, but not within the same task.
fn adopt_style(host: &HtmlElement, root: &ShadowRoot) {
    let Ok(links) = document().query_selector_all("link[rel=stylesheet]") else {
        return;
    };
    let copies = (0..links.length())
        .filter_map(|index| links.item(index)?.clone_node().ok())
        .collect::<Vec<Node>>();
    if let Some(last) = copies.last() {
        let style = host.style();
        let _ = style.set_property("visibility", "hidden");
        let reveal = Closure::once_into_js(move || {
            let _ = style.remove_property("visibility");
        });
        for event in ["load", "error"] {
            let _ = last.add_event_listener_with_callback(event, reveal.unchecked_ref());
        }
    }
    for copy in &copies {
        let _ = root.append_child(copy);
    }
}

/// Keeps `--doui-height` at the height that the banner covers, so that the page can keep what has
/// focus above it (WCAG 2.4.11). What the banner comes up over, or a growing page pushes beneath
/// it, is taken from there.
fn keep_focus_clear(host: &HtmlElement, consent: Consent) {
    let measured = host.clone();
    let publish = Closure::<dyn Fn()>::new(move || {
        let banner = measured.get_bounding_client_rect();
        let root = document().document_element();
        if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
            let height = format!("{}px", measured.offset_height());
            let _ = root.style().set_property("--doui-height", &height);
        }
        // Sizes are told of what is painted: not in a tab in the background, nor in a page that is prerendered.
        // Where the choices are, the page itself asks.
        let is_question = || !crate::document::all("[data-doui-live=choices]").is_empty();
        if banner.height() > 0.0 || is_question() {
            report::shown(&consent);
        }
        // Focus inside the banner is in its shadow root, which this selector does not reach.
        if let Ok(Some(focused)) = document().query_selector("body :focus-visible") {
            let place = focused.get_bounding_client_rect();
            let is_covered = banner.top() < place.bottom() && place.top() < banner.bottom();
            if is_covered && banner.height() > 0.0 {
                focused.scroll_into_view_with_bool(false);
            }
        }
    });
    let observer = ResizeObserver::new(publish.into_js_value().unchecked_ref());
    if let (Ok(observer), Some(body)) = (observer, document().body()) {
        observer.observe(host);
        observer.observe(&body);
    }
}
