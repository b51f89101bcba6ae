//! The components of the banner and the choices, one a file. All are rendered through both doors, but for what only
//! `doui.js` shows.

mod act;
mod banner;
mod opt_out;
#[cfg(feature = "ssr")]
mod placeholder;
#[cfg(feature = "ssr")]
mod reload_offer;
mod signal_note;
mod switch;
mod when;

pub use act::Act;
pub use banner::Banner;
pub use opt_out::OptOutLink;
#[cfg(feature = "ssr")]
pub use placeholder::Placeholder;
#[cfg(feature = "ssr")]
pub use reload_offer::ReloadOffer;
pub use signal_note::SignalNote;
pub use switch::{LockedRow, SwitchRow};
pub use when::When;
