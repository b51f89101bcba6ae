//! The preference centre as it lives in the visitor's browser: it makes parts of the pages that the build wrote live
//! ([`start`]).
//!
//! The rules are `doui-core`'s, the components `doui-ui`'s; this crate carries out what they decide.

#![recursion_limit = "256"]

mod app;
mod browser;
mod document;
mod live;
mod navigation;
mod report;
mod state;
mod storage;

pub use app::start;
