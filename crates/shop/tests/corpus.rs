//! The texts that the fuzzer found worth keeping, under the very functions that it runs. `docs/fuzzing.md` says how they
//! came about.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::panic::catch_unwind;

/// Runs every text of a target's corpus.
fn replay(target: &str, run: fn(&str)) {
    let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let texts = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut failed = Vec::new();
    let mut count = 0;
    for path in texts.map(|text| text.unwrap().path()) {
        // The fuzzer passes over what is no text.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        count += 1;
        if catch_unwind(|| run(&text)).is_err() {
            failed.push(path);
        }
    }
    assert!(count > 20, "{folder} has {count} texts only");
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_cookie_of_the_corpus() {
    replay("cookie", fuzz::cookie);
}

#[test]
fn every_record_of_the_corpus() {
    replay("record", fuzz::record);
}

#[test]
fn every_pair_of_the_corpus() {
    replay("pair", fuzz::pair);
}

#[test]
fn every_shop_file_of_the_corpus() {
    replay("shop", fuzz::shop);
}
