//! What stands where a frame is held.

use doui_ui::Act;
use leptos::prelude::*;

use crate::edition::PageEdition;

/// What the frame is, which purposes it needs, and the two ways on: allow these, or open the settings. `doui.js` writes
/// the frame's title and the purposes' labels where `data-doui-part` says; what stands there is the form of it: what a frame
/// without a title is called, and what stands between two labels.
#[component]
pub fn Placeholder(edition: PageEdition) -> impl IntoView {
    let words = edition.embed();
    let nothing = Callback::new(|()| ());
    let (before, after) = words.held.split_once("{list}").unwrap_or((words.held, ""));
    let before = [before, edition.words.quote_open].concat();
    let after = [edition.words.quote_close, after].concat();
    view! {
        <section class="held" data-doui-part="placeholder" aria-labelledby="doui-frame">
            <b id="doui-frame" data-doui-part="frame">{words.frame}</b>
            <p id="doui-need">{before}<b data-doui-part="purposes">{edition.words.quote_between}</b>{after}</p>
            <div class="acts">
                <button data-doui-act="allow" aria-describedby="doui-need">{words.allow}</button>
                <Act name="settings" label=edition.words.settings on_press=nothing />
            </div>
        </section>
    }
}
