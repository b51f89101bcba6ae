// The page's cookies.

import { doc, writeJar } from "./document.js";
import { ownDomain } from "./names.js";
import { attempt } from "./safely.js";
import { stamp } from "./shop.js";

/** Every cookie that the page sees, as `name=value`; one without a name as its value alone. */
export const readJar = () => (attempt(() => doc.cookie) || "").split("; ");

/**
 * A full or closed jar drops a cookie without a word: only reading it back tells whether it is there.
 * @param {string} name @param {string} value @param {number} seconds @param {string} domain @param {string} [path] @param {string} [rest]
 */
export const setCookie = (name, value, seconds, domain, path = "/", rest = "") =>
  attempt(() => {
    const pair = `${name}=${value}`;
    writeJar(
      `${pair};Path=${path};SameSite=Lax;Max-Age=${seconds}${domain && ";Domain=" + domain}${
        location.protocol == "https:" ? ";Secure" : ""
      }${rest}`,
    );
    return seconds > 0 && readJar().includes(pair);
  });

/** Writes Doui's own cookie where it belongs. @param {string} value @param {number} seconds */
export const writeOwn = (value, seconds) => {
  const domain = ownDomain(location.hostname, stamp._domain);
  // One of this host alone may be left from before: a server could read it first.
  if (domain) setCookie(stamp._cookie, "", 0, "");
  return setCookie(stamp._cookie, value, seconds, domain);
};
