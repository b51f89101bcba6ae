//! The live parts of pages, one a file: what a visitor's choice, browser or search changes. Each is an element that the
//! build marked with `data-doui-live`; its words are in the page, in `data-doui-words`.

#[cfg(not(feature = "ssr"))]
mod banner_host;
mod choices;
#[cfg(not(feature = "ssr"))]
mod cookies;
#[cfg(not(feature = "ssr"))]
mod developers;
#[cfg(not(feature = "ssr"))]
mod enliven;
#[cfg(not(feature = "ssr"))]
mod history;
#[cfg(not(feature = "ssr"))]
mod kept;
mod search;
#[cfg(not(feature = "ssr"))]
mod whenever;

pub use choices::Choices;
pub use search::Search;

#[cfg(not(feature = "ssr"))]
pub use {
    banner_host::BannerHost,
    enliven::{enliven, words_of},
    kept::kept,
    whenever::whenever,
};
