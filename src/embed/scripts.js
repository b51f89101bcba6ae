// How a held script is released: in its own element, where it stands.

import { isFit } from "./addresses.js";
import { doc, findAll } from "./document.js";
import { RAN, heldFor } from "./held.js";
import { claim } from "./own.js";
import { attempt, bare, warn } from "./safely.js";
import { isVouched, trusted } from "./trust.js";
import { expectWrites, finishWrites } from "./written.js";

/** How long, in milliseconds, the page's inline scripts wait for an external one: a vendor's server may hang. */
const PATIENCE = 5000;

/** How many of the scripts that run in order are still on their way. */
let loading = 0;

/** Whether every script that the others wait for has come. */
export const isFree = () => !loading;

/** A page may have ten thousand gates, and each `dataset` would be an object more. @param {Element} node */
export const sourceOf = (node) =>
  node.localName == "script" && (heldFor(node, "src") || /** @type {HTMLScriptElement} */ (node).src);

/** @type {TreeWalker} */
let walker;

/** While the parser is at work, a script may be half there: it is whole once something follows it. @param {Node} node */
export const isWhole = (node) => {
  if (doc.readyState != "loading") return true;
  walker = walker || doc.createTreeWalker(document);
  walker.currentNode = node.lastChild || node;
  return !!walker.nextNode();
};

/** Whether a script of this type runs. Whatever else a browser or a library makes of one, such as an import map, does not. @param {string} type */
export const isCode = (type) => (WITH_DECLARED ? /^\s*(.+(java|ecma|\/j|live)script[\d.]*|module|)\s*$/i : /^(.+(java|ecma)script|module|)$/i).test(type);

/**
 * Whether the browser counts a script as started, and will not run its element: one from innerHTML, or a copy of one that ran.
 * No property tells that. A copy of it does, if asked to load from nowhere: it says that it can't, or nothing.
 * Source: https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element
 * @param {HTMLScriptElement} script @param {(isMarked: boolean) => void} tell
 */
export const askMarked = (script, tell) => {
  let isMarked = true;
  const copy = /** @type {HTMLScriptElement} */ (script.cloneNode());
  const last = doc.createElement("script");
  for (const name of copy.getAttributeNames()) copy.removeAttribute(name);
  copy.addEventListener("error", () => {
    isMarked = false;
  });
  // Its own comes after that of the copy.
  last.addEventListener("error", () => {
    copy.remove();
    last.remove();
    tell(isMarked);
  });
  copy.src = last.src = trusted().createScriptURL("");
  doc.documentElement.append(copy, last);
};

/** Whether a script that the browser would not run is a copy of one that ran. @param {HTMLScriptElement} script */
export const isCopy = (script) =>
  // Copies have the nonce of what ran, unless the page's scripts have one of their own. A browser that copies none tells them
  // from markup by `async`, and by the original, as long as that stands in the page.
  script.nonce == "ran" ||
  (script.async &&
    !script.nonce &&
    [...findAll(doc.documentElement, "script[data-doui]")].some((other) => {
      return RAN in other && other.isEqualNode(script) && !(/** @type {any} a script's */ (other.cloneNode()).nonce);
    }));

/**
 * Has a held script run. Whether it does, or will once it is loaded.
 * @param {HTMLScriptElement} held @param {string} type
 * @param {boolean} isMarked whether the browser does not run its element, so that one of Doui's own has to stand beside it
 * @param {() => void} then called when no script is waited for any more
 */
export const runScript = (held, type, isMarked, then) => {
  const source = sourceOf(held);
  if (!isCode(type)) {
    warn("data-type refused: " + type.slice(0, 99));
    return false;
  }
  if (!isVouched(held) || (source && !isFit(held, source))) return false;
  // A browser that knows modules skips a nomodule script without a word.
  if (held.noModule && type != "module") return true;
  const script = isMarked ? doc.createElement("script") : held;
  const isAsync = held.hasAttribute("async");
  if (isMarked) {
    claim(script);
    for (const name of held.getAttributeNames()) {
      if (!/^(on|type|src$)/.test(name)) attempt(() => script.setAttribute(name, held.getAttribute(name) || ""));
    }
    // The attribute reads empty once the page's policy has seen it; the property does not.
    script.nonce = held.nonce;
    script.type = "text/plain";
    script.text = trusted().createScript(held.text);
    held.after(script);
  }
  const [sent, plain] = ["type", "src"].map((name) => script.getAttribute(name));
  let count = 0;
  const finish = (/** @type {Event} */ event) => {
    loading -= count;
    count = 0;
    if (!loading) then();
    if (!event) return;
    finishWrites(script);
    if (isMarked) {
      script.remove();
      held.dispatchEvent(new Event(event.type));
    }
    // Its other listeners still read what it loaded.
    setTimeout(() => {
      if (plain == null) script.removeAttribute("src");
      else script.src = trusted().createScriptURL(plain);
    });
  };
  expectWrites(script, held, (written) => isCode(written.type) && runScript(written, written.type, true, then));
  // An inline module tells of its end too.
  for (const name of ["load", "error"]) script.addEventListener(name, finish);
  try {
    script.type = type;
    if (source) {
      if (!isAsync) {
        script.async = false;
        loading += ++count;
        setTimeout(finish, PATIENCE);
      }
      script.removeAttribute("src");
      script.src = trusted().createScriptURL(source);
    } else {
      script.text = trusted().createScript(script.text);
    }
  } finally {
    script.type = sent || "";
  }
  Object.defineProperty(held, RAN, bare({ value: true }));
  if (!held.nonce) held.nonce = "ran";
  if (!source) {
    finishWrites(script);
    if (isMarked && type != "module") script.remove();
  }
  return true;
};
