//! Where a decision is kept: the cookie that servers read, and the record in local storage.
//!
//! A browser may refuse either, and says so by an exception or by silence, so each write is read back.

mod cookie;
mod record;
mod sweep;

pub use cookie::all as cookies;
pub use sweep::{remove_cookie, sweep};

use doui_core::{Record, Settled, Stored, Terms, cookie_value, settle};

/// Reads both, makes them agree, and renews the cookie's life. For arrival only: a tab that looks
/// again may see half of what another one writes or deletes, and must not mend that.
pub fn load(terms: &Terms, now: u64) -> Settled {
    let settled = read(terms, now);
    if let Some(current) = &settled.record {
        let decision = &current.current.decision;
        if !terms.cookie.renewed_by_server || !cookie::holds(decision, terms) {
            cookie::write(decision, terms, now);
        }
        if settled.write_record {
            record::write(current, terms);
        }
    }
    settled
}

/// Reads both, and writes nothing.
pub fn read(terms: &Terms, now: u64) -> Settled {
    let jar = cookie::read();
    let stored = record::read(terms);
    let stored = Stored {
        cookie: cookie_value(&jar, &terms.cookie.name, now),
        record: stored.as_deref(),
    };
    settle(stored, now)
}

/// Keeps a new decision. False: this browser keeps nothing, and the choice lasts as long as the page.
pub fn store(record: &Record, terms: &Terms, now: u64) -> bool {
    let in_cookie = cookie::write(&record.current.decision, terms, now);
    record::write(record, terms) || in_cookie
}

/// Deletes everything that Doui keeps in this browser.
pub fn forget(terms: &Terms) {
    cookie::delete(terms);
    record::delete(terms);
}
