// How what nobody marked is held: it becomes a marked element, which the gates open as any other.

import { setAddresses } from "../addresses.js";
import { OFF, closest, doc } from "../document.js";
import { forgetGate, noteRan, obey, search } from "../gates.js";
import { UNMARKED, keptFor } from "../held.js";
import { attempt, bare, keys } from "../safely.js";
import { isCode } from "../scripts.js";
import { opens } from "../state.js";
import { isOwnFile, trusted, vouchFor } from "../trust.js";
import { closedAddress, closedList, closedText, isSuspect } from "./hosts.js";

/** By what each kind of element fetches. Elements may have any name, `valueOf` too. @type {Record<string, string[]>} */
const FETCHES = {
  __proto__: /** @type {any} */ (null),
  script: ["src"],
  img: ["src", "srcset"],
  iframe: ["src", "srcdoc"],
  embed: ["src"],
  object: ["data"],
  link: ["href", "imagesrcset"],
  source: ["src", "srcset"],
  video: ["src", "poster"],
  audio: ["src"],
  track: ["src"],
  input: ["src"],
};

/** What fetches by nothing. @type {string[]} */
const NONE_OF_THEM = [];

/** By what an element fetches, if it does. @param {string} localName */
export const fetchesOf = (localName) => FETCHES[localName] || NONE_OF_THEM;

/** The elements that fetch, as a selector. */
let fetching = "";

/** What says of an element that it was held as it was written. */
export const WRITTEN = "data-doui-unmarked";

/** Links that browsers fetch nothing for. */
const IDLE = /^(alternate|amphtml|author|canonical|help|license|me|next|prev|search|shortlink)$/i;

/** What loads though it is not in the page. */
export const AT_ONCE = /^(img|source|video|audio|input)$/;

/** How much of what is not in the page is kept until it may load: a page may ping for ever. */
const LOOSE = 999;

/** What was held outside of the page. It loads all the same, or enters by a shadow root that nobody sees into. @type {Set<Element>} */
const loose = new Set();

/** Whether an element waits that nobody marked. @param {Element} node */
export const isWaiting = (node) => {
  const kept = keptFor(node);
  return !!kept && !opens(kept.need);
};

/** What waits tells nobody that it loaded or failed: a frame without an address loads an empty page. @param {Event} event */
export const hush = (event) => {
  if (event.target instanceof Element && isWaiting(event.target)) event.stopImmediatePropagation();
};

/** The condition of a document in an attribute. What is written oddly in it the browser writes plainly. @param {string} markup */
const closedMarkup = (markup) =>
  closedText(markup) ||
  (isSuspect(markup) ? closedText(new DOMParser().parseFromString(trusted().createHTML(markup), "text/html").documentElement.outerHTML) : "");

/**
 * The condition that keeps an element from having this address now, or nothing. Who marks it says so himself.
 * @param {Element} node @param {string} name @param {string} value
 */
export const closedFor = (node, name, value) => {
  const need = name == "srcdoc" ? closedMarkup(value) : /srcset$/.test(name) ? closedList(value) : closedAddress(value);
  if (!need || isOwnFile(value)) return "";
  if (node.localName == "link" && IDLE.test(node.getAttribute("rel") || "")) return "";
  const mark = node.getAttribute("data-doui");
  return mark == null || keptFor(node) ? need : opens(mark) ? "" : mark;
};

/** Marks an element. @param {Element} node @param {string} need @returns {import("../held.js").Kept} */
const markHeld = (node, need) => {
  if (!keptFor(node)) {
    Object.defineProperty(node, UNMARKED, bare({ value: bare({ need, values: bare({}) }) }));
    for (const type of ["load", "error"]) node.addEventListener(type, hush, true);
  }
  const kept = /** @type {import("../held.js").Kept} */ (keptFor(node));
  kept.need = need;
  node.setAttribute("data-doui", need);
  return kept;
};

/** Has the gates look at an element that they may know as another. @param {Element} node */
const announce = (node) => {
  search(node);
  obey();
};

/** The gates see what is in the page. @param {Element} node */
const noteHeld = (node) => {
  if (node.isConnected && node.ownerDocument == document) announce(node);
  else if (loose.size < LOOSE) loose.add(node);
};

/**
 * Has a script wait. Its address stays: what is `text/plain` fetches nothing.
 * @param {HTMLScriptElement} script @param {string} need @param {boolean} isParsed whether markup brought it, and not a script
 */
export const holdScript = (script, need, isParsed) => {
  const { type } = script;
  if (!isCode(type) || closest(script, OFF)) return;
  forgetGate(script);
  if (type) script.setAttribute("data-type", type);
  script.type = "text/plain";
  markHeld(script, need);
  vouchFor(script, isParsed);
  noteHeld(script);
};

/** Keeps an address from an element until it may have it. @param {Element} node @param {string} name @param {string} value @param {string} need */
export const holdAddress = (node, name, value, need) => {
  forgetGate(node);
  markHeld(node, need).values[name] = value;
  // Markup could bring a document by such an attribute; so none is read.
  if (name != "srcdoc") node.setAttribute("data-doui-" + name, `${value}`);
  if (node.hasAttribute(name)) setAddresses(node, false, {});
  noteHeld(node);
};

/** The page gives an element something else: what was held for it is forgotten. @param {Element} node @param {string} name */
export const giveUp = (node, name) => {
  const kept = keptFor(node);
  if (!kept || !(name in kept.values)) return;
  delete kept.values[name];
  node.removeAttribute("data-doui-" + name);
  if (keys(kept.values)[0]) return;
  kept.need = "necessary";
  node.removeAttribute("data-doui");
  forgetGate(node);
};

/** What was held as it was written (markup.js) is known by an attribute. @param {Element} node @param {string} need */
const adoptWritten = (node, need) => {
  const { values } = markHeld(node, need);
  node.removeAttribute(WRITTEN);
  for (const name of fetchesOf(node.localName)) {
    const value = name != "srcdoc" && node.getAttribute("data-doui-" + name);
    if (value) values[name] = value;
  }
  if (node.localName == "script") vouchFor(/** @type {HTMLScriptElement} */ (node), true);
};

/** Holds what an element fetches. @param {Element} node @param {boolean} isParsed */
const holdNode = (node, isParsed) => {
  if (isParsed && node.hasAttribute(WRITTEN)) adoptWritten(node, node.getAttribute("data-doui") || "");
  const { localName } = node;
  for (const name of fetchesOf(localName)) {
    const value = node.getAttribute(name);
    const need = value && closedFor(node, name, value);
    if (!need || closest(node, OFF)) continue;
    if (localName == "script") holdScript(/** @type {HTMLScriptElement} */ (node), need, isParsed);
    else holdAddress(node, name, value, need);
  }
};

/** Whether a part of the page, or anything in it, may fetch: most that is inserted may not. @param {any} part what may be a node */
export const mayFetch = (part) =>
  !!part && (part.nodeType == 1 ? part.localName in FETCHES || !!part.firstElementChild || !!part.shadowRoot : part.nodeType == 11);

/**
 * All that fetches in a part of the page, but for itself. What comes from another document may have shadow roots that were made there.
 * @param {any} part an element or a fragment @returns {Iterable<Element>}
 */
const fetchingIn = (part) => {
  fetching = fetching || keys(FETCHES).flatMap((localName) => FETCHES[localName].map((name) => `${localName}[${name}]`)).join();
  const find = (/** @type {string} */ selector) => (part.nodeType == 1 ? Element : DocumentFragment).prototype.querySelectorAll.call(part, selector);
  const found = find(fetching);
  if (part.ownerDocument == document) return found;
  const roots = [part, ...find("*")].map(({ shadowRoot }) => shadowRoot).filter(Boolean);
  return [...found, ...roots.flatMap((root) => [...fetchingIn(root)])];
};

/** Holds what a part of the page fetches. @param {any} part an element or a fragment @param {boolean} [isParsed] */
export const holdPart = (part, isParsed = false) => {
  if (part.localName in FETCHES) holdNode(part, isParsed);
  if (part.firstElementChild || part.shadowRoot) for (const node of fetchingIn(part)) holdNode(node, isParsed);
};

/** Holds what markup fetches, but for its scripts: they never run. How much is held. @param {any} part an element or a fragment */
export const holdMarkup = (part) => {
  let count = 0;
  for (const node of fetchingIn(part)) {
    if (node.localName == "script") continue;
    holdNode(node, true);
    if (keptFor(node)) count++;
  }
  return count;
};

/** Holds what arrived: scripts in it come by themselves, or have begun, or never run. @param {Element} node no script */
export const holdArrival = (node) => {
  if (node.localName in FETCHES) holdNode(node, true);
  if (node.firstElementChild) holdMarkup(node);
};

/** Holds what is in the page and was allowed until now. Scripts have run. */
export const holdPage = () => {
  for (const node of fetchingIn(doc.documentElement)) {
    if (node.localName != "script") holdNode(node, false);
    else if (!keptFor(node)) {
      const need = isCode(/** @type {HTMLScriptElement} */ (node).type) && closedAddress(node.getAttribute("src") || "");
      if (need) noteRan(need);
    }
  }
};

/** What was held outside of the page loads once it may. */
export const releaseLoose = () => {
  for (const node of loose) {
    if (isWaiting(node)) continue;
    loose.delete(node);
    if (node.isConnected) announce(node);
    else if (AT_ONCE.test(node.localName)) attempt(() => setAddresses(node, true, {}));
  }
};
