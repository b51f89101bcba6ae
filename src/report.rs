//! What the shop's own endpoint is told of who is asked in the centre: that the banner was seen, and how it was answered. Each
//! once at most, and nothing of who it was. `src/embed/report.js` is the same for the shop's pages.

use std::cell::Cell;

use doui_core::{Decision, Door};
use doui_ui::{Consent, Edition};
use leptos::prelude::*;

use crate::browser;

thread_local! {
    /// Whether it was told that the banner was seen, and how it was answered.
    static TOLD: [Cell<bool>; 2] = const { [Cell::new(false), Cell::new(false)] };
}

/// Tells that the banner is seen, if it asks something.
pub fn shown(consent: &Consent) {
    if consent.state.read_untracked().must_ask() {
        tell(consent.edition, 0, "shown");
    }
}

/// Tells how somebody has answered who was asked until now.
pub fn answered(consent: &Consent, decision: &Decision, by: Door) {
    if !consent.state.read_untracked().must_ask() {
        return;
    }
    let edition = consent.edition;
    let is_open = consent.is_open.get_untracked();
    let door = if by == Door::Banner && is_open {
        "settings"
    } else {
        by.as_str()
    };
    let mut tokens = String::new();
    let (mut is_all, mut is_none) = (true, true);
    for purpose in &edition.terms.purposes {
        let mut choices = decision.choices.iter();
        match choices.find(|(id, _)| *id == purpose.id) {
            Some((id, allowed)) => {
                if !tokens.is_empty() {
                    tokens += ".";
                }
                tokens += id.as_str();
                tokens += if *allowed { "1" } else { "0" };
            }
            None => (is_all, is_none) = (false, false),
        }
    }
    // The services that are refused alone are among them.
    for (_, allowed) in &decision.choices {
        is_all &= allowed;
        is_none &= !allowed;
    }
    let act = match (is_all, is_none) {
        (true, _) => "all",
        (_, true) => "refused",
        _ => "chosen",
    };
    tell(edition, 0, "shown");
    let answer = ["answered&by=", door, "&act=", act, "&c=", &tokens].concat();
    tell(edition, 1, &answer);
}

fn tell(edition: Edition, place: usize, event: &str) {
    let Some(report) = &edition.labels.report else {
        return;
    };
    if report.gpc && browser::gpc() || TOLD.with(|told| told[place].replace(true)) {
        return;
    }
    let width = if browser::is_narrow() {
        "&w=narrow"
    } else {
        "&w=wide"
    };
    let revision = edition.terms.revision.to_string();
    browser::post(
        &[
            &report.url,
            "?e=",
            event,
            "&rev=",
            &revision,
            "&lang=",
            edition.lang,
            width,
        ]
        .concat(),
    );
}
