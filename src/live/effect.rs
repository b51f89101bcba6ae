//! Effects: what runs again when a signal that it read has changed.

use leptos::prelude::*;

/// An effect. The closure is not a type parameter, so that the WebAssembly has its machinery once.
pub fn effect(act: Box<dyn FnMut()>) {
    Effect::new(act);
}
