// How a held script is released.

import { isFit } from "./addresses.js";
import { doc } from "./document.js";
import { attempt, warn } from "./safely.js";
import { isVouched, trusted } from "./trust.js";

/** How long, in milliseconds, the page's inline scripts wait for an external one: a vendor's server may hang. */
const PATIENCE = 5000;

/** How many of the scripts that run in order are still on their way. */
let loading = 0;

/** A page may have ten thousand gates, and each `dataset` would be an object more. @param {Element} node */
export const sourceOf = (node) =>
  node.localName == "script" && (node.getAttribute("data-src") || /** @type {HTMLScriptElement} */ (node).src);

/** @type {TreeWalker} */
let walker;

/** While the parser is at work, an inline text may be half there: it is whole once something follows it. @param {Node} node */
export const isWhole = (node) => {
  if (doc.readyState != "loading") return true;
  walker = walker || doc.createTreeWalker(document);
  walker.currentNode = node.lastChild || node;
  return !!walker.nextNode();
};

/** Externals load side by side and run in order; an inline one waits for those before it, and until it is whole. @param {Element} node */
export const mayRun = (node) => sourceOf(node) || (!loading && isWhole(node));

/** Counts a script until the browser tells that it ran or failed, or for a while. @param {HTMLScriptElement} script @param {() => void} then */
const waitFor = (script, then) => {
  let count = 1;
  const arrive = () => {
    loading -= count;
    count = 0;
    if (!loading) then();
  };
  loading++;
  script.addEventListener("load", arrive);
  script.addEventListener("error", arrive);
  setTimeout(arrive, PATIENCE);
};

/** Whether a script of this type runs. Whatever else a browser or a library makes of one, such as an import map, does not. @param {string} type */
export const isCode = (type) => /^(.+(java|ecma)script|module|)$/i.test(type);

/**
 * Has a script of Doui's own run in the place of one that does not. Whether it runs, or will once it is loaded.
 * @param {HTMLScriptElement} held @param {string} type @param {() => void} then called when no script is waited for any more
 */
export const runScript = (held, type, then) => {
  const source = sourceOf(held);
  if (!isCode(type)) {
    warn("data-type refused: " + type.slice(0, 99));
    return false;
  }
  if (!isVouched(held) || (source && !isFit(held, source))) return false;
  // Not a clone: one that came by innerHTML never runs, nor do its clones.
  const script = doc.createElement("script");
  for (const name of held.getAttributeNames()) {
    if (name != "src") attempt(() => script.setAttribute(name, held.getAttribute(name) || ""));
  }
  // The attribute reads empty once the page's policy has seen it; the property does not.
  script.nonce = held.nonce;
  script.type = type;
  script.async = held.hasAttribute("async");
  if (source) {
    script.src = trusted().createScriptURL(source);
    // A browser that knows modules skips a nomodule script without a word.
    if (!script.async && !script.noModule) waitFor(script, then);
  } else {
    script.text = trusted().createScript(held.text);
  }
  held.replaceWith(script);
  return true;
};
