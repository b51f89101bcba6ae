//! What is tested without a browser: what the tools say and write, and what a shop's server does with it. Once, where
//! `e2e` plays in each engine.

mod ec_cube;
mod inline;
mod load;
mod mark;
mod npm;
mod pure;
mod readers;
mod recipes;
mod report;
mod shop_check;
mod syntax;
mod tag_manager;
mod types;
mod wordpress;
