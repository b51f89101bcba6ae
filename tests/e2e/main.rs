//! What a visitor, a shop's page and a shop's operator get, shown in a real browser. One module a subject, one
//! binary for all, so that the WebDriver client is linked once.

mod accessible;
mod api;
mod arrival;
mod audit;
mod bad_input;
mod centre;
mod combinations;
mod cookies_page;
mod demo;
mod developers_page;
mod downloads;
mod faults;
mod formats;
mod gates;
mod gpc;
mod history_page;
mod hosts;
mod keyboard;
mod links;
mod many;
mod mended;
mod names;
mod operator;
mod own_files;
mod painting;
mod placeholders;
mod refused;
mod renewal;
mod routes;
mod services;
mod services_page;
mod signals;
mod tabs;
mod vectors;
mod withdrawal;
