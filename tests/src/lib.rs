//! What the end-to-end tests share: a site, a real browser before it, and the hooks of Doui's two doors.
//!
//! A test says its setting and plays in it:
//!
//! ```ignore
//! #[tokio::test(flavor = "multi_thread")]
//! async fn the_banner_asks() {
//!     Setting::demo().play(async |stage| {
//!         stage.open("/").await;
//!         stage.answer("accept").await;
//!     }).await;
//! }
//! ```
//!
//! It runs in each engine, one a run: `DOUI_ENGINE=webkit cargo test -p doui-tests`. A test that needs what not every
//! engine has says so, by [`Setting::needs`].
//!
//! Helpers panic with a sentence that says what was awaited and what was found instead: a test has nobody else to
//! tell. Nothing sleeps; what takes time is awaited in the page.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod ability;
mod browser;
pub mod built;
mod choices;
mod door;
mod endpoint;
mod page;
mod server;
mod stage;
mod tls;

pub use ability::Ability;
pub use browser::Engine;
pub use choices::{Choices, PURPOSES, combinations};
pub use door::Door;
pub use endpoint::{OwnRequest, no_content};
pub use page::{SCRIPTS, page, page_in};
pub use stage::{Setting, Stage};
