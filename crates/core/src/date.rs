//! A calendar day, as revisions are dated.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar, without time or zone.
///
/// Its parser checks the shape only: month 01–12, day 01–31, whatever the month. That is all the
/// cookie grammar asks, and all that one regular expression in a page can check;
/// [`Date::is_real`] asks for more.
///
/// In `shop.json` it is written `2023-12-01`, in the cookie and the record `20231201`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(u32);

impl Date {
    /// Reads `20231201`: exactly eight ASCII digits.
    pub fn from_digits(digits: &str) -> Option<Self> {
        if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let date = Self(digits.parse().ok()?);
        ((1..=12).contains(&date.month()) && (1..=31).contains(&date.day())).then_some(date)
    }

    /// Reads `2023-12-01`.
    pub fn from_iso(iso: &str) -> Option<Self> {
        let mut parts = iso.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if (year.len(), month.len(), day.len()) != (4, 2, 2) || parts.next().is_some() {
            return None;
        }
        Self::from_digits(&[year, month, day].concat())
    }

    /// The year, 0–9999.
    pub fn year(self) -> u32 {
        self.0 / 10_000
    }

    /// The month, 1–12.
    pub fn month(self) -> u32 {
        self.0 / 100 % 100
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u32 {
        self.0 % 100
    }

    /// Whether the calendar has this day: `2023-02-29` parses, but is not real.
    pub fn is_real(self) -> bool {
        let leap = |year: u32| {
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
        };
        let days = match self.month() {
            2 if leap(self.year()) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        self.year() > 0 && self.day() <= days
    }

    /// The same day of the year before; of 29 February, a day that only the shape allows.
    pub fn year_before(self) -> Self {
        Self(self.0.saturating_sub(10_000))
    }

    /// The day as `2023-12-01`.
    pub fn iso(self) -> String {
        let digits = self.to_string();
        [&digits[..4], &digits[4..6], &digits[6..]].join("-")
    }
}

/// The day as `20231201`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl TryFrom<String> for Date {
    type Error = &'static str;

    fn try_from(iso: String) -> Result<Self, Self::Error> {
        Self::from_iso(&iso).ok_or("a date is written as 2023-12-01")
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.iso()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_by_shape() {
        for digits in ["20231201", "00000101", "99991231", "20230231"] {
            assert_eq!(Date::from_digits(digits).unwrap().to_string(), digits);
        }
        for digits in [
            "",
            "2023120",
            "202312011",
            "20231301",
            "20230001",
            "20231200",
            "20231232",
            "2023-2-1",
            "+2023120",
            "２０２３",
            "２0231",
        ] {
            assert_eq!(Date::from_digits(digits), None, "{digits:?}");
        }
    }

    #[test]
    fn iso_is_the_same_day() {
        let date = Date::from_iso("2023-12-01").unwrap();
        assert_eq!(date, Date::from_digits("20231201").unwrap());
        assert_eq!(date.iso(), "2023-12-01");
        for iso in [
            "2023-12-1",
            "20231201",
            "2023-1201",
            "2023-12-01-",
            "23-12-0001",
        ] {
            assert_eq!(Date::from_iso(iso), None, "{iso:?}");
        }
    }

    #[test]
    fn a_real_date_is_in_the_calendar() {
        let real = |iso| Date::from_iso(iso).unwrap().is_real();
        assert!(real("2024-02-29") && real("2000-02-29") && real("2023-12-31"));
        assert!(!real("2023-02-29") && !real("1900-02-29") && !real("2023-04-31"));
        assert!(!real("0000-01-01"));
    }
}
