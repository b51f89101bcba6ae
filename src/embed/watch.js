// The page as it grows and shrinks.

import { putBack } from "./banner.js";
import { doc } from "./document.js";
import { keepsAttribute, obey, putAllBack, release, search } from "./gates.js";
import { isOwn } from "./own.js";
import { uncover } from "./placeholders.js";
import { guard } from "./safely.js";

/**
 * Of how many changes of the page a single look at all of it costs no more than one look at each: while a parser is at work,
 * the browser finds gates sooner by one selector (ten thousand gates: bench/, docs/performance.md).
 */
const SHARE = 32;

/** The shadow roots that are looked after, by their hosts. @type {WeakMap<Element, ShadowRoot>} */
const roots = new WeakMap();

/** The shadow roots of custom elements in a part of the page: the open ones, and those that were given. @param {Node} part */
const rootsIn = (part) => {
  // By far the quickest way to elements with such names, and the only one that makes no objects of the others.
  const hosts = doc.evaluate("descendant-or-self::*[contains(local-name(),'-')]", part, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  const found = [];
  for (let at = 0; at < hosts.snapshotLength; at++) {
    const host = /** @type {Element} */ (hosts.snapshotItem(at));
    const root = roots.get(host) || host.shadowRoot;
    if (root && !isOwn(host)) found.push(root);
  }
  return found;
};

/** @param {Node} part */
const findRoots = (part) => rootsIn(part).forEach(watch);

/** @param {Node} part */
const letGo = (part) => {
  if (WITH_PLACEHOLDERS) uncover(part);
  release(part);
  for (const root of rootsIn(part)) root.childNodes.forEach(letGo);
};

let changes = 0;

/** @param {MutationRecord[]} records @param {Node} root */
const onChanges = (records, root) => {
  guard("the banner", putBack);
  for (const { removedNodes } of records) removedNodes.forEach(letGo);
  const isOneLook = root == doc.documentElement && changes < SHARE * records.length;
  if (isOneLook) search(root);
  for (const { addedNodes } of records) {
    if (!isOneLook) addedNodes.forEach(search);
    // The parser's are looked for once, at its end.
    if (doc.readyState != "loading") addedNodes.forEach(findRoots);
  }
  changes += records.length;
  obey();
};

const observe = (/** @type {Node} */ root) =>
  new MutationObserver((records) => onChanges(records, root)).observe(root, { childList: true, subtree: true });

/** Looks after the gates inside a shadow root, and in those inside it. @param {ShadowRoot} root */
export const watch = (root) => {
  if (!roots.has(root.host)) {
    roots.set(root.host, root);
    observe(root);
  }
  for (const node of root.children) {
    search(node);
    findRoots(node);
  }
  obey();
};

export const watchPage = () => {
  search(doc.documentElement);
  observe(doc.documentElement);
  addEventListener("DOMContentLoaded", () => {
    findRoots(doc.documentElement);
    obey();
  });
};

/** What tells that a library is about to copy the page, to show the copy later. */
const COPIES = ["turbo:before-cache", "turbolinks:before-cache", "htmx:beforeHistorySave", "livewire:navigating", "alpine:navigating"];

/** Libraries that copy the page, or make it like other markup, tell of it. */
export const watchLibraries = () => {
  for (const name of COPIES) addEventListener(name, putAllBack, true);
  addEventListener(
    "turbo:before-morph-attribute",
    (event) => {
      const name = /** @type {any} an event of Turbo's */ (event).detail?.attributeName;
      if (keepsAttribute(/** @type {Element} */ (event.target), name)) event.preventDefault();
    },
    true,
  );
};
