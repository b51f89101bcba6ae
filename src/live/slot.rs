//! What never changes within a live part: it is rendered once, at build time, and moved over as it stands. So neither its
//! markup nor its words are in the WebAssembly.

use leptos::prelude::*;
use web_sys::{DocumentFragment, Element, HtmlElement};

/// What stood in a live part before it was live.
pub struct Static(DocumentFragment);

impl Static {
    /// Takes everything out of `place`.
    pub fn take(place: &HtmlElement) -> Self {
        let fragment = document().create_document_fragment();
        while let Some(child) = place.first_child() {
            // A child of one node can be another's.
            let _ = fragment.append_child(&child);
        }
        Self(fragment)
    }

    /// Gives what is kept to the elements of the same ids in the live `place`. Before anything asks for a size: a page that
    /// is short for a moment loses its place.
    pub fn give(&self, place: &HtmlElement) {
        let kept = place.get_elements_by_class_name("kept");
        for at in 0..kept.length() {
            let Some(live) = kept.item(at) else { continue };
            let before = self.0.query_selector(&format!("#{}", live.id()));
            if let Ok(Some(before)) = before {
                fill(&live, &before);
            }
        }
    }
}

fn fill(live: &Element, before: &Element) {
    while let Some(child) = before.first_child() {
        let _ = live.append_child(&child);
    }
}

/// The element below a purpose's row, for [`Static::give`] to fill.
pub fn slot(purpose: Option<&str>) -> impl IntoView + use<> {
    view! { <div class="kept" id=doui_ui::slot(purpose)></div> }
}
