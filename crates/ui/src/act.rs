//! A button that does one thing.

use leptos::prelude::*;

/// All buttons are this one, so that none outweighs another by accident, and so that the code for
/// a button is in the WASM once. They stand in no form, so they need no `type`.
#[component]
pub fn Act(
    /// The stable name of what it does: `data-doui-act`, by which `doui.js` and automation find it.
    name: &'static str,
    label: &'static str,
    /// For a button that opens something: whether that is open.
    #[prop(optional, into)]
    expanded: Option<Signal<bool>>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let expanded = expanded.map(|expanded| Signal::derive(move || expanded.get().to_string()));
    view! {
        <button data-doui-act=name aria-expanded=expanded on:click=move |_| on_press.run(())>
            {label}
        </button>
    }
}
