//! Doui's Leptos components, seen through two doors: rendered to HTML at build time
//! ([`prerender`]), and live in the visitor's browser ([`start`]), where they take over that HTML.
//!
//! The rules are `doui-core`'s; this crate shows them and carries out what they decide.

#![recursion_limit = "256"]

mod app;
mod browser;

mod edition;
mod pages;
#[cfg(feature = "ssr")]
pub mod prerender;
mod state;
mod storage;
mod text;
mod ui;

pub use app::start;
