// Gates: what the page holds until it is allowed, brought to what the state says.

import { isFrame, setAddresses } from "./addresses.js";
import { takePlace } from "./banner.js";
import { partsOf } from "./condition.js";
import { OFF, closest, doc, findAll, matches } from "./document.js";
import { HELD_NAMES, hasHeld, heldFor, keptFor } from "./held.js";
import { isOwn } from "./own.js";
import { expect, uncover } from "./placeholders.js";
import { guard } from "./safely.js";
import { askMarked, isCopy, isFree, isWhole, runScript, sourceOf } from "./scripts.js";
import { opens, view } from "./state.js";
import { copiedContent, openTemplate } from "./templates.js";

/**
 * @typedef {object} Gate
 * @property {Element} _node
 * @property {string} _need
 * @property {boolean} _isOpen
 * @property {Record<string, string | null>} _plain the addresses that the element had of its own
 * @property {ChildNode[]} _shown what of a template stands in the page
 * @property {boolean} _isLate whether it came after the page was parsed
 * @property {boolean | null} [_isMarked] of a script, whether the browser will not run its element; `null` while it is asked
 * @property {number} _mended how often the page took away what it should have
 * @property {{ deref(): Gate | undefined }} [_reference] made when it first leaves while it is open
 */

const HELD =
  '[data-doui]:not(html,form,script:not([type="text/plain"])),a[data-doui-link],area[data-doui-link],doui-placeholder,doui-banner,doui-offer,doui-news' +
  (WITH_BUTTON ? ",doui-button" : "");

/** How long, in milliseconds, a pass may keep the page from its frames. */
const SLICE = 8;

/** Of each element its gate: who it is, for as long as the page has it. @type {WeakMap<Element, Gate>} */
const known = new WeakMap();
/** The gates in the page, in the order of arrival. @type {Set<Gate>} */
const present = new Set();
/** Those that left while they were open: they must be closed before they come back. @type {Set<NonNullable<Gate["_reference"]>>} */
const away = new Set();
/** The elements that arrived and have not been looked at. @type {Element[]} */
const arrivals = [];
/** The gates that may stand otherwise than they should. @type {Gate[]} */
let todo = [];
/** The scripts among them that wait for their turn. @type {Gate[]} */
let inOrder = [];
/** Those that can't stand as they should before more of the page is there. @type {Gate[]} */
let incomplete = [];
/** Whether a pass over the gates is about to begin, or to go on. */
let isDue = false;
/** The conditions of the scripts that ran here. @type {Set<string>} */
const ran = new Set();

/** @param {Gate} gate @param {boolean} isOpen */
const apply = (gate, isOpen) => {
  const { _node, _need } = gate;
  if (_node.localName == "script") {
    const script = /** @type {HTMLScriptElement} */ (_node);
    if (gate._isMarked && isCopy(script)) return;
    if (runScript(script, script.getAttribute("data-type") || "", !!gate._isMarked, obey)) ran.add(_need);
  } else if (_node.localName == "template") {
    for (const part of gate._shown) part.remove();
    gate._shown = [];
    if (isOpen) {
      ran.add(_need);
      gate._shown = openTemplate(/** @type {HTMLTemplateElement} */ (_node), obey);
    }
  } else {
    const hadFocus = WITH_PLACEHOLDERS && uncover(_node);
    setAddresses(_node, isOpen, gate._plain);
    if (isOpen) keepAddresses(_node);
    if (hadFocus) /** @type {HTMLElement} */ (_node).focus();
  }
};

/** @type {MutationObserver} */
let keeper;

/** Whether an element is open and has an attribute from Doui, so that the page's markup does not know of it. @param {Element} node @param {string} name */
export const keepsAttribute = (node, name) =>
  known.get(node)?._isOpen && HELD_NAMES.includes(name) && heldFor(node, name) != null;

/** An open element keeps its address, where a library makes the page like its markup again, and follows the one held for it. @param {Element} node */
const keepAddresses = (node) => {
  keeper =
    keeper ||
    new MutationObserver((records) => {
      for (const { target, attributeName } of records) {
        const node = /** @type {Element} */ (target);
        const gate = known.get(node);
        const name = attributeName || "";
        // What the page itself set there is the page's.
        const isLost = keepsAttribute(node, name) && node.getAttribute(name) == (gate?._plain[name] ?? null);
        // A page that takes it away for ever is given way to.
        if (gate?._isOpen && (isLost || /^data/.test(name)) && gate._mended++ < 9) {
          guard("a gate", () => setAddresses(node, true, gate._plain));
        }
      }
    });
  keeper.observe(node, { attributeFilter: HELD_NAMES.flatMap((name) => [name, "data-" + name, "data-doui-" + name]) });
};

/** Looks at an element that arrived. @param {Element} node */
const note = (node) => {
  // What has left already was not seen to leave: nobody would let go of it.
  if (!node.isConnected || isOwn(node) || closest(node, OFF)) {
    // What was held outside is let be as it comes here.
    if (WITH_DECLARED && keptFor(node) && node.isConnected) setAddresses(node, true, {});
    return;
  }
  // A copy of Doui's own has nothing in its shadow.
  if (/^doui-/.test(node.localName)) return matches(node, "doui-banner:not(#doui-banner)") ? takePlace() : node.remove();
  if (WITH_PLACEHOLDERS && isFrame(node)) expect(node);
  let gate = known.get(node);
  if (!gate) {
    const need = node.getAttribute("data-doui") ?? node.getAttribute("data-doui-link") ?? "";
    const _shown = node.localName == "template" ? copiedContent(/** @type {HTMLTemplateElement} */ (node)) : [];
    gate = {
      _node: node,
      _need: need,
      // A copy of an open one is open.
      _isOpen: !!_shown[0] || (node.localName != "script" && hasHeld(node)),
      _plain: {},
      _shown,
      _isLate: doc.readyState != "loading",
      _mended: 0,
    };
    known.set(node, gate);
    if (gate._isOpen) {
      for (const name of HELD_NAMES) gate._plain[name] = null;
      keepAddresses(node);
    }
  }
  if (gate._isOpen) {
    // A script that ran is done, whoever puts its element back.
    if (node.localName == "script") return;
    // What a template shows moves with it.
    if (gate._shown[0] && node.nextSibling != gate._shown[0]) node.after(...gate._shown);
  }
  if (present.has(gate)) return;
  present.add(gate);
  if (opens(gate._need) != gate._isOpen) todo.push(gate);
};

/** A held frame may have a placeholder now, as it might not before. @param {Element} node */
export const expectAgain = (node) => {
  if (known.has(node) && isFrame(node)) expect(node);
};

/** Lets go of a gate that is not in the page. @param {Gate} gate */
const leave = (gate) => {
  present.delete(gate);
  // What is held and comes back is noted anew. A script that ran is done.
  if (!gate._isOpen) known.delete(gate._node);
  else if (gate._node.localName != "script") {
    for (const part of gate._shown) part.remove();
    gate._reference = gate._reference || (typeof WeakRef == "function" ? new WeakRef(gate) : { deref: () => gate });
    away.add(gate._reference);
  }
};

/** Whether the browser said whether it will run a script's element. @param {Gate} gate */
const isAsked = (gate) => {
  if (gate._isMarked === undefined) {
    const script = /** @type {HTMLScriptElement} */ (gate._node);
    // The parser's are not marked. Chromium and WebKit tell those from innerHTML by `async`. What nobody marked runs in its own
    // element, or not at all, as it would have.
    gate._isMarked = WITH_DECLARED && keptFor(script) ? false : !script.async || (gate._isLate ? null : false);
    if (gate._isMarked === null) {
      askMarked(script, (isMarked) => {
        gate._isMarked = isMarked;
        obey();
      });
    }
  }
  return gate._isMarked !== null;
};

/** Externals load side by side and run in order; an inline one waits for those before it. @param {Gate} gate */
const mayRun = (gate) => isWhole(gate._node) && isAsked(gate) && (sourceOf(gate._node) || isFree());

/** Looks at one arrival, or brings one gate to what the state says. Whether there may be more to do. */
const step = () => {
  const arrival = arrivals.shift();
  if (arrival) {
    guard("a gate", () => note(arrival));
    return true;
  }
  const isNext = inOrder[0] && mayRun(inOrder[0]);
  const gate = isNext ? inOrder.shift() : todo.shift();
  if (!gate) return false;
  const { _node, _need } = gate;
  const isOpen = opens(_need);
  // An element that left while it was held, and came back, has another gate by now.
  if (isOpen == gate._isOpen || known.get(_node) != gate) return true;
  if (isOpen) {
    if (!_node.isConnected) {
      leave(gate);
      return true;
    }
    const isScript = _node.localName == "script";
    const isLoose = !isScript || _node.hasAttribute("async");
    if (!isNext && (isLoose ? !isWhole(_node) || (isScript && !isAsked(gate)) : inOrder[0] || !mayRun(gate))) {
      (isLoose ? incomplete : inOrder).push(gate);
      return true;
    }
  }
  gate._isOpen = isOpen;
  guard("a tag", () => apply(gate, isOpen));
  if (_node.localName == "script") present.delete(gate);
  return true;
};

/** Brings gates to what the state says, in slices that leave the page its frames. */
const pass = () => {
  const end = performance.now() + SLICE;
  isDue = false;
  // A page may replace the clock: each slice does something, whatever it tells.
  while (step()) {
    if (performance.now() > end) {
      isDue = true;
      setTimeout(pass);
      return;
    }
  }
  todo = incomplete.concat(todo);
  incomplete = [];
};

/** Has what arrived looked at, and what may open opened, once the task that is running is done. */
export const obey = () => {
  if (doc.prerendering || isDue) return;
  isDue = true;
  queueMicrotask(pass);
};

/** Has what is open and should not be shut, ahead of all that may open. */
export const shut = () => {
  todo.unshift(...[...present].filter((gate) => gate._isOpen && !opens(gate._need)));
  obey();
};

/** What a library moves from page to page, without a copy. */
const LASTING = "[data-turbo-permanent],[hx-preserve]";

/** How long, in milliseconds, a library may take for its copy of the page. */
const COPYING = 99;

/** Puts what is open back as the server sent it, while a library copies the page. */
export const putAllBack = () => {
  for (const gate of present) {
    if (!gate._isOpen || closest(gate._node, LASTING)) continue;
    gate._isOpen = false;
    guard("a gate", () => apply(gate, false));
  }
  setTimeout(obeyAll, COPYING);
};

/** Lets go of the gates that left without being seen to. */
export const releaseLost = () => {
  for (const gate of present) if (!gate._node.isConnected) leave(gate);
};

/** After a change of state each gate may stand otherwise than it should. */
export const obeyAll = () => {
  releaseLost();
  todo = [...present];
  inOrder = [];
  for (const reference of away) {
    const gate = reference.deref();
    if (!gate || present.has(gate)) away.delete(reference);
    else todo.push(gate);
  }
  obey();
};

/** The elements of a part of the page that are Doui's to look at. @param {any} part any node: those that are no elements have none */
const heldIn = (part) => (part.matches ? [...(matches(part, HELD) ? [part] : []), ...findAll(part, HELD)] : []);

/** Has a part of the page looked at. @param {Node} part */
export const search = (part) => {
  for (const node of heldIn(part)) arrivals.push(node);
};

/** Lets go of the gates of a part that left the page: a page of a thousand routes does not grow. @param {Node} part */
export const release = (part) => {
  if (part.isConnected) return;
  for (const node of heldIn(part)) {
    const gate = known.get(node);
    if (gate) leave(gate);
  }
  for (const reference of away) if (!reference.deref()) away.delete(reference);
};

/** Whether a script ran here whose purpose is now off. Running code can't be unrun. */
export const isOutlived = () =>
  [...ran].some((need) => !(WITH_DECLARED && opens(need)) && partsOf(need).some((part) => view._standings[part] === false));

/** A script ran that no gate held. @param {string} need */
export const noteRan = (need) => ran.add(need);

/** Lets go of what is known of an element that is another from now on. @param {Element} node */
export const forgetGate = (node) => {
  const gate = known.get(node);
  if (!gate) return;
  gate._isOpen = false;
  leave(gate);
  if (WITH_PLACEHOLDERS) uncover(node);
};
