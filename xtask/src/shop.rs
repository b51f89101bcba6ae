//! The shop file and the catalogue: read and checked before anything is built from them.

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use doui_core::{Catalog, Checked, Date, Shop, check_with};

use crate::{
    files::{self, read_text},
    project,
};

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
    let json = read_text(file)?;
    let catalog = catalog()?;
    match check_with(&json, &catalog, today()?) {
        Ok(checked) => Ok(checked),
        Err(findings) => bail!("{}", findings.in_file(&name(file))),
    }
}

/// A file's name in messages: from the project's root, if it is in there.
pub fn name(file: &Path) -> String {
    let within = file.strip_prefix(project::root());
    within.unwrap_or(file).display().to_string()
}

/// Reads the catalogue, which may be empty. The error lists every finding in its files.
pub fn catalog() -> Result<Catalog> {
    let folder = project::root().join("catalog");
    let mut catalog = Catalog::default();
    if !folder.exists() {
        return Ok(catalog);
    }
    let mut found = Vec::new();
    for (path, content) in files::read(&folder)? {
        let file = format!("catalog/{path}");
        let json = String::from_utf8(content).with_context(|| format!("{file} is not UTF-8"))?;
        let Some(id) = path.strip_suffix(".json") else {
            bail!(
                "{file} is no file of the catalogue; one is named by its service, such as catalog/clarity.json"
            );
        };
        if let Err(findings) = catalog.add(id, &json) {
            found.push(findings.in_file(&file));
        }
    }
    if !found.is_empty() {
        bail!("{}", found.join("\n"));
    }
    Ok(catalog)
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

    #[test]
    fn every_file_of_the_catalogue_is_sound() {
        catalog().unwrap();
    }

    /// What is kept in Japan and the United States was said to be kept in Japan, by the seat of the company.
    #[test]
    fn the_seat_of_a_recipient_was_taken_for_where_the_data_is_kept() {
        let catalog = catalog().unwrap();
        let text = |fact: &Option<doui_core::shop::Fact<doui_core::Text>>| {
            let fact = fact.as_ref().expect("it is known");
            fact.value.get("en", "en").to_owned()
        };
        for id in ["yahoo-ads", "line-tag"] {
            let service = catalog.get(id).expect("the catalogue has it");
            assert_eq!(text(&service.recipient_country), "Japan");
            assert_eq!(
                text(&service.storage_location),
                "Japan and the United States"
            );
            assert!(service.statement.is_some(), "{id}");
        }
    }

    /// A withdrawal deletes what is listed, so what tags leave today must be.
    #[test]
    fn what_tags_leave_today_stayed_after_a_withdrawal() {
        use doui_core::sweep::{Place, stands_for};
        let catalog = catalog().unwrap();
        for (id, place, name) in [
            ("line-tag", Place::Cookies, "__lt__sid"),
            ("line-tag", Place::Cookies, "__lt__cid.0a1b2c3d"),
            ("tiktok-pixel", Place::Cookies, "ttcsid"),
            (
                "tiktok-pixel",
                Place::Cookies,
                "ttcsid_CEUU933C77UA1PN5K8JG",
            ),
            ("x-pixel", Place::Cookies, "_twpid"),
            ("x-pixel", Place::Cookies, "_twsid"),
            ("a8", Place::Cookies, "_a8_s00000022948001"),
            ("yahoo-ads", Place::Cookies, "_ycl_aw"),
            ("yahoo-ads", Place::Cookies, "_ycl_x_aw"),
            ("yahoo-ads", Place::Cookies, "_ly_su"),
            ("yahoo-ads", Place::Storage, "_ly_r"),
            ("google-ads", Place::Storage, "_gcl_ls"),
            ("microsoft-ads", Place::Storage, "_uetsid"),
            ("microsoft-ads", Place::Storage, "_uetvid"),
        ] {
            let service = catalog.get(id).expect("the catalogue has it");
            let mut names = service.names(place);
            assert!(names.any(|known| stands_for(known, name)), "{id}: {name}");
        }
    }
}
