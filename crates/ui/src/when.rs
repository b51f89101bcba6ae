//! Sentences that show only while something holds.

use leptos::prelude::*;

/// In the preference centre the signal decides. On a shop's page `doui.js` does, by the flag. Each line is a block of its own:
/// browsers take the largest block of text for the page's largest paint, and that is to be the shop's.
#[component]
pub fn When(
    /// What must hold, in the words of `doui.js`: `data-doui-when`.
    #[prop(into)]
    flag: String,
    is_met: Signal<bool>,
    #[prop(into)] text: String,
) -> impl IntoView {
    let is_unmet = Signal::derive(move || !is_met.get());
    let lines = text.lines().map(|line| view! { <p>{line.to_owned()}</p> });
    view! {
        <div data-doui-when=flag hidden=is_unmet>
            {lines.collect_view()}
        </div>
    }
}
