//! Where a decision is kept: the cookie that servers read, and the record in local storage.
//!
//! A browser may refuse either, and says so by an exception or by silence, so each write is read back.

mod cookie;
mod record;
mod sweep;

pub use sweep::sweep;
#[cfg(not(feature = "ssr"))]
pub use {cookie::all as cookies, sweep::remove_cookie};

use doui_core::{Kept, Record, Settled, Shop, cookie_value, settle};

/// Reads both, makes them agree, and renews the cookie's life. For arrival only: a tab that looks
/// again may see half of what another one writes or deletes, and must not mend that.
#[cfg(not(feature = "ssr"))]
pub fn load(shop: &Shop, now: u64) -> Settled {
    let settled = read(shop, now);
    if let Some(current) = &settled.record {
        let decision = &current.current.decision;
        if !shop.cookie.renewed_by_server || !cookie::holds(decision, shop) {
            cookie::write(decision, shop, now);
        }
        if settled.write_record {
            record::write(current, shop);
        }
    }
    settled
}

/// Reads both, and writes nothing.
pub fn read(shop: &Shop, now: u64) -> Settled {
    let jar = cookie::read();
    let stored = record::read(shop);
    let kept = Kept {
        cookie: cookie_value(&jar, &shop.cookie.name, now),
        record: stored.as_deref(),
    };
    settle(kept, now)
}

/// Keeps a new decision. False: this browser keeps nothing, and the choice lasts as long as the page.
pub fn keep(record: &Record, shop: &Shop, now: u64) -> bool {
    let in_cookie = cookie::write(&record.current.decision, shop, now);
    record::write(record, shop) || in_cookie
}

/// Deletes everything that Doui keeps in this browser.
pub fn forget(shop: &Shop) {
    cookie::delete(shop);
    record::delete(shop);
}
