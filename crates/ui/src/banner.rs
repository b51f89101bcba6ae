//! The banner, through both doors.
//!
//! At build time it is rendered once a language and stamped into `doui.js`, which finds its way by
//! four kinds of attribute: `data-doui-part` (what it is), `data-doui-act` (what a button does),
//! `data-doui-when` (what must hold for a part to show) and `name` (the switch of a purpose or a service). In the preference centre it is live.

use doui_core::{Door, State, Why};
use leptos::prelude::*;

use crate::{Act, Away, Change, Consent, Edition, LockedRow, SignalNote, SwitchRow, When};

/// What a visitor is shown who has something to decide: answer in one tap, or open the switches.
///
/// Allow and refuse look alike and stand side by side, always.
#[component]
pub fn Banner<V: IntoView + 'static>(
    edition: Edition,
    consent: Consent,
    /// What stands below the row of a purpose.
    below: impl Fn(&'static str) -> V,
    /// Hides the banner without deciding anything.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = edition.words;
    let state = consent.state;
    let is_open = consent.is_open;
    let is_partial = Signal::derive(move || state.read().is_partial());
    let answer = move |allowed| {
        move |()| {
            if is_partial.get_untracked() && !is_open.get_untracked() {
                consent.change(Change::Asked(allowed), Door::Banner);
            } else {
                consent.change(Change::All(allowed), Door::Banner);
            }
        }
    };
    // On a shop's page `doui.js` writes it, from the rows' labels and what stands between two of them.
    let asked = Signal::derive(move || {
        if !consent.browser.is_there {
            return words.item_between.to_owned();
        }
        let state = state.read();
        if is_held(&state) {
            // What the signal holds is named in the note on it.
            return String::new();
        }
        words.listed(&edition.purpose_labels(&|purpose| state.asked(purpose.id.as_str()).is_some()))
    });
    let rows = edition
        .purposes()
        .map(|(purpose, named)| {
            let id = purpose.id.as_str();
            let draft = consent.draft(id);
            view! { <SwitchRow id named draft more=below(id) /> }
        })
        .collect_view();
    let links = edition
        .labels
        .opt_outs
        .iter()
        .map(|link| view! { <li><Away edition href=&link.url text=&link.label /></li> })
        .collect_view();
    let is_stored = consent.is_stored;
    let is_unkept = Signal::derive(move || !is_stored.get());
    let is_first =
        Signal::derive(move || is_stored.get() && !state.read().is_decided() && !is_partial.get());
    let is_decided = Signal::derive(move || is_stored.get() && state.read().is_decided());
    let is_expired = Signal::derive(move || is_stored.get() && state.read().asks_for(Why::Expired));
    let is_some = Signal::derive(move || is_partial.get() && !is_held(&state.read()));
    let centre = edition.labels.centre.as_deref();
    let centre = centre.map(|path| {
        view! { <a href=format!("{path}?lang={}", edition.lang)>{words.centre_link}</a> }
    });
    let policy = edition.labels.policy.as_deref();
    let policy = policy.map(|policy| view! { <a href=policy>{words.policy}</a> });

    let settings = view! {
        <div
            class="settings"
            data-doui-part="settings"
            data-doui-when="open"
            hidden=Signal::derive(move || !is_open.get())
        >
            <h3 tabindex="-1">{words.purposes}</h3>
            <ul>
                <LockedRow edition more=() />
                {rows}
            </ul>
            <div class="acts">
                <Act name="save" label=words.save on_press=move |()| consent.change(Change::Switches, Door::Banner) />
            </div>
            <h3>{words.opt_outs_title}</h3>
            {edition.opt_outs_note().map(|note| view! { <p>{note}</p> })}
            <ul class="links">{links}</ul>
        </div>
    };
    view! {
        <section
            class="banner"
            data-doui-part="banner"
            data-nosnippet=""
            aria-labelledby="doui-title"
            tabindex="-1"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    on_close.run(());
                }
            }
        >
            <h2 id="doui-title">{words.banner_title}</h2>
            <div class="intro">
                <When flag="expired" is_met=is_expired text=words.banner_expired />
                <When flag="all" is_met=is_first text=edition.lead() />
                <When flag="some" is_met=is_some text=words.banner_some />
                <When flag="decided" is_met=is_decided text=words.banner_decided />
                {centre}
                {policy}
            </div>
            <p class="asked" data-doui-part="asked">{asked}</p>
            <SignalNote edition consent />
            <When flag="unkept" is_met=is_unkept text=words.unkept />
            <div class="acts">
                <Act name="accept" label=words.accept on_press=answer(true) />
                <Act name="reject" label=words.reject on_press=answer(false) />
                // Where the switches are in view it has nothing to do.
                <span data-doui-when="closed" hidden=move || is_open.get()>
                    <Act name="settings" label=words.settings on_press=move |()| is_open.set(true) />
                </span>
            </div>
            {settings}
            <Act name="close" label=words.close on_press=on_close />
        </section>
    }
}

/// Whether nothing but the browser's signal is the reason to ask again.
fn is_held(state: &State) -> bool {
    let mut asked = state.undecided();
    state.is_partial() && asked.all(|id| state.asked(id.as_str()) == Some(Why::Gpc))
}
