//! What holds for any shop file at all: no panic, and what passes the check is a shop.

use doui_core::{Date, Terms};
use doui_shop::{Catalog, Shop, check, check_with};
use proptest::prelude::*;

/// A text with one character of it replaced, dropped or doubled: nearly right is where parsers err.
fn nearly(text: &'static str) -> impl Strategy<Value = String> {
    (any::<prop::sample::Index>(), any::<char>(), 0..3).prop_map(move |(at, other, how)| {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        match how {
            0 => chars[at] = other,
            1 => drop(chars.remove(at)),
            _ => chars.insert(at, chars[at]),
        }
        chars.into_iter().collect()
    })
}

const FOUR: &str = include_str!("../../../tests/shops/four.json");
const FULL: &str = include_str!("../../../tests/shops/full.json");

proptest! {
    /// With every key there is, and a catalogue that completes the service.
    #[test]
    fn a_full_shop_file_is_right_or_found(json in nearly(FULL)) {
        let today = Date::from_iso("2026-01-01").unwrap();
        let mut catalog = Catalog::default();
        let known = r#"{ "id": "house-ads", "purpose": "ads", "label": { "ja": "あ", "en": "A" } }"#;
        catalog.add("house-ads", known).unwrap();
        if let Err(findings) = check_with(&json, &catalog, today) {
            for finding in &findings {
                prop_assert!(!finding.problem.starts_with("not a shop"), "{finding}");
            }
        }
    }

    #[test]
    fn no_file_of_the_catalogue_makes_it_panic(json in nearly(FULL)) {
        prop_assert!(Catalog::default().add("house-ads", &json).is_err());
    }

    #[test]
    fn no_shop_file_makes_it_panic(json in any::<String>()) {
        prop_assert!(check(&json).is_err());
    }

    /// Whatever is broken, what passes the check is a shop, and what does not comes with
    /// findings that lie within the file.
    #[test]
    fn a_nearly_right_shop_file_is_right_or_found(json in nearly(FOUR)) {
        match check(&json) {
            Ok(shop) => {
                    prop_assert_eq!(Terms::from_json(&shop.terms().to_json()), Ok(shop.terms()));
                    prop_assert_eq!(shop, Shop::from_json(&json).unwrap());
                }
            Err(findings) => {
                prop_assert!(!findings.as_slice().is_empty());
                for finding in &findings {
                    prop_assert!(!finding.problem.starts_with("not a shop"), "{finding}");
                    let line = json.split('\n').nth(finding.line - 1);
                    let columns = line.map(|line| line.chars().count() + 1);
                    prop_assert!(columns.is_some_and(|columns| finding.column <= columns), "{finding}");
                }
            }
        }
    }
}
