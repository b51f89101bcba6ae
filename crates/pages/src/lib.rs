//! The pages of the preference centre, the banner, and Doui's own words, as HTML: what is read before any script runs.
//!
//! What is live in a page is marked with `data-doui-live` and brings its words along; the app makes it so.

#![forbid(unsafe_code)]
#![recursion_limit = "256"]

mod choices;
mod cookies;
mod developers;
mod edition;
mod frame;
mod history;
mod kind;
mod news;
mod not_found;
mod opt_out;
mod parts;
mod placeholder;
mod policy;
mod readers;
mod reload_offer;
mod render;
mod services;
mod text;
mod way_back;

pub use render::{Page, kit, pages};
pub use text::{AuditWords, audit as audit_words};
