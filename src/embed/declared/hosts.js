// What an address waits for: the services that declare its host.

import { attempt } from "../safely.js";
import { stamp } from "../shop.js";
import { opens } from "../state.js";

/** How many hosts are remembered: a page may name thousands. */
const MEMORY = 999;

/** Of each host that was met, the condition that it waits for; empty where no service declares it. @type {Map<string, string>} */
const needs = new Map();

/** Whether a declared host, which may begin with `*.`, stands for this one. @param {string} declared @param {string} host */
const standsForHost = (declared, host) => (declared[0] == "*" ? host.endsWith(declared.slice(1)) : host == declared);

/** What several services declare may come if one of them is allowed, as the audit has it. @param {string} authority */
const findNeed = (authority) => {
  const host = attempt(() => new URL("http://" + authority).hostname);
  // The page's own host is everything that it has.
  if (!host || host == location.hostname) return "";
  const keeps = stamp._hosts.filter(({ _name }) => standsForHost(_name, host)).map(({ _keeps }) => _keeps);
  return [...new Set(keeps)].join("|");
};

/** The condition of a host that is not allowed now, or nothing. @param {string} authority with its port and whatever else */
const closedHost = (authority) => {
  let need = needs.get(authority);
  if (need === undefined) {
    need = findNeed(authority);
    if (needs.size < MEMORY) needs.set(authority, need);
  }
  return need && !opens(need) ? need : "";
};

/**
 * The condition that keeps an address now, or nothing. What has no host of its own goes to the page's.
 * Source: https://url.spec.whatwg.org/#concept-basic-url-parser (of http and https, slashes lean either way).
 * @param {string} address
 */
export const closedAddress = (address) => {
  const found = /^\s*(?:https?:[\\/]*|[\\/]{2,})([^\\/?#]+)/i.exec(address);
  return found ? closedHost(found[1]) : "";
};

/** The first condition that keeps a part of a text now: of markup, a list of addresses, a script. @param {string} text */
export const closedText = (text) => {
  // Most texts name none.
  if (!/\/\\?\/\w/.test(text)) return "";
  for (const [, host] of text.matchAll(/\/\\?\/([\w.-]+)/g)) {
    const need = closedHost(host);
    if (need) return need;
  }
  return "";
};

/** Whether anything that is declared is not allowed now. */
export const isAnyClosed = () => stamp._hosts.some(({ _keeps }) => !opens(_keeps));
