// The requests that the browser reports to the page.

import { doc } from "../document.js";
import { attempt } from "../safely.js";
import { isShops, serviceOf, stamp } from "./shop.js";
import { isOn, standingOfAny } from "./standing.js";

/**
 * @typedef {object} Request the requests to one host and path, of one type
 * @property {string} host
 * @property {string} path
 * @property {string} type
 * @property {number} count
 * @property {number} unallowed
 * @property {import("./shop.js").Service[]} services
 *
 * @typedef {object} Requests
 * @property {boolean} complete
 * @property {{ count: number, types: Record<string, number> }} first_party
 * @property {Request[]} third_party
 */

/** How many requests a browser remembers by itself. Source: https://www.w3.org/TR/resource-timing/ ("buffer size limit"). */
const BUFFER = 250;

/** Those to others, by host, path and type. @type {Map<string, Request>} */
const foreign = new Map();
/** How many there were to the shop's own hosts, by type. No path is kept: a page may ask for a new one each second. @type {Map<string, number>} */
const own = new Map();
/** Whether those from before the audit may be missing. */
let isPartial = false;

/** The address of what is fetched over the net, if it is one. @param {string} text */
export const addressOf = (text) => {
  const address = attempt(() => new URL(text));
  return address && /^https?:$/.test(address.protocol) ? address : null;
};

/** Whether a service is sent to a host; `*.` before a declared one stands for all below it. @param {string} hostname */
const receives = (hostname) => (/** @type {AuditedService} */ { _hosts }) =>
  _hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname == host));

/**
 * Whether a request is of a kind that is not held: what no tag of the page asked for.
 * @param {Request} request
 */
export const isToldOnly = ({ host, path, type }) =>
  !/^(img|image|iframe|embed|link|source|early-hints)$/.test(type) &&
  // What `import()` asks for is of the type of a script's.
  (type != "script" || ![...doc.scripts].some(({ src }) => src.split("?")[0].endsWith("//" + host + path)));

/** @param {PerformanceResourceTiming} entry @param {DouiState} state */
const count = ({ name, initiatorType: type }, state) => {
  const address = addressOf(name);
  if (!address) return;
  const { host, hostname, pathname: path } = address;
  if (isShops(hostname)) {
    own.set(type, (own.get(type) || 0) + 1);
    return;
  }
  const key = [host, path, type].join(" ");
  const services = stamp._services.filter(receives(hostname));
  const seen = foreign.get(key) || { host, path, type, count: 0, unallowed: 0, services: services.map(serviceOf) };
  const standing = standingOfAny(state, services);
  seen.count += 1;
  // How its services stood when it was seen: what is refused afterwards was not refused then.
  if (standing && !isOn(standing)) seen.unallowed += 1;
  foreign.set(key, seen);
};

/** Counts those that there were, and those to come. Returns what ends it. @param {Doui} doui @param {() => void} onMore */
export const countRequests = (doui, onMore) => {
  const watcher = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) count(/** @type {PerformanceResourceTiming} */ (entry), doui.state);
    onMore();
  });
  isPartial = performance.getEntriesByType("resource").length >= BUFFER;
  watcher.observe({ type: "resource", buffered: true });
  return () => watcher.disconnect();
};

/** @returns {Requests} */
export const requestsSoFar = () => ({
  complete: !isPartial,
  first_party: { count: [...own.values()].reduce((sum, count) => sum + count, 0), types: Object.fromEntries(own) },
  third_party: [...foreign.values()].map((seen) => ({ ...seen })),
});
