//! The rules of consent: who must be asked, what is allowed, and how the answer is written down.
//!
//! A shop declares its purposes in `shop.json`, of which a build writes the terms; a visitor's answer travels in one
//! short cookie. This crate reads both and says, for each purpose, whether it is allowed and, if not decided,
//! why the visitor must be asked. The same answer comes out in the browser and on a server:
//!
//! ```
//! use doui_core::{Terms, from_cookie_header};
//!
//! // A server reads its dist/terms.json once…
//! let terms = Terms::from_json(include_str!("../../../tests/terms/four.json"))?;
//!
//! // …and then the Cookie header of each request, with the time in Unix seconds.
//! let header = "session=8f3a; doui=1.20231201.1764000000.auth1.ads0.traffic1.affiliate0";
//! let state = from_cookie_header(header, &terms, 1_764_000_060);
//!
//! assert!(state.is_decided());
//! assert!(state.allows("traffic"));
//! assert!(!state.allows("ads"));
//! # Ok::<(), doui_core::TermsError>(())
//! ```
//!
//! Whatever is undecided, unreadable, expired or forged is denied and asked again:
//!
//! ```
//! # use doui_core::{from_cookie_header, Terms, Why};
//! # let terms = Terms::from_json(include_str!("../../../tests/terms/four.json"))?;
//! let state = from_cookie_header("doui=accept", &terms, 1_764_000_060);
//!
//! assert!(!state.allows("ads"));
//! assert_eq!(state.asked("ads"), Some(Why::Unreadable));
//! # Ok::<(), doui_core::TermsError>(())
//! ```
//!
//! # The parts
//!
//! - [`terms`]: what the rules need to know of a shop, and nothing else.
//! - [`id`] and [`date`]: the two words of the grammar.
//! - [`record`]: a [`Decision`] as the cookie and as local storage keep it.
//! - [`settle`](mod@settle): the cookie and the record brought to agree.
//! - [`decide`](mod@decide): what is allowed, who must be asked and why, and the next decision.
//! - [`condition`]: what a tag waits for, such as `ads !traffic`.
//! - [`language`]: which of the languages that there are a visitor is shown.
//! - [`signals`]: Global Privacy Control, and the consent types that tags listen for.
//! - [`sweep`]: what a refused service has left in the browser.
//! - [`json`]: JSON objects read member by member.
//!
//! # What it does not do
//!
//! It touches no browser, network, file or clock and draws no random numbers: the time and the
//! signals are passed in, the writes are handed back. It neither sets cookies nor renders a banner,
//! it knows nothing of tags, and it never panics on input.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod condition;
pub mod date;
pub mod decide;
pub mod id;
pub mod json;
pub mod language;
pub mod record;
pub mod settle;
pub mod signals;
pub mod sweep;
pub mod terms;

pub use condition::Condition;
pub use date::Date;
pub use decide::{
    ServiceStanding, Standing, State, Why, choose, decide, from_cookie_header,
    from_cookie_header_with_gpc,
};
pub use id::{Id, IdError};
pub use record::{Decision, Door, Entry, Record, Unreadable};
pub use settle::{Settled, Stored, cookie_value, settle};
pub use terms::{Terms, TermsError};
