// What is amiss.

import { doc, given } from "../document.js";
import { addressOf, isToldOnly } from "./requests.js";
import { isShops } from "./shop.js";
import { isOn } from "./standing.js";
import { lazyAddresses } from "./tags.js";

/**
 * @typedef {object} Finding
 * @property {keyof AuditWords["kinds"]} kind
 * @property {string} subject
 */

/** Scripts of other sites that have no condition, by their address. */
const ungatedScripts = () => {
  const scripts = /** @type {NodeListOf<HTMLScriptElement>} */ (doc.querySelectorAll("script[src]:not([data-doui])"));
  const addresses = [...scripts].map(({ src }) => addressOf(src));
  return addresses.flatMap((address) => (address && !isShops(address.hostname) ? address.host + address.pathname : []));
};

/**
 * Other consent managers, by what their own documentation says that they set on the window. They answer for the same tags, and
 * know nothing of each other.
 */
const MANAGERS = {
  Axeptio: "axeptioSDK",
  Cookiebot: "Cookiebot",
  CookieConsent: "CookieConsent",
  Didomi: "Didomi",
  iubenda: "_iub",
  Klaro: "klaro",
  OneTrust: "OneTrust",
  Osano: "Osano",
  "tarteaucitron.js": "tarteaucitron",
  Usercentrics: "UC_UI",
  "IAB TCF": "__tcfapi",
};

const secondManagers = () =>
  Object.entries(MANAGERS).flatMap(([name, global]) => (given(/** @type {keyof Window} */ (global)) ? name : []));

/** Each once, in the order of the kinds. @param {Pick<import("./report.js").Report, "state" | "tags" | "requests" | "stored">} seen */
export const findingsOf = ({ state, tags, requests: { third_party }, stored }) => {
  /** @type {Map<string, Finding>} */
  const found = new Map();
  const add = (/** @type {Finding["kind"]} */ kind, /** @type {string} */ subject) => found.set(kind + subject, { kind, subject });
  for (const address of ungatedScripts()) add("ungated-script", address);
  for (const { note, subject, reasons, condition } of tags) {
    if (note == "ungated") add("ungated-tag", subject);
    if (note == "unmarked") add("unmarked-tag", subject);
    if (reasons.some(({ standing }) => standing == "unknown")) add("unknown-purpose", condition);
  }
  for (const address of lazyAddresses()) add("lazy-address", address);
  if (WITH_DECLARED) {
    const off = doc.querySelector('script[data-hold="marked"]');
    if (off) add("hold-off", off.getAttribute("src") || "");
    for (const request of third_party) if (request.unallowed && isToldOnly(request)) add("told-not-held", `${request.host} (${request.type})`);
  }
  for (const name of secondManagers()) add("second-manager", name);
  for (const { host, services } of third_party) if (!services[0]) add("undeclared-request", host);
  for (const { host, unallowed } of third_party) if (unallowed) add("request-not-allowed", host);
  for (const { own, name, services } of stored) if (!own && !services[0]) add("undeclared-storage", name);
  for (const { name, standing } of stored) if (standing && !isOn(standing)) add("storage-not-allowed", name);
  // Doui found these without seeing them.
  for (const name of state.leftovers) add("storage-not-allowed", name);
  return [...found.values()];
};
