//! Storage that fails, in each way that it does in real browsers.

use super::{
    centre,
    shop::{self, Wrong},
};

/// The helpers of the scripts below.
const HELPERS: &str = "
    const refuse = (name) => { throw new DOMException('refused', name) };
    const cookies = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    const withCookies = (changed) => Object.defineProperty(Document.prototype, 'cookie', { ...cookies, ...changed });";

const FAULTS: [(&str, &str); 13] = [
    ("cookies: reading throws", "withCookies({ get: () => refuse('SecurityError') })"),
    ("cookies: writing throws", "withCookies({ set: () => refuse('SecurityError') })"),
    ("cookies: writes are silently dropped", "withCookies({ set() {} })"),
    ("cookies: 180 others", "for (let i = 0; i < 180; i++) document.cookie = `other${i}=1;path=/`"),
    ("cookies: 40 others of 3,000 bytes each",
        "for (let i = 0; i < 40; i++) document.cookie = `large${i}=${'x'.repeat(3000)};path=/nowhere`"),
    ("local storage: reading window.localStorage throws",
        "Object.defineProperty(window, 'localStorage', { get: () => refuse('SecurityError') })"),
    ("local storage: reading throws", "Storage.prototype.getItem = () => refuse('SecurityError')"),
    ("local storage: full", "Storage.prototype.setItem = () => refuse('QuotaExceededError')"),
    ("local storage: writes are silently dropped", "Storage.prototype.setItem = () => {}"),
    ("local storage: absent", "Object.defineProperty(window, 'localStorage', { get: () => null })"),
    ("cookies and local storage: switched off",
        "Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });
         withCookies({ get: () => '', set() {} });
         Object.defineProperty(window, 'localStorage', { get: () => refuse('SecurityError') })"),
    ("cookies and local storage: writes are silently dropped",
        "withCookies({ set() {} }); Storage.prototype.setItem = () => {}"),
    ("cookies and local storage: every access throws",
        "withCookies({ get: () => refuse('SecurityError'), set: () => refuse('SecurityError') });
         for (const name of ['getItem', 'setItem', 'removeItem', 'key']) Storage.prototype[name] = () => refuse('SecurityError')"),
];

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_fails_under_a_shop_page() {
    for (fault, script) in FAULTS {
        let before = format!("{{{HELPERS}{script}}}");
        shop::visit(
            fault,
            Wrong {
                before: &before,
                ..Wrong::default()
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_fails_under_the_centre() {
    for (fault, script) in FAULTS {
        centre::visit(fault, &format!("{{{HELPERS}{script}}}")).await;
    }
}
