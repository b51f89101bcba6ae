// What an address waits for: the services that declare its host.

import { doc } from "../document.js";
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
  const host = attempt(() => new URL("http://" + authority).hostname.replace(/\.$/, ""));
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

/** An address that has no host of its own, as most in a page: it begins with a name and no colon, or is made by the page. */
const OWN = /^(?:\/?[^\0- /\\:?#]+(?:[/?#]|$)|[/#?]?$|[#?]|(?:data|blob|about|javascript):)/i;

/** One that has a host, as it is nearly always written. */
const PLAIN = /^(?:https?:)?\/\/([\w.-]+)(?::\d*)?(?:[/?#]|$)/i;

/**
 * The condition that keeps an address now, or nothing. What has no host of its own goes to the page's. Browsers take much else
 * for an address with a host (tabs in it, slashes that lean the other way): only they know what it is.
 * @param {string} address
 */
export const closedAddress = (address) => {
  if (OWN.test(address)) return "";
  const found = PLAIN.exec(address);
  if (found) return closedHost(found[1]);
  const { protocol = "", hostname = "" } = attempt(() => new URL(address, doc.baseURI)) || {};
  return /^http/.test(protocol) ? closedHost(hostname) : "";
};

/**
 * The first condition of some parts, or nothing.
 * @template P
 * @param {P[]} parts @param {(part: P) => string} conditionOf
 */
const firstOf = (parts, conditionOf) => {
  for (const part of parts) {
    const need = conditionOf(part);
    if (need) return need;
  }
  return "";
};

/** The same of a list of addresses: what describes one looks like an address of the page's own. @param {string} list */
export const closedList = (list) => firstOf(list.split(/[\s,]+/), closedAddress);

/** The hosts within a text. */
const HOSTS = /\/\\?\/(?:[^\s/@"'<>]*@)?([\w.-]+)/g;

/** The first condition that keeps a part of a text now: of markup, of a script. @param {string} text */
export const closedText = (text) => {
  // Most texts name none.
  if (!/\/\\?\/\w/.test(text)) return "";
  return firstOf([...text.matchAll(HOSTS)], ([, host]) => closedHost(host));
};

/** A tag that may fetch. */
const TAGS = /<(?:s[co]|i[fmn]|embed|link|video|audio|track|object)/i;

/** An address in markup that is written as hardly anybody does: a browser may find a host in it that cannot be read here. */
const ODD =
  /[\s"'/](?:src|srcset|srcdoc|href|data|poster|imagesrcset)\s*=\s*["']?(?!\/?[\w.%~\u0080-\uffff-]+["'> /?#]|\/?["'> ?#]|(?:https?:)?\/\/[\w.-]+(?::\d*)?["'> /?#]|(?:data|blob|about|javascript|mailto|tel):)/i;

/** Whether markup may name a host that is not allowed now. @param {string} markup */
export const isSuspect = (markup) => TAGS.test(markup) && (!!closedText(markup) || ODD.test(markup));

/** Whether anything that is declared is not allowed now. */
export const isAnyClosed = () => stamp._hosts.some(({ _keeps }) => !opens(_keeps));
