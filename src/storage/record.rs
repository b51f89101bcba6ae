//! The record in local storage, under the key that the cookie is named by.

use doui_core::{Record, Terms};
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

/// The raw text, if there is any and the browser shows it.
pub fn read(terms: &Terms) -> Option<String> {
    storage()?.get_item(&terms.cookie.name).ok()?
}

/// Writes the record. False: the browser did not keep it.
pub fn write(record: &Record, terms: &Terms) -> bool {
    let name = &terms.cookie.name;
    let text = record.to_json();
    storage().is_some_and(|storage| {
        storage.set_item(name, &text).is_ok() && storage.get_item(name).ok().flatten() == Some(text)
    })
}

/// Deletes the record.
pub fn delete(terms: &Terms) {
    if let Some(storage) = storage() {
        // A storage that refuses to delete also refused to write.
        let _ = storage.remove_item(&terms.cookie.name);
    }
}

/// gloo-storage panics where the browser refuses local storage, so that is asked first.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()??;
    Some(LocalStorage::raw())
}
