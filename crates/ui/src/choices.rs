//! The choices themselves: how they stand, a switch for each purpose, saving, and the way back.

use doui_core::{Door, Why, condition::NECESSARY};
use leptos::prelude::*;

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
        let mut text = match &state.read().decision {
            None => edition.undecided(),
            Some(decision) => {
                let made = (consent.browser.moment)(decision.at, edition.lang);
                let end = (consent.browser.moment)(
                    decision.holds_until(edition.terms.valid_days),
                    edition.lang,
                );
                [words.decided_at, &made, "\n", words.holds_until, &end].concat()
            }
        };
        text += &consent.leftovers.read();
        text
    });
    let signal = Signal::derive(move || {
        let is_on = state.read().gpc;
        if is_on { words.gpc_on } else { words.gpc_off }.to_owned()
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
            <p class="quiet signal">{signal}</p>
            <SignalNote edition consent />
        </div>
        <section aria-labelledby="purposes">
            <h2 id="purposes">{words.purposes}</h2>
            <ul>
                <LockedRow edition more=below(None) />
                {rows}
            </ul>
            <div class="acts">
                <Act name="accept" label=words.accept on_press=move |()| consent.change(Change::All(true), Door::Centre) />
                <Act name="reject" label=words.reject on_press=move |()| consent.change(Change::All(false), Door::Centre) />
                <Act name="save" label=words.save on_press=move |()| consent.change(Change::Switches, Door::Centre) />
            </div>
        </section>
        <section aria-labelledby="withdraw">
            <h2 id="withdraw">{words.withdraw_title}</h2>
            <p>{words.withdraw_note}</p>
            <div class="acts">
                <Act name="withdraw" label=words.withdraw on_press=move |()| consent.change(Change::All(false), Door::Centre) />
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
