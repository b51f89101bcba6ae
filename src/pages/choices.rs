//! `/doui/`: the choices themselves.

use doui_core::{Door, Why};
use leptos::prelude::*;

use super::PageKind;
use crate::{
    browser,
    edition::Edition,
    state::Consent,
    ui::{Act, LockedRow, OptOutCards, SignalNote, SwitchRow, When},
};

/// A switch for each purpose, what was chosen and until when, the way back, and the opt-out pages.
#[component]
pub fn ChoicesPage(edition: Edition, consent: Consent) -> impl IntoView {
    let words = edition.words;
    let shop = edition.shop;
    let state = consent.state;
    let rows = shop
        .purposes
        .iter()
        .map(|purpose| {
            let id = purpose.id.as_str();
            let is_revised = move || state.read().asked(id) == Some(Why::Revised);
            let more = view! {
                <p class="quiet">{edition.text(&purpose.detail)}</p>
                <When
                    flag=format!("ask-{id}")
                    is_met=Signal::derive(is_revised)
                    text=words.revised
                />
            };
            view! { <SwitchRow edition purpose draft=consent.draft(id) more /> }
        })
        .collect_view();
    let standing = move || {
        let mut text = match &state.read().decision {
            None => edition.undecided().to_owned(),
            Some(decision) => {
                let made = browser::moment(decision.at, edition.lang);
                let end = browser::moment(decision.holds_until(shop.valid_days), edition.lang);
                [words.decided_at, &made, "\n", words.holds_until, &end].concat()
            }
        };
        text += consent.leftovers.get();
        text
    };

    view! {
        <h1 id="heading" tabindex="-1">
            {words.choices_title}
        </h1>
        <p class="lead">{words.choices_lead}</p>
        <noscript>
            <p class="note">{words.needs_script}</p>
        </noscript>
        <div class="standing">
            <p>{standing}</p>
            <SignalNote edition consent />
        </div>
        <section aria-labelledby="purposes">
            <h2 id="purposes">{words.purposes}</h2>
            <ul class="rows">
                <LockedRow edition />
                {rows}
            </ul>
            <div class="acts">
                <Act name="accept" label=words.accept on_press=move |()| consent.answer_all(true, Door::Centre) />
                <Act name="reject" label=words.reject on_press=move |()| consent.answer_all(false, Door::Centre) />
                <Act name="save" label=words.save on_press=move |()| consent.save(Door::Centre) />
            </div>
        </section>
        <section aria-labelledby="withdraw">
            <h2 id="withdraw">{words.withdraw_title}</h2>
            <p>{words.withdraw_note}</p>
            <div class="acts">
                <Act name="withdraw" label=words.withdraw on_press=move |()| consent.answer_all(false, Door::Centre) />
                <Act name="reset" label=words.start_over on_press=move |()| consent.forget() />
            </div>
        </section>
        <section aria-labelledby="opt-outs">
            <h2 id="opt-outs">{words.opt_outs_title}</h2>
            {edition.opt_outs_note().map(|note| view! { <p>{note}</p> })}
            <OptOutCards edition />
            <p>
                <a href=PageKind::OptOut.href(edition)>{words.opt_out_limits_title}</a>
            </p>
        </section>
        <p class="news" role="status">
            {move || if consent.is_unsaved() { words.unsaved } else { consent.news.get() }}
        </p>
    }
}
