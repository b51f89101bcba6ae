//! What happened, said to everybody.

use leptos::prelude::*;

/// Says something in a live region. Screen readers pass over words that are those before, so the same again are others by a
/// space that nobody sees.
///
/// The region is there, empty, before there is anything to say: what comes together with its words is not spoken. So the box
/// around it is `hidden`, and the style sheet has it take no room instead of hiding it.
pub fn say(news: RwSignal<String>, said: &str) {
    let mut text = said.to_owned();
    if news.with_untracked(|before| before == said) {
        text.push('\u{a0}');
    }
    news.set(text);
}
