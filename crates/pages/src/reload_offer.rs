//! The offer to load the page again.

use doui_ui::Act;
use leptos::prelude::*;

use crate::edition::PageEdition;

/// Shows where a script had run whose purpose was then refused: running code cannot be unrun.
#[component]
pub fn ReloadOffer(edition: PageEdition) -> impl IntoView {
    let words = edition.embed();
    let nothing = Callback::new(|()| ());
    view! {
        <section class="banner" data-doui-part="offer" aria-labelledby="doui-offer">
            <p id="doui-offer">{words.outlived}</p>
            <div class="acts">
                <Act name="reload" label=words.reload on_press=nothing />
                <Act name="stay" label=words.stay on_press=nothing />
            </div>
        </section>
    }
}
