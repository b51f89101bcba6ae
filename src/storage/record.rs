//! The record under the key `doui` in local storage.

use doui_core::{Record, record::NAME};
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

/// The raw text, if there is any and the browser shows it.
pub fn read() -> Option<String> {
    storage()?.get_item(NAME).ok()?
}

/// Writes the record. False: the browser did not keep it.
pub fn write(record: &Record) -> bool {
    let text = record.to_json();
    storage().is_some_and(|storage| {
        storage.set_item(NAME, &text).is_ok() && storage.get_item(NAME).ok().flatten() == Some(text)
    })
}

/// Deletes the record.
pub fn delete() {
    if let Some(storage) = storage() {
        // A storage that refuses to delete also refused to write.
        let _ = storage.remove_item(NAME);
    }
}

/// gloo-storage panics where the browser refuses local storage, so that is asked first.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()??;
    Some(LocalStorage::raw())
}
