//! The live parts of pages, one a file: what a visitor's choice, browser or search changes. Each is an element that the
//! build marked with `data-doui-live`; its words are in the page, in `data-doui-words`.

#[cfg(not(feature = "ssr"))]
mod banner_host;
mod choices;
#[cfg(not(feature = "ssr"))]
mod cookies;
mod developers;
#[cfg(not(feature = "ssr"))]
mod enliven;
#[cfg(not(feature = "ssr"))]
mod history;
#[cfg(not(feature = "ssr"))]
mod kept;
mod search;
mod whenever;

pub use choices::Choices;
pub use developers::{Copy, LiveState};
pub use search::Search;

pub use whenever::whenever;

#[cfg(not(feature = "ssr"))]
pub use {
    banner_host::BannerHost,
    enliven::{enliven, words_of},
    kept::kept,
};
