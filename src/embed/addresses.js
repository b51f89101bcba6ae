// The addresses that are held for elements.

import { doc } from "./document.js";
import { HELD_NAMES, heldFor } from "./held.js";
import { warn } from "./safely.js";
import { trusted } from "./trust.js";

/** What an address may begin with besides http, https and the page's own scheme, by the element that has it. @type {Record<string, string>} */
const SCHEMES = { a: "mailto:|tel:", img: "data:|blob:" };

/** Whether an element may have an address: none that is itself a script. @param {Element} node @param {string} address */
export const isFit = ({ localName }, address) => {
  const fits = RegExp(`^(https?:|${location.protocol}|${SCHEMES[localName]})`).test(new URL(address, doc.baseURI).href);
  if (!fits) warn("address refused: " + address.slice(0, 99));
  return fits;
};

/** @param {Element} node */
export const isFrame = (node) => /^(iframe|embed)$/.test(node.localName);

/**
 * Gives an element the addresses held for it, or those it had before, which are kept in `plain`.
 * @param {Element} node @param {boolean} isOpen @param {Record<string, string | null>} plain
 */
export const setAddresses = (node, isOpen, plain) => {
  // A frame loads, and goes, only as it enters or leaves the page: browsers ignore a `src` set while it is parsed, and one
  // over another adds to the history.
  const place = isFrame(node) && node.isConnected ? new Text() : null;
  if (place) node.replaceWith(place);
  for (const name of HELD_NAMES) {
    const address = heldFor(node, name);
    if (address == null || (isOpen && (WITH_DECLARED ? !/src./.test(name) : name != "srcset") && !isFit(node, address))) continue;
    if (isOpen && plain[name] === undefined) plain[name] = node.getAttribute(name);
    const next = isOpen ? address : plain[name];
    if (!isOpen) delete plain[name];
    if (next == null) {
      // The page takes away what is held by the same, but from an element that does not have it.
      if (!WITH_DECLARED || node.hasAttribute(name)) node.removeAttribute(name);
    }
    // An <embed> runs what it loads, so its address must be a trusted one.
    else node.setAttribute(name, WITH_DECLARED && name == "srcdoc" ? trusted().createHTML(next) : trusted().createScriptURL(next));
  }
  place?.replaceWith(node);
  /** @type {any} a <video>, an <audio>, or neither */
  const media = node.localName == "source" ? (WITH_DECLARED ? node.parentNode || node : node.parentNode) : node;
  // It looks for a source once, and plays on what it has. While it found none (0: not looked yet, 3: none fits) it looks again.
  if (!isOpen || media.networkState % 3 == 0) media.load?.();
};
