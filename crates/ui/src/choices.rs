//! The choices themselves: how they stand, a switch for each purpose, saving, and the way back.

use doui_core::{Door, Why, condition::NECESSARY};
use leptos::prelude::*;

use crate::words::fill;
use crate::{Act, Change, Consent, Edition, LockedRow, SignalNote, SwitchRow, When};

/// The id of what stands below the row of a purpose, or of what is necessary: no purpose may be called that.
pub fn slot(purpose: Option<&str>) -> String {
    format!("more-{}", purpose.unwrap_or(NECESSARY))
}

/// Everything on `/doui/` that a choice changes.
#[component]
pub fn Choices<V: IntoView + 'static>(
    edition: Edition,
    consent: Consent,
    /// What stands below the row of a purpose, or of what is necessary. It never changes.
    below: impl Fn(Option<&'static str>) -> V,
) -> impl IntoView {
    let words = edition.words;
    let state = consent.state;
    let rows = edition
        .purposes()
        .map(|(purpose, named)| {
            let id = purpose.id.as_str();
            let is_revised = move || state.read().asked(id) == Some(Why::Revised);
            let draft = consent.draft(id);
            let services = edition.services();
            let services =
                services.filter(|(service, _)| service.choosable && service.purpose == *id);
            let services = services.map(|(service, label)| {
                let name = format!("{id}/{}", service.id.as_str());
                let own = consent.draft(service.id.as_str());
                view! {
                    <label class="row-name">
                        {label}
                        <input
                            type="checkbox"
                            role="switch"
                            name=name
                            prop:disabled=Signal::derive(move || !draft.get())
                            prop:checked=Signal::derive(move || draft.get() && own.get())
                            on:change:target=move |event| own.set(event.target().checked())
                        />
                    </label>
                }
            });
            let more = view! {
                <When
                    flag=format!("ask-{id}")
                    is_met=Signal::derive(is_revised)
                    text=words.revised
                />
                {services.collect_view()}
                {below(Some(id))}
            };
            view! { <SwitchRow id named draft more /> }
        })
        .collect_view();
    let standing = Signal::derive(move || {
        let state = state.read();
        match &state.decision {
            None if state.asks_for(Why::Expired) => {
                [words.banner_expired, "\n", words.until_you_choose].concat()
            }
            None => edition.undecided(),
            Some(decision) => {
                let moment = |seconds| (consent.browser.moment)(seconds, edition.lang);
                let made = fill(words.decided_at, &[&moment(decision.at)]);
                // What the browser does not store ends with the page, and not on a day.
                let end = if consent.is_stored.get() {
                    let end = moment(decision.holds_until(edition.terms.valid_days));
                    fill(words.holds_until, &[&end])
                } else {
                    words.unkept.to_owned()
                };
                [&made, "\n", &end].concat()
            }
        }
    });
    let leftovers = consent.leftovers;
    // Until the visitor has decided knowing of it, the note on the signal says more.
    let has_signal = Signal::derive(move || {
        let state = state.read();
        state.gpc && state.decision.as_ref().is_some_and(|decision| decision.gpc)
    });
    let is_overruled = Signal::derive(move || {
        let state = state.read();
        let mut purposes = edition.terms.purposes.iter();
        state.gpc && purposes.any(|purpose| purpose.gpc && state.allows(purpose.id.as_str()))
    });
    let has_allowed = Signal::derive(move || {
        let state = state.read();
        state.decision.is_some() && state.purposes.iter().any(|purpose| purpose.allowed)
    });
    let news = Signal::derive(move || {
        if consent.is_unsaved() {
            words.unsaved.to_owned()
        } else {
            consent.news.get()
        }
    });
    let is_final = Signal::derive(move || consent.is_unsaved() || !consent.can_undo.get());

    view! {
        <div class="standing">
            <p>{standing}</p>
            <p hidden=Signal::derive(move || leftovers.read().is_empty())>{leftovers}</p>
            <When flag="signal" is_met=has_signal text=words.gpc_on />
            <When flag="overruled" is_met=is_overruled text=words.gpc_allowed />
            <SignalNote edition consent />
        </div>
        <section aria-labelledby="purposes">
            <h2 id="purposes">{words.purposes}</h2>
            <div class="acts">
                <Act name="accept" label=words.accept on_press=move |()| consent.change(Change::All(true), Door::Centre) />
                <Act name="reject" label=words.reject on_press=move |()| consent.change(Change::All(false), Door::Centre) />
            </div>
            <ul>
                <LockedRow edition more=below(None) />
                {rows}
            </ul>
            <div class="acts">
                <Act name="save" label=words.save on_press=move |()| consent.change(Change::Switches, Door::Centre) />
            </div>
        </section>
        <section aria-labelledby="withdraw">
            <h2 id="withdraw">{words.withdraw_title}</h2>
            <p>{words.withdraw_note}</p>
            <div class="acts">
                <span hidden=Signal::derive(move || !has_allowed.get())>
                    <Act name="withdraw" label=words.withdraw on_press=move |()| consent.change(Change::Withdraw, Door::Centre) />
                </span>
                <Act name="reset" label=words.start_over on_press=move |()| consent.change(Change::Forget, Door::Centre) />
            </div>
        </section>
        <div class="news" hidden=Signal::derive(move || news.read().is_empty())>
            <p role="status">{news}</p>
            <span hidden=is_final>
                <Act name="undo" label=words.undo on_press=move |()| consent.change(Change::Undo, Door::Centre) />
            </span>
        </div>
    }
}
