//! `shop.json`: its model, every fault of it with line and remedy, the catalogue of services, and its JSON Schema.
//!
//! ```
//! let json = include_str!("../../../tests/shops/four.json");
//! let shop = doui_shop::check(json)?;
//! assert_eq!(shop.terms().purposes.len(), 4);
//!
//! let findings = doui_shop::check(&json.replace("\"revised\"", "\"revisde\"")).unwrap_err();
//! assert!(findings.to_string().contains("Did you mean `revised`?"));
//! # Ok::<(), doui_shop::Findings>(())
//! ```
//!
//! # The parts
//!
//! - [`shop`]: the model of the file, in types. [`Shop::terms`] is what the rules of `doui-core` need of it.
//! - [`check`](mod@check): every fault of a shop file, with its line and remedy.
//! - [`Catalog`]: services that many shops use, and what is known of each.
//! - [`json_schema()`]: the schema of the file, for editors.
//!
//! It reads no file and no clock: texts and the day are passed in, findings are data.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod catalog;
pub mod check;
mod forms;
mod json_schema;
pub mod shop;

pub use catalog::{Catalog, LANGUAGES as CATALOG_LANGUAGES};
pub use check::{Checked, Finding, Findings, Notes, check, check_with};
pub use json_schema::json_schema;
pub use shop::{Shop, ShopError, Text};
