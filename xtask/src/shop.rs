//! The shop file: read and checked before anything is built from it.

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result};
use doui_build::ShopFile;
use doui_core::Date;
use doui_shop::{Checked, Shop};

use crate::{files::read_text, project, sources};

/// The project's own shop file.
pub fn default_file() -> PathBuf {
    project::root().join("shop.json")
}

/// Reads a shop file. The error lists every finding, one a line, as `FILE:LINE:COLUMN: path: problem. remedy`.
pub fn read(file: &Path) -> Result<Shop> {
    check(file).map(|checked| checked.shop)
}

/// Reads a shop file, and what is to note in it. The error is [`read`]'s.
pub fn check(file: &Path) -> Result<Checked> {
    let file = ShopFile {
        name: &name(file),
        json: &read_text(file)?,
    };
    Ok(doui_build::check(file, &sources::read()?, today()?)?)
}

/// A file's name in messages: from the project's root, if it is in there.
pub fn name(file: &Path) -> String {
    let within = file.strip_prefix(project::root());
    within.unwrap_or(file).display().to_string()
}

/// Today where the day is furthest on, at UTC+14: nothing is called yet to come that is there for some visitor.
fn today() -> Result<Date> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.context("this computer's clock is before 1970")?;
    let days = (now.as_secs() + 14 * 3600) / 86400;
    date(days).context("this computer's clock is beyond the year 9999")
}

/// The date of a day, counted from 1 January 1970. Years are counted from March, so that leap days come last:
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn date(days: u64) -> Option<Date> {
    const DAYS_OF_400_YEARS: u64 = 146_097;
    /// From 1 March of the year 0 to 1 January 1970.
    const DAYS_BEFORE: u64 = 719_468;
    let days = days + DAYS_BEFORE;
    let (era, day) = (days / DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS);
    let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = era * 400 + year + later;
    Date::from_digits(&format!("{year:04}{month:02}{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, iso) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days), Date::from_iso(iso), "{days}");
        }
    }
}
