//! What never changes within a live part: it is rendered once, at build time, and moved over as it stands. So neither its
//! markup nor its words are in the WebAssembly.

use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use web_sys::{DocumentFragment, HtmlElement};

/// What stood in a live part before it was live.
#[derive(Clone)]
pub struct Before(SendWrapper<DocumentFragment>);

impl Before {
    /// Takes everything out of `place`.
    pub fn take(place: &HtmlElement) -> Self {
        let fragment = document().create_document_fragment();
        while let Some(child) = place.first_child() {
            // A child of one node can be another's.
            let _ = fragment.append_child(&child);
        }
        Self(SendWrapper::new(fragment))
    }
}

/// The element of this id, with what the build wrote into it.
pub fn kept(id: String) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let before = use_context::<Before>();
    let wanted = format!("#{id}");
    place.on_load(move |place| {
        let before = before.and_then(|before| before.0.query_selector(&wanted).ok()?);
        let Some(before) = before else { return };
        while let Some(child) = before.first_child() {
            let _ = place.append_child(&child);
        }
    });
    view! { <div id=id node_ref=place></div> }
}
