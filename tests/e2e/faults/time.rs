//! Clocks that are wrong, and clocks that are put right.

use doui_tests::{Door, Setting, Stage};

use crate::routes::open;

use super::{
    centre,
    shop::{self, PAGE, Wrong},
    table,
};

/// Moves the page's clock by as many days as its address says, or else by `days`.
fn clock(days: f64) -> String {
    format!(
        "{{
            const now = Date.now;
            const days = new URLSearchParams(location.search).get('days') ?? {days};
            Date.now = () => now() + days * 86400000;
        }}"
    )
}

const WRONG: [(&str, f64); 2] = [
    ("clock: a year ahead", 365.0),
    ("clock: a year behind", -365.0),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong() {
    for (fault, days) in WRONG {
        let clock = clock(days);
        shop::visit(
            fault,
            Wrong {
                before: &clock,
                ..Wrong::default()
            },
        )
        .await;
        centre::visit(fault, &clock).await;
    }
}

/// The clock when the visitor allowed everything and when they come back, in days from now; and whether the decision
/// stands then. It does up to a day before it was made, and for 180 days.
const CHANGED: [(&str, f64, f64, bool); 6] = [
    (
        "clock: set back by twelve hours after the decision",
        0.0,
        -0.5,
        true,
    ),
    (
        "clock: set back by two days after the decision",
        0.0,
        -2.0,
        false,
    ),
    (
        "clock: set back by a year after the decision",
        365.0,
        0.0,
        false,
    ),
    (
        "clock: set forward by 179 days after the decision",
        0.0,
        179.0,
        true,
    ),
    (
        "clock: set forward by 181 days after the decision",
        0.0,
        181.0,
        false,
    ),
    (
        "clock: set forward by a year after the decision",
        -365.0,
        0.0,
        false,
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_changes_across_the_decision() {
    for (fault, then, now, stands) in CHANGED {
        Setting::fixtures()
            .before(clock(0.0))
            .file("fault.js", "")
            .file("fault.css", "")
            .play(async |stage| {
                let at = |path: &str, days| format!("{path}?days={days}");
                stage.open(&at(PAGE, then)).await;
                stage.press(Door::Banner, "accept").await;
                stage.until("doui.state.decided && ran.length == 3").await;
                stage.open(&at(PAGE, now)).await;
                stage.until("window.doui").await;
                stage.until_quiet().await;
                assert_eq!(
                    shop::ran(stage).await.len(),
                    if stands { 3 } else { 1 },
                    "{fault}"
                );
                let happened = told(stage, stands).await;
                table::tell(fault, "shop page", happened);
                open(stage, &at("/doui/", now)).await;
                stage.until_quiet().await;
                let happened = told(stage, stands).await;
                table::tell(fault, "centre", happened);
            })
            .await;
    }
}

async fn told(stage: &Stage, stands: bool) -> &'static str {
    assert_ne!(stage.banner_shows().await, stands);
    if stands {
        "the decision stands"
    } else {
        "asks again, nothing runs until then"
    }
}
