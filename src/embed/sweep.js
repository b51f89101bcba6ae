// Deleting what refused services left in the browser. A page sees no more of a cookie than its name, so every domain, path
// and partition where it may be is tried.

import { readJar, setCookie } from "./jar.js";
import { domainsOf, mustGo, pathsOf, standsFor } from "./names.js";
import { attempt } from "./safely.js";
import { stamp } from "./shop.js";

/** How the value of a cookie begins that is only tried, here or in another tab. */
const PROBE = "doui-probe";

/** The domains, from this host up, that take cookies: public suffixes do not. Found out when first needed. @type {string[]} */
let domains;
/** Names that a script can't take: a cookie for servers alone (HttpOnly) is in their place. @type {string[]} */
let httpOnly = [];
/** The cookies that outlasted a sweep. Until the state changes they are left alone: each try may take seconds. @type {string[]} */
let lasting = [];

/**
 * Whether a script can set a cookie at this domain: one of this name, or one that nobody uses. Another tab that tries the same
 * may delete or replace it before it is read, so one look does not tell.
 * @param {string} domain @param {string} [name]
 */
const takes = (domain, name) => {
  const probe = PROBE + Math.random();
  const tried = name || probe;
  const isTaken = [1, 2, 3].some(() => setCookie(tried, probe, 9, domain));
  setCookie(tried, "", 0, domain);
  return isTaken;
};

/** @param {string} pair */
const nameOf = (pair) => pair.split("=")[0];

/** Whether a cookie of this name is read or deleted here. @param {string} name */
export const isOfInterest = (name) => name == stamp._cookie || (WITH_SWEEP && stamp._cookies.some(({ _name }) => standsFor(_name, name)));

/**
 * Deletes what services left whose conditions are all refused. Returns the names that could not be deleted.
 * @param {(condition: string) => boolean} isRefused
 * @param {boolean} [isThorough] whether the state has changed: then also what the page cannot see is looked for
 */
export const sweep = (isRefused, isThorough) => {
  if (WITH_STORES) {
    for (const kind of /** @type {const} */ (["localStorage", "sessionStorage"])) {
      attempt(() => {
        const store = window[kind];
        // Not by `Object.keys`, which leaves out keys that are named as what each store has by itself.
        // Source: https://webidl.spec.whatwg.org/#dfn-named-property-visibility.
        for (const key of [...Array(store.length).keys()].map((at) => store.key(at))) {
          if (key != null && mustGo(stamp._stores, key, isRefused)) store.removeItem(key);
        }
      });
    }
  }
  const goes = (/** @type {string} */ name) => mustGo(stamp._cookies, name, isRefused);
  // No script can delete a cookie without a name.
  const left = () => readJar().filter((pair) => pair.includes("=") && !pair.includes("=" + PROBE) && goes(nameOf(pair)));
  if (isThorough) lasting = [];
  const found = left().filter((pair) => !lasting.includes(pair));
  const names = stamp._cookies.map(({ _name }) => _name).filter((name) => isThorough && !/\*$|^__/.test(name) && goes(name));
  if (names[0] || found[0]) {
    domains = domains || ["", ...domainsOf(location.hostname)].filter((domain) => takes(domain));
    // A cookie goes only by its very path, and only by its partition.
    for (const rest of ["", ";Partitioned"]) {
      for (const path of pathsOf(location.pathname)) {
        // What is gone by now is not looked for at further paths.
        for (const pair of left()) {
          for (const domain of domains) if (!lasting.includes(pair)) setCookie(nameOf(pair), "", 0, domain, path, rest);
        }
      }
    }
    lasting = left();
    if (isThorough) httpOnly = names.filter((name) => !domains.every((domain) => takes(domain, name)));
  }
  return [...new Set([...left().map(nameOf), ...httpOnly.filter(goes)])];
};
