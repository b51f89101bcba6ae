//! What is tested without a browser: what the tools say and write, and what a shop's server does with it. Once, where
//! `e2e` plays in each engine.

mod load;
// The modules of src/embed are not there yet.
// mod pure;
mod recipes;
mod shop_check;
mod syntax;
mod types;
