//! The cookies and storage keys in this browser now, each with the service and purpose that it belongs to.

use doui_core::{
    Terms,
    condition::NECESSARY,
    sweep::{Place, stands_for},
};
use doui_ui::words::{CookieWords, fill};
use doui_ui::{Consent, Edition, say};
use leptos::prelude::*;
use web_sys::Storage;

use super::{effect, told::Told};
use crate::{browser, document, state, storage};

/// Where something is kept.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Cookie,
    Local,
    Session,
}

/// Something that this browser keeps.
#[derive(Clone, PartialEq)]
struct Item {
    kind: Kind,
    name: String,
    value: String,
}

/// What this browser keeps, by purpose: whose it is, its value when asked for, and ways to delete it.
#[component]
pub fn Cookies(edition: Edition, consent: Consent, words: &'static [String]) -> impl IntoView {
    let words = CookieWords::from_list(words);
    let terms = edition.terms;
    let items = RwSignal::new(Vec::new());
    let news = RwSignal::new(String::new());
    // Of all that can be deleted here, only the visitor's own choice can be had back.
    let is_own_gone = RwSignal::new(false);
    // The values that were asked for stay in view when the list is made anew.
    let shown = StoredValue::new(Vec::new());
    // A choice, here or elsewhere, may have deleted some, and another tab may have added some.
    effect(Box::new(move || {
        consent.state.track();
        consent.looked.track();
        let now = stored();
        // The list is made anew only where it is another one: it may have the focus in it.
        if items.with_untracked(|before| *before != now) {
            items.set(now);
        }
    }));
    // `place` is that of the first of them among all cards.
    let delete = move |doomed: Vec<Item>, place: usize| {
        for item in &doomed {
            remove(terms, item, consent);
        }
        let now = stored();
        let (stays, gone): (Vec<Item>, Vec<Item>) = doomed.into_iter().partition(|item| {
            now.iter()
                .any(|other| other.kind == item.kind && other.name == item.name)
        });
        // What holds the visitor's choice is no name to them.
        let (own, gone): (Vec<Item>, Vec<Item>) =
            gone.into_iter().partition(|item| is_own(terms, item));
        items.set(now);
        // Who deletes goes on at the name of what comes next, and not on a button that deletes that.
        request_animation_frame(move || {
            let names = document::all("li.card h3");
            match names.get(place).or(names.last()) {
                Some(name) => _ = name.focus(),
                None => browser::focus("heading"),
            }
        });
        fn names(items: &[Item]) -> Vec<&str> {
            items.iter().map(|item| &*item.name).collect()
        }
        let told = words.news(
            edition.words,
            &names(&gone),
            &names(&stays),
            !own.is_empty(),
        );
        say(news, &told);
        is_own_gone.set(!own.is_empty());
    };
    let groups = move || {
        let items = items.read();
        // By purpose in the shop's order, then Doui's own, then what nobody declared.
        let mut groups: Vec<_> = edition
            .purposes()
            .map(|(purpose, named)| (Some(purpose.id.as_str()), named.label.as_str()))
            .collect();
        groups.push((Some(NECESSARY), words.own_purpose));
        groups.push((None, words.undeclared));
        let mut place = 0;
        let groups = groups.into_iter().filter_map(|(purpose, label)| {
            let members: Vec<Item> = items
                .iter()
                .filter(|item| owner(edition, item).map(|(_, of)| of) == purpose)
                .cloned()
                .collect();
            (!members.is_empty()).then(|| {
                let doomed = members.clone();
                let first = place;
                place += members.len();
                let rows = members
                    .into_iter()
                    .enumerate()
                    .map(|(at, item)| row(edition, words, item, shown, first + at, delete));
                view! {
                    <section>
                        <h2>{label}</h2>
                        {purpose.is_none().then(|| view! { <p>{words.undeclared_note}</p> })}
                        <ul class="cards">{rows.collect_view()}</ul>
                        <div class="acts">
                            <button on:click=move |_| delete(doomed.clone(), first)>
                                {fill(words.delete_all_of, &[label])}
                            </button>
                        </div>
                    </section>
                }
            })
        });
        groups.collect_view()
    };
    let is_some = Signal::derive(move || !items.read().is_empty());
    view! {
        <p hidden=is_some>{words.none}</p>
        {groups}
        <Told edition consent news can_undo=Signal::derive(move || is_own_gone.get() && consent.can_undo.get()) />
    }
}

fn row(
    edition: Edition,
    words: CookieWords,
    item: Item,
    shown: StoredValue<Vec<Item>>,
    place: usize,
    delete: impl Fn(Vec<Item>, usize) + Copy + 'static,
) -> impl IntoView {
    let is_shown = RwSignal::new(shown.with_value(|shown| shown.contains(&item)));
    let asked = item.clone();
    let turn = move |_| {
        is_shown.update(|it| *it = !*it);
        shown.update_value(|shown| match shown.iter().position(|it| *it == asked) {
            Some(at) => _ = shown.swap_remove(at),
            None => shown.push(asked.clone()),
        });
    };
    let kind = match item.kind {
        Kind::Cookie => words.cookie,
        Kind::Local => words.local,
        Kind::Session => words.session,
    };
    let owner = owner(edition, &item).map(|(label, _)| label.unwrap_or(words.own));
    let about = words.row(owner, kind);
    let verb = Signal::derive(move || {
        if is_shown.get() {
            words.hide
        } else {
            words.show
        }
        .to_owned()
    });
    let name = item.name.clone();
    // By ear a button says what of.
    let of = name.clone();
    let turn_name = Signal::derive(move || [&verb.get(), " ", &of].concat());
    let delete_name = [words.delete, " ", &name].concat();
    let value = item.value.clone();
    view! {
        <li class="card">
            <h3 tabindex="-1">
                <code>{name}</code>
            </h3>
            <p>{about}</p>
            <p class="value" hidden=Signal::derive(move || !is_shown.get())>
                <code>{value}</code>
            </p>
            <div class="acts">
                <button aria-label=turn_name on:click=turn>{verb}</button>
                <button aria-label=delete_name on:click=move |_| delete(vec![item.clone()], place)>
                    {words.delete}
                </button>
            </div>
        </li>
    }
}

/// The label of the service that declares an item, if any does, and its purpose; Doui's own have no service.
fn owner(edition: Edition, item: &Item) -> Option<(Option<&'static str>, &'static str)> {
    if is_own(edition.terms, item) {
        return Some((None, NECESSARY));
    }
    let place = if item.kind == Kind::Cookie {
        Place::Cookies
    } else {
        Place::Storage
    };
    let mut services = edition.services();
    let (service, label) = services.find(|(service, _)| {
        service
            .names(place)
            .any(|declared| stands_for(declared, &item.name))
    })?;
    Some((Some(label), service.purpose.as_str()))
}

/// Everything that the page can see.
fn stored() -> Vec<Item> {
    let cookies = storage::cookies().into_iter();
    let mut items: Vec<_> = cookies
        .map(|(name, value)| Item {
            kind: Kind::Cookie,
            name,
            value,
        })
        .collect();
    for kind in [Kind::Local, Kind::Session] {
        let Some(storage) = store(kind) else { continue };
        for index in 0..storage.length().unwrap_or_default() {
            if let Ok(Some(name)) = storage.key(index) {
                let value = storage.get_item(&name).ok().flatten().unwrap_or_default();
                items.push(Item { kind, name, value });
            }
        }
    }
    items
}

/// Whether the visitor's decision is in it.
fn is_own(terms: &Terms, item: &Item) -> bool {
    item.name == terms.cookie.name && item.kind != Kind::Session
}

fn remove(terms: &Terms, item: &Item, consent: Consent) {
    if is_own(terms, item) {
        // Cookie and record would restore each other, so both go.
        state::forget(&consent);
    } else if item.kind == Kind::Cookie {
        storage::remove_cookie(&item.name);
    } else if let Some(storage) = store(item.kind) {
        // What cannot be removed is listed again.
        let _ = storage.remove_item(&item.name);
    }
}

fn store(kind: Kind) -> Option<Storage> {
    let storage = match kind {
        Kind::Cookie => return None,
        Kind::Local => window().local_storage(),
        Kind::Session => window().session_storage(),
    };
    storage.ok()?
}
