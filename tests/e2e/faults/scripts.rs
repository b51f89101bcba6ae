//! A shop's own scripts that freeze what is built in, or replace it.
//!
//! What throws does so only when `doui.js` calls it: the driver of the tests is a script in the page too.

use super::shop::{self, Wrong};

/// Replaces a function by one that throws, for `doui.js`.
const HELPERS: &str = "
    const fail = () => { throw new Error('replaced by the shop') };
    const isDoui = () => new Error().stack.includes('/doui/');
    const spoil = (owner, name) => {
        const good = owner[name];
        Object.defineProperty(owner, name, { configurable: true, writable: true, value: function (...given) {
            return isDoui() ? fail() : new.target ? new good(...given) : good.apply(this, given);
        } });
        Object.setPrototypeOf(owner[name], good);
    };";

const FAULTS: [(&str, &str); 11] = [
    ("scripts: everything built in is frozen",
        "for (const it of [Array, Object, Function, String, RegExp, Map, WeakSet, Promise, Element, Node, Document, Event, Storage])
             Object.freeze(it.prototype);
         for (const it of [Object, JSON, Math, Reflect, Promise, customElements]) Object.freeze(it)"),
    ("scripts: Array.prototype has enumerable properties",
        "Array.prototype.each = function () {}; Array.prototype.toJSON = function () { return isDoui() ? 'a list' : this }; Object.prototype.extra = 1"),
    ("scripts: Array.prototype has the shop's own methods",
        "Array.prototype.map = function (f, that) { const made = []; for (let i = 0; i < this.length; i++) made.push(f.call(that, this[i], i, this)); return made };
         Array.prototype.filter = function (f, that) { const made = []; for (let i = 0; i < this.length; i++) if (f.call(that, this[i], i, this)) made.push(this[i]); return made };
         Array.prototype.forEach = function (f, that) { for (let i = 0; i < this.length; i++) f.call(that, this[i], i, this) };
         Array.prototype.some = function (f, that) { for (let i = 0; i < this.length; i++) if (f.call(that, this[i], i, this)) return true; return false };
         Array.prototype.every = function (f, that) { return !this.some((...it) => !f.apply(that, it)) }"),
    ("scripts: JSON throws", "spoil(JSON, 'parse'); spoil(JSON, 'stringify')"),
    ("scripts: JSON is missing", "if (isDoui()) window.JSON = undefined; else Object.defineProperty(window, 'JSON', { get: (good => () => isDoui() ? undefined : good)(JSON) })"),
    ("scripts: document.cookie throws",
        "Object.defineProperty(document, 'cookie', { get: () => fail(), set: () => fail() })"),
    ("scripts: document.cookie keeps nothing",
        "Object.defineProperty(document, 'cookie', { get: () => '', set() {} })"),
    ("scripts: localStorage is a plain object",
        "Object.defineProperty(window, 'localStorage', { value: {} })"),
    ("scripts: customElements.define throws", "customElements.define = fail"),
    ("scripts: Promise throws", "spoil(window, 'Promise')"),
    ("scripts: window.doui is already set", "try { window.doui = { allows: () => true } } catch {} window.douiOnReady = 1"),
];

#[tokio::test(flavor = "multi_thread")]
async fn scripts_that_freeze_or_replace_what_is_built_in() {
    for (fault, script) in FAULTS {
        let after = format!("{{{HELPERS}{script}}}");
        shop::visit(
            fault,
            Wrong {
                after: &after,
                ..Wrong::default()
            },
        )
        .await;
    }
}
