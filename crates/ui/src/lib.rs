//! What the banner and the choices are made of, one component a file. A build renders them (`doui-pages`), and in the
//! visitor's browser they are live (the app, `src`).
//!
//! They show the signals of a [`Consent`] and ask it for [`Change`]s. Nothing here reads or writes a browser: what only a
//! browser can do is passed in, as [`Browser`].

#![forbid(unsafe_code)]
#![recursion_limit = "256"]

mod act;
mod away;
mod banner;
mod choices;
mod consent;
mod edition;
mod labels;
mod live_state;
mod say;
mod search;
mod signal_note;
mod switch;
mod when;
pub mod words;

pub use act::Act;
pub use away::Away;
pub use banner::Banner;
pub use choices::{Choices, slot};
pub use consent::{Browser, Change, Consent};
pub use edition::Edition;
pub use labels::{Carried, Labels, Link, Named, Report};
pub use live_state::LiveState;
pub use say::say;
pub use search::Search;
pub use signal_note::SignalNote;
pub use switch::{LockedRow, SwitchRow};
pub use when::When;
