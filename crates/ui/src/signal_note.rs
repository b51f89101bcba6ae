//! What Global Privacy Control does here, told where a choice is made.

use doui_core::Why;
use leptos::prelude::*;

use crate::{Consent, Edition, When};

/// Shows while the browser's signal keeps purposes off and the visitor has not decided knowing of it: the next decision
/// will say that it was told.
#[component]
pub fn SignalNote(edition: Edition, consent: Consent) -> impl IntoView {
    let Edition { terms, words, .. } = edition;
    let state = consent.state;
    let is_heeded = Signal::derive(move || {
        let state = state.read();
        let was_told = state.decision.as_ref().is_some_and(|decision| decision.gpc);
        state.gpc && !was_told && terms.purposes.iter().any(|purpose| purpose.gpc)
    });
    let has_conflict = Signal::derive(move || state.read().asks_for(Why::Gpc));
    let told = edition.gpc_off();
    view! {
        <When flag="gpc" is_met=is_heeded text=told />
        <When flag="conflict" is_met=has_conflict text=words.conflict />
    }
}
