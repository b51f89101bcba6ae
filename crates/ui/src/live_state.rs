//! What developers see live: the state, the signals, the events, and a place to try a condition.

use doui_core::{Condition, State};
use leptos::prelude::*;

use crate::words::{DeveloperWords, fill};
use crate::{Consent, Edition};

/// The state as it is, what it means for the consent types, and what has happened since the page was opened.
#[component]
pub fn LiveState(
    edition: Edition,
    consent: Consent,
    words: DeveloperWords,
    /// The consent types, each followed by the condition that grants it.
    types: Vec<&'static str>,
    /// What has happened, the latest first, one a line.
    events: RwSignal<String>,
) -> impl IntoView {
    let state = consent.state;
    let signals = types.chunks_exact(2).map(|pair| {
        let condition = pair[1];
        let value = Signal::derive(move || {
            let is_granted = Condition::parse(condition).holds(&state.read());
            if is_granted {
                words.granted
            } else {
                words.denied
            }
            .to_owned()
        });
        view! {
            <tr>
                <th scope="row">
                    <code>{pair[0]}</code>
                </th>
                <td>
                    <code>{value}</code>
                </td>
            </tr>
        }
    });
    let tested = RwSignal::new(
        edition
            .terms
            .purposes
            .first()
            .map_or_else(String::new, |purpose| purpose.id.as_str().to_owned()),
    );
    let verdict = Signal::derive(move || {
        let tested = tested.read();
        let condition = Condition::parse(&tested);
        let verdict = if condition.holds(&state.read()) {
            words.opens
        } else {
            words.held
        };
        match condition.unknown(edition.terms).next() {
            // An empty field has the empty name, of which there is nothing to show.
            Some(unknown) if !unknown.is_empty() => {
                [verdict, "\n", &fill(words.unknown, &[unknown])].concat()
            }
            _ => verdict.to_owned(),
        }
    });
    let has_events = Signal::derive(move || !events.read().is_empty());
    view! {
        <h3>{words.state}</h3>
        <pre tabindex="0">
            <code>{Signal::derive(move || shown(&state.read()))}</code>
        </pre>
        <h3>{words.signals}</h3>
        <table class="facts">
            <tbody>{signals.collect_view()}</tbody>
        </table>
        <h3>{words.events}</h3>
        <p class="quiet" hidden=has_events>{words.no_events}</p>
        <pre tabindex="0" hidden=Signal::derive(move || !has_events.get())>
            <code>{Signal::derive(move || events.get())}</code>
        </pre>
        <h3 id="tester">{words.tester}</h3>
        <p id="tester-hint">{words.tester_hint}</p>
        <input
            type="text"
            aria-labelledby="tester"
            aria-describedby="tester-hint"
            spellcheck="false"
            autocapitalize="off"
            value=tested.get_untracked()
            on:input:target=move |event| tested.set(event.target().value())
        />
        <p class="lines" role="status">{verdict}</p>
    }
}

/// The state as `doui.state` shows it on a shop's page.
fn shown(state: &State) -> String {
    let lines = |items: Vec<String>| items.join(", ");
    let choices = state
        .purposes
        .iter()
        .map(|it| format!("{}: {}", it.id.as_str(), it.allowed));
    let undecided = state.undecided().map(|id| format!("\"{}\"", id.as_str()));
    let decision = state.decision.as_ref();
    let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
    format!(
        "{{\n  decided: {},\n  choices: {{ {} }},\n  undecided: [{}],\n  revision: {},\n  decidedAt: {},\n  gpc: {}\n}}",
        state.is_decided(),
        lines(choices.collect()),
        lines(undecided.collect()),
        or_null(decision.map(|it| format!("\"{}\"", it.revision))),
        or_null(decision.map(|it| it.at.to_string())),
        state.gpc,
    )
}
