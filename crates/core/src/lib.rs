//! The rules of consent: who must be asked, what is allowed, and how the answer is written down.
//!
//! A shop declares its purposes in `shop.json`; a visitor's answer travels in one short cookie.
//! This crate reads both and says, for each purpose, whether it is allowed and, if not decided,
//! why the visitor must be asked. The same answer comes out in the browser and on a server:
//!
//! ```
//! use doui_core::{from_cookie_header, Shop};
//!
//! // A server reads its shop file once…
//! let shop = Shop::from_json(include_str!("../../../tests/shops/four.json"))?;
//!
//! // …and then the Cookie header of each request, with the time in Unix seconds.
//! let header = "session=8f3a; doui=1.20231201.1764000000.auth1.ads0.traffic1.affiliate0";
//! let state = from_cookie_header(header, &shop, 1_764_000_060);
//!
//! assert!(state.is_decided());
//! assert!(state.allows("traffic"));
//! assert!(!state.allows("ads"));
//! # Ok::<(), doui_core::ShopError>(())
//! ```
//!
//! Whatever is undecided, unreadable, expired or forged is denied and asked again:
//!
//! ```
//! # use doui_core::{from_cookie_header, Shop, Why};
//! # let shop = Shop::from_json(include_str!("../../../tests/shops/four.json"))?;
//! let state = from_cookie_header("doui=accept", &shop, 1_764_000_060);
//!
//! assert!(!state.allows("ads"));
//! assert_eq!(state.asked("ads"), Some(Why::Unreadable));
//! # Ok::<(), doui_core::ShopError>(())
//! ```
//!
//! # The parts
//!
//! - [`purpose`] and [`date`]: the two words of the grammar.
//! - [`record`]: a [`Decision`] as the cookie and as local storage keep it.
//! - [`settle`](mod@settle): the cookie and the record brought to agree.
//! - [`decide`](mod@decide): what is allowed, who must be asked and why, and the next decision.
//! - [`condition`]: what a tag waits for, such as `ads !traffic`.
//! - [`language`]: which of the languages that there are a visitor is shown.
//! - [`signals`]: Global Privacy Control, and the consent types that tags listen for.
//! - [`sweep`]: what a refused service has left in the browser.
//! - [`shop`]: the model of `shop.json`.
//! - `check` (feature `check`, on by default): every fault of a shop file, with its line and remedy.
//! - `catalog` (feature `check`): services that many shops use, and what is known of them.
//!
//! # What it does not do
//!
//! It touches no browser, network, file or clock and draws no random numbers: the time and the
//! signals are passed in, the writes are handed back. It neither sets cookies nor renders a banner,
//! it knows nothing of tags, and it never panics on input.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "check")]
pub mod catalog;
#[cfg(feature = "check")]
pub mod check;
pub mod condition;
pub mod date;
pub mod decide;
#[cfg(feature = "check")]
mod json_schema;
pub mod language;
mod ordered;
mod page;
pub mod purpose;
pub mod record;
pub mod settle;
pub mod shop;
pub mod signals;
pub mod sweep;

#[cfg(feature = "check")]
pub use catalog::Catalog;
#[cfg(feature = "check")]
pub use check::{Checked, Finding, Findings, Notes, check, check_with};
pub use condition::Condition;
pub use date::Date;
pub use decide::{
    ServiceStanding, Standing, State, Why, choose, decide, from_cookie_header,
    from_cookie_header_with_gpc,
};
#[cfg(feature = "check")]
pub use json_schema::json_schema;
pub use purpose::{PurposeId, PurposeIdError};
pub use record::{Decision, Door, Entry, Record, Unreadable};
pub use settle::{Kept, Settled, cookie_value, settle};
pub use shop::{Shop, ShopError, Text};
