//! What Doui survives: each fault at each door, in the engine of this run. In each of them nothing runs that was not
//! allowed, no decision is lost without a word or invented, and the console holds no exception of ours. What happened
//! besides is in `docs/reliability.md`, line by line, and these tests hold it to that.

mod centre;
mod files;
mod pages;
mod scripts;
mod shop;
mod storage;
mod styles;
mod table;
mod time;

use crate::refused::news;

/// What became of an answer, in the words of the table.
const KEEPS: &str = "asks, obeys, keeps";
const TELLS: &str = "asks, obeys, says that it cannot store the answer";
