// What comes and goes in the page and in its shadow roots.

import { doc } from "./document.js";
import { obey, release, releaseLost, search } from "./gates.js";
import { isOwn } from "./own.js";
import { keepPlaceholders } from "./placeholders.js";
import { receive } from "./receive.js";
import { guard } from "./safely.js";
import { holdArrivals } from "./declared/parsed.js";

/** The shadow roots that are looked after, by their hosts. @type {WeakMap<Element, ShadowRoot>} */
const roots = new WeakMap();

/** The shadow roots of custom elements in a part of the page: the open ones, and those that were given. @param {Node} part */
const rootsIn = (part) => {
  /** @type {ShadowRoot[]} */
  const found = [];
  // Firefox evaluates nothing on a text that left.
  if (!(part instanceof Element)) return found;
  // By far the quickest way to elements with such names, and the only one that makes no objects of the others.
  const hosts = doc.evaluate("descendant-or-self::*[contains(local-name(),'-')]", part, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  for (let at = 0; at < hosts.snapshotLength; at++) {
    const host = /** @type {Element} */ (hosts.snapshotItem(at));
    const root = roots.get(host) || host.shadowRoot;
    if (root && !isOwn(host)) found.push(root);
  }
  return found;
};

/** @param {Node} part */
const findRoots = (part) => rootsIn(part).forEach(watch);

/** Looks for open roots once the parser is at its end, and lets go of what left until then. */
export const findAllRoots = () => {
  releaseLost();
  findRoots(doc.documentElement);
  obey();
};

/** @param {Node} part */
const letGo = (part) => {
  release(part);
  for (const root of rootsIn(part)) root.childNodes.forEach(letGo);
};

/**
 * @param {MutationRecord[]} records
 * @param {unknown} isSearched whether what arrived was looked at already
 * @param {boolean} isParsing whether the parser is at work: it takes nothing away, and roots are looked for at its end
 */
export const seeChanges = (records, isSearched, isParsing) => {
  if (!isParsing) for (const { removedNodes } of records) removedNodes.forEach(letGo);
  if (!isParsing || !isSearched) {
    for (const { addedNodes } of records) {
      if (!isSearched) addedNodes.forEach(search);
      if (!isParsing) addedNodes.forEach(findRoots);
    }
  }
  obey();
};

/** Looks after the gates inside a shadow root, and in those inside it. @param {ShadowRoot} root */
export const watch = (root) => {
  if (!roots.has(root.host)) {
    roots.set(root.host, root);
    // Outside of it nobody sees what was clicked in there.
    if (root.mode == "closed") root.addEventListener("click", receive, true);
    new MutationObserver((records) => {
      if (WITH_DECLARED) guard("holding", () => holdArrivals(records));
      if (WITH_PLACEHOLDERS) guard("a placeholder", keepPlaceholders);
      seeChanges(records, false, false);
    }).observe(root, { childList: true, subtree: true });
  }
  for (const node of root.children) {
    search(node);
    findRoots(node);
  }
  obey();
};
