//! Doui's Leptos components, seen through two doors: rendered to HTML at build time
//! ([`prerender`]), and live in the visitor's browser ([`start`]), where they make parts of that HTML live.
//!
//! The rules are `doui-core`'s; this crate shows them and carries out what they decide.

#![recursion_limit = "256"]

#[cfg(not(feature = "ssr"))]
mod app;
mod browser;
mod edition;
mod live;
#[cfg(not(feature = "ssr"))]
mod page;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod prerender;
mod state;
mod storage;
mod text;
mod ui;

#[cfg(not(feature = "ssr"))]
pub use app::start;

/// Where a shop serves `dist/`.
pub const BASE: &str = "/doui";
