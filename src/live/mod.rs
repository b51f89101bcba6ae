//! The live parts of pages, one a file: what a visitor's choice, browser or search changes. Each is an element that the
//! build marked with `data-doui-live`; its words are in the page, in `data-doui-words`.

mod banner_host;
mod cookies;
mod developers;
mod effect;
mod history;
mod mount;
mod search;
mod slot;
mod told;

pub use banner_host::BannerHost;
pub use effect::effect;
pub use mount::{mount_live_parts, words_of};
