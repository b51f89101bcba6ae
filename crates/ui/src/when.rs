//! A sentence that shows only while something holds.

use leptos::prelude::*;

/// In the preference centre the signal decides. On a shop's page `doui.js` does, by the flag.
#[component]
pub fn When(
    /// What must hold, in the words of `doui.js`: `data-doui-when`.
    #[prop(into)]
    flag: String,
    is_met: Signal<bool>,
    #[prop(into)] text: String,
) -> impl IntoView {
    let is_unmet = Signal::derive(move || !is_met.get());
    view! {
        <p data-doui-when=flag hidden=is_unmet>
            {text}
        </p>
    }
}
