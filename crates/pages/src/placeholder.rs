//! What stands where a frame is held.

use doui_ui::Act;
use leptos::prelude::*;

use crate::edition::PageEdition;

/// What the frame is, which purposes it needs, and the two ways on: allow these, or open the settings. `doui.js` writes
/// the frame's title and the purposes' labels where `data-doui-part` says.
#[component]
pub fn Placeholder(edition: PageEdition) -> impl IntoView {
    let words = edition.embed();
    let nothing = Callback::new(|()| ());
    view! {
        <section class="held" data-doui-part="placeholder">
            <b data-doui-part="frame"></b>
            <p>{words.held_before} <b data-doui-part="purposes"></b> {words.held_after}</p>
            <div class="acts">
                <Act name="allow" label=words.allow on_press=nothing />
                <Act name="settings" label=edition.words.settings on_press=nothing />
            </div>
        </section>
    }
}
