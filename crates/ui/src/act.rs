//! A button that does one thing.

use leptos::prelude::*;

/// All buttons are this one, so that none outweighs another by accident, and so that the code for
/// a button is in the WASM once. They stand in no form, so they need no `type`.
#[component]
pub fn Act(
    /// The stable name of what it does: `data-doui-act`, by which `doui.js` and automation find it.
    name: &'static str,
    label: &'static str,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button data-doui-act=name on:click=move |_| on_press.run(())>
            {label}
        </button>
    }
}
