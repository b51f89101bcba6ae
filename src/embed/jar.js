// The page's cookies.

import { doc, writeJar } from "./document.js";
import { ownDomain } from "./names.js";
import { attempt } from "./safely.js";
import { stamp } from "./shop.js";

/** Every cookie that the page sees, as `name=value`; one without a name as its value alone. */
export const readJar = () => (attempt(() => doc.cookie) || "").split("; ");

/** What was written here, until the browser has told of it; nothing where it does not tell. @type {Set<string> | undefined} */
let written;

/**
 * A full or closed jar drops a cookie without a word: only reading it back tells whether it is there.
 * @param {string} name @param {string} value @param {number} seconds @param {string} domain @param {string} [path] @param {string} [rest]
 */
export const setCookie = (name, value, seconds, domain, path = "/", rest = "") =>
  attempt(() => {
    const pair = `${name}=${value}`;
    if (seconds) written?.add(pair);
    writeJar(
      `${pair};Path=${path};SameSite=Lax;Max-Age=${seconds}${domain && ";Domain=" + domain}${
        location.protocol == "https:" ? ";Secure" : ""
      }${rest}`,
    );
    return seconds > 0 && readJar().includes(pair);
  });

/**
 * Calls back when a cookie may have changed that matters here: a decision made in another tab or on another host, or what a tag
 * wrote again. What was written here is none of it.
 * @param {(name: string) => unknown} matters @param {() => void} action
 */
export const onCookies = (matters, action) => {
  // Browsers have it on https alone, and not all of them.
  const store = /** @type {any} TypeScript does not know it */ (window).cookieStore;
  if (!store) {
    setInterval(() => doc.hidden || action(), 1000);
    return;
  }
  const own = (written = new Set());
  store.addEventListener("change", (/** @type {Record<string, { name: string, value: string }[]>} */ { changed, deleted }) => {
    const others = changed.filter(({ name, value }) => !own.delete(`${name}=${value}`) && matters(name));
    if (others[0] || deleted.some(({ name }) => name == stamp._cookie)) action();
  });
};

/** Writes Doui's own cookie where it belongs. @param {string} value @param {number} seconds */
export const writeOwn = (value, seconds) => {
  const domain = ownDomain(location.hostname, stamp._domain);
  // One of this host alone may be left from before: a server could read it first.
  if (domain) setCookie(stamp._cookie, "", 0, "");
  return setCookie(stamp._cookie, value, seconds, domain);
};
