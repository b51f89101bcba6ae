//! What an act on a shop's page has done, for those who do not see it.

use leptos::prelude::*;

use crate::edition::PageEdition;

/// A region that `doui.js` empties, and has stand in the page; and what it can say there, in the order of
/// `src/embed/news.js`.
#[component]
pub fn News(edition: PageEdition) -> impl IntoView {
    let embed = edition.embed();
    let words = edition.words;
    let quoted = [words.quote_open, "{list}", words.quote_close].concat();
    let granted = embed.granted.replace("{list}", &quoted);
    let said = embed.said.map(str::to_owned).into_iter();
    let said = said.chain([granted, words.unkept.to_owned()]);
    let said = said.map(|said| view! { <b>{said}</b> });
    view! {
        <p class="heard" role="status" data-doui-part="news">
            {said.collect_view()}
        </p>
    }
}
