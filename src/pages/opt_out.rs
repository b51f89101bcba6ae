//! `/doui/opt-out`: the opt-out pages of others, what they stop, and the browser's own settings.

use leptos::prelude::*;

use crate::{edition::Edition, ui::OptOutCards};

/// Reads the same for every visitor: nothing here depends on a choice.
#[component]
pub fn OptOutPage(edition: Edition) -> impl IntoView {
    let words = edition.words;
    view! {
        <h1 id="heading" tabindex="-1">
            {words.opt_outs_title}
        </h1>
        <p class="lead">{words.opt_out_lead}</p>
        <section aria-labelledby="limits">
            <h2 id="limits">{words.opt_out_limits_title}</h2>
            <ul class="prose">{words.opt_out_limits.map(|limit| view! { <li>{limit}</li> })}</ul>
        </section>
        <section aria-labelledby="opt-outs">
            <h2 id="opt-outs">{words.opt_outs_title}</h2>
            <OptOutCards edition />
        </section>
        <section aria-labelledby="browser">
            <h2 id="browser">{words.browser_title}</h2>
            <p>{words.browser_note}</p>
        </section>
    }
}
