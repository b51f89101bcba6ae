//! The small button that leads back to the settings.

use doui_shop::shop::Corner;
use leptos::prelude::*;

use crate::edition::PageEdition;

/// Stays in a corner of the shop's pages once the visitor has decided. Beside it, what puts it away. Neither has a text to be
/// seen, so that the page's own texts stay the largest.
#[component]
pub fn WayBack(edition: PageEdition, corner: Corner) -> impl IntoView {
    let name = edition.frame().choices_title;
    let (across, along) = corner.sides();
    view! {
        <div class=format!("corner {across} {along}") data-doui-part="button">
            <button data-doui-act="settings" title=name aria-label=name></button>
            <button data-doui-act="close" aria-label=edition.embed().put_away>"×"</button>
        </div>
    }
}
