//! Every decision that this browser keeps, and the ways to take them along or to delete them.

use doui_core::{Door, Entry, Id, Record, Stored, settle};
use doui_ui::{Consent, Edition, say, words::HistoryWords};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    FileReader, HtmlInputElement,
    js_sys::{self, JSON, Reflect},
};

use super::told::Told;
use crate::{browser, state};

/// The decisions, the latest first, each with what it changed.
#[component]
pub fn History(edition: Edition, consent: Consent, words: &'static [String]) -> impl IntoView {
    let rest = words;
    let words = HistoryWords::from_list(words);
    let news = RwSignal::new(String::new());
    let entries = move || {
        let record = consent.record.read();
        let history = record.as_ref().map_or(&[][..], |record| &record.history);
        let entries = (0..history.len()).rev();
        let entries = entries.map(|at| {
            let before = at.checked_sub(1).map(|before| &history[before]);
            let entry = &history[at];
            let by = entry.by.map(|by| match by {
                Door::Banner => words.banner,
                Door::Centre => words.centre,
                Door::Api => words.api,
            });
            let choices = |allowed: bool| {
                let choices = entry.decision.choices.iter();
                let choices = choices.filter(move |(_, is_allowed)| *is_allowed == allowed);
                choices
                    .map(|(id, _)| label(edition, id))
                    .collect::<Vec<_>>()
            };
            let choices = words.choices(
                edition.words,
                &texts(&choices(true)),
                &texts(&choices(false)),
            );
            let lang = entry.lang.as_deref().unwrap_or_default();
            let made = words.made(
                edition.words,
                by.unwrap_or_default(),
                language(rest, lang),
                &browser::day(&entry.decision.revision.iso(), edition.lang),
                entry.decision.gpc,
            );
            view! {
                <li class="card">
                    <h2>{browser::moment_to_the_second(entry.decision.at, edition.lang)}</h2>
                    <p>{changes(edition, words, before, entry)}</p>
                    <p class="lines">{choices}</p>
                    <p class="quiet">{made}</p>
                </li>
            }
        });
        entries.collect_view()
    };
    let has_some = Signal::derive(move || consent.record.read().is_some());
    let has_none = Signal::derive(move || !has_some.get());
    let href = Signal::derive(move || {
        let record = consent.record.read();
        let json = record.as_ref().map(|record| export(edition, record, rest));
        let json: String = js_sys::encode_uri_component(&json.unwrap_or_default()).into();
        ["data:application/json;charset=utf-8,", &json].concat()
    });
    let import = move |input: HtmlInputElement| {
        let file = input.files().and_then(|files| files.get(0));
        let Some(file) = file else { return };
        let Ok(reader) = FileReader::new() else {
            return;
        };
        let read = reader.clone();
        let arrive = Closure::once_into_js(move || {
            let text = read
                .result()
                .ok()
                .and_then(|text| text.as_string())
                .unwrap_or_default();
            let told = match imported(&text) {
                None => words.import_wrong,
                Some(record) => {
                    if state::import(&consent, record) {
                        words.imported
                    } else {
                        words.import_older
                    }
                }
            };
            say(news, told);
            // The same file can be chosen again.
            input.set_value("");
        });
        reader.set_onloadend(Some(arrive.unchecked_ref()));
        // What cannot be read arrives as no text.
        let _ = reader.read_as_text(&file);
    };
    view! {
        <p hidden=has_some>{words.none}</p>
        <ol class="cards">{entries}</ol>
        <p class="quiet">{words.at_most}</p>
        <div class="acts">
            <a class="button" download="doui-history.json" hidden=has_none href=href>
                {words.export}
            </a>
            <label class="button">
                {words.import}
                <input
                    type="file"
                    accept="application/json,.json"
                    on:change=move |event| {
                        if let Some(input) = event.target().and_then(|it| it.dyn_into().ok()) {
                            import(input);
                        }
                    }
                />
            </label>
        </div>
        <p class="quiet">{words.import_hint}</p>
        <section>
            <p>{words.forget_note}</p>
            <div class="acts">
                <button
                    data-doui-act="reset"
                    on:click=move |_| {
                        state::forget(&consent);
                        say(news, words.forgotten);
                    }
                >
                    {words.forget}
                </button>
            </div>
        </section>
        <Told edition consent news can_undo=Signal::derive(move || consent.can_undo.get()) />
    }
}

/// What a visitor calls a purpose or service; of one that the shop no longer has, the id is left.
fn label(edition: Edition, id: &Id) -> String {
    edition
        .label(id)
        .map_or_else(|| id.as_str().to_owned(), str::to_owned)
}

/// What differs between a decision and the one before.
fn changes(edition: Edition, words: HistoryWords, before: Option<&Entry>, entry: &Entry) -> String {
    let Some(before) = before else {
        return words.first.to_owned();
    };
    let choices = entry.decision.choices.iter();
    let changed: Vec<_> = choices
        .filter(|(id, allowed)| before.decision.choice(id.as_str()) != Some(*allowed))
        .map(|(id, _)| label(edition, id))
        .collect();
    words.changed(edition.words, &texts(&changed))
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// The name of a language, which the page brings along for those of the shop: each tag is followed by it.
fn language<'w>(rest: &'w [String], lang: &'w str) -> &'w str {
    let pairs = rest.get(HistoryWords::COUNT..).unwrap_or_default();
    let mut pairs = pairs.chunks_exact(2);
    let named = pairs.find(|pair| pair[0] == lang);
    named.map_or(lang, |pair| &pair[1])
}

/// The record of an exported file, if it is one that can be in force.
fn imported(text: &str) -> Option<Record> {
    let exported = JSON::parse(text).ok()?;
    let record = Reflect::get(&exported, &"record".into()).ok()?;
    let record = JSON::stringify(&record).ok()?.as_string()?;
    let kept = Stored {
        cookie: None,
        record: Some(&record),
    };
    settle(kept, browser::now()).record
}

/// The record with what ISO/IEC TS 27560 asks of a consent record, in terms of the Data Privacy Vocabulary: see
/// `docs/history.md`, field by field.
fn export(edition: Edition, record: &Record, rest: &[String]) -> String {
    let mut rest = rest.iter().rev().map(|text| quoted(text));
    let (policy, operator) = (
        rest.next().unwrap_or_default(),
        rest.next().unwrap_or_default(),
    );
    let days = edition.terms.valid_days;
    let decisions: Vec<_> = record
        .history
        .iter()
        .map(|entry| {
            let time = browser::iso(entry.decision.at);
            let purposes: Vec<_> = entry
                .decision
                .choices
                .iter()
                .map(|(id, allowed)| {
                    let state = if *allowed { "ConsentGiven" } else { "ConsentRefused" };
                    let label = quoted(&label(edition, id));
                    format!(
                        r#"{{"@type":"dpv:Purpose","dct:identifier":"{}","dct:title":{label},"dpv:hasConsentStatus":"dpv:{state}"}}"#,
                        id.as_str()
                    )
                })
                .collect();
            format!(
                r#"{{"@type":"dpv:ConsentRecord","dct:identifier":"doui-{at}","dct:language":"{lang}","dpv:hasNotice":{{"dct:source":{policy},"dct:hasVersion":"{revision}"}},"dpv:isIndicatedAtTime":"{time}","dpv:hasDuration":"P{days}D","dpv:isIndicatedBy":"dpv:DataSubject","doui:by":"{by}","doui:gpc":{gpc},"dpv:hasPurpose":[{purposes}]}}"#,
                at = entry.decision.at,
                lang = entry.lang.as_deref().unwrap_or_default(),
                revision = entry.decision.revision.iso(),
                by = entry.by.map_or("", Door::as_str),
                gpc = entry.decision.gpc,
                purposes = purposes.join(","),
            )
        })
        .collect();
    format!(
        r#"{{"@context":{{"dpv":"https://w3id.org/dpv#","dct":"http://purl.org/dc/terms/","doui":"urn:doui:"}},"schema_version":"1","dpv:hasDataController":{{"dpv:hasName":{operator}}},"dpv:hasLegalBasis":"dpv:Consent","events":[{}],"record":{}}}"#,
        decisions.join(","),
        record.to_json()
    )
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    JSON::stringify(&text.into()).map_or_else(|_| "\"\"".to_owned(), String::from)
}
