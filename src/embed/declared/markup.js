// Markup that scripts turn into elements. Where it names a host that is not allowed it is parsed in a document that fetches
// nothing, held there, and moved into the page; all other goes its way untouched.

import { doc } from "../document.js";
import { attempt } from "../safely.js";
import { isSuspect } from "./hosts.js";
import { holdMarkup } from "./hold.js";
import { wrap } from "./wrap.js";

/** @type {Document} */
let still;

/** The element that a place is in, alone, in a document that fetches nothing: markup is parsed as it would be there. @param {any} place */
const contextOf = (place) => {
  still = still || doc.implementation.createHTMLDocument("");
  // Of a shadow root, its host; of another fragment, a body.
  const element = place.host || place;
  return /** @type {Element} */ (element.nodeType == 1 ? still.importNode(element) : still.createElement("body"));
};

/** Whether markup for a place has to be looked at. @param {any} place @param {unknown} markup */
const isToHold = (place, markup) =>
  /^(1|11)$/.test(place?.nodeType) && place.ownerDocument == document && place.localName != "template" && isSuspect(`${markup}`);

/** Holds what was parsed where no script runs: what stands there for browsers without scripts is a text in the page. @param {any} box */
const holdParsed = (box) => {
  for (const node of box.querySelectorAll("noscript")) node.textContent = node.innerHTML;
  return holdMarkup(box);
};

/**
 * What markup is made of, held; nothing where there is nothing to hold.
 * @param {any} place @param {(box: any) => unknown} fill @returns {ChildNode[] | undefined}
 */
const heldMarkup = (place, fill) => {
  const box = contextOf(place);
  fill(box);
  return holdParsed(box) ? [...box.childNodes] : undefined;
};

/** Where `insertAdjacentHTML` puts what it is given. @type {Record<string, "before" | "prepend" | "append" | "after">} */
const PLACES = { beforebegin: "before", afterbegin: "prepend", beforeend: "append", afterend: "after" };

/** The browser's own functions, before they are wrapped. */
const nativesNow = () => ({
  _replaceChildren: Element.prototype.replaceChildren,
  _replaceWith: Element.prototype.replaceWith,
  _inner: /** @type {any} it is an accessor */ (Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML")).set,
});

export const wrapMarkup = () => {
  const { _replaceChildren, _replaceWith, _inner } = nativesNow();
  /** Puts nodes in the place of what an element or a shadow root has. @param {any} self @param {ChildNode[]} nodes */
  const refill = (self, nodes) => {
    const replace = self.host ? DocumentFragment.prototype.replaceChildren : _replaceChildren;
    Reflect.apply(replace, self, nodes);
  };
  /** @param {any} place @param {unknown} markup @param {(box: any) => unknown} fill @param {(nodes: ChildNode[]) => unknown} put */
  const isPut = (place, markup, fill, put) => {
    const nodes = attempt(() => isToHold(place, markup)) && heldMarkup(place, fill);
    if (nodes) put(nodes);
    return !!nodes;
  };
  const fillBy = (/** @type {unknown} */ markup) => (/** @type {any} */ box) => Reflect.apply(_inner, box, [markup]);
  for (const kind of [Element, ShadowRoot]) {
    wrap(kind, ["innerHTML"], "set", (native, self, args) => {
      if (!isPut(self, args[0], fillBy(args[0]), (nodes) => refill(self, nodes))) Reflect.apply(native, self, args);
    });
    for (const method of ["setHTML", "setHTMLUnsafe"]) {
      wrap(kind, [method], "value", (native, self, args) => {
        const fill = (/** @type {any} */ box) => box[method](...args);
        if (!isPut(self, args[0], fill, (nodes) => refill(self, nodes))) Reflect.apply(native, self, args);
      });
    }
  }
  wrap(Element, ["outerHTML"], "set", (native, self, args) => {
    const put = (/** @type {ChildNode[]} */ nodes) => Reflect.apply(_replaceWith, self, nodes);
    if (!isPut(self?.parentNode, args[0], fillBy(args[0]), put)) Reflect.apply(native, self, args);
  });
  wrap(Element, ["insertAdjacentHTML"], "value", (native, self, args) => {
    const method = attempt(() => PLACES[`${args[0]}`.toLowerCase()]);
    const place = method && (/^[ap].*end$/.test(method) ? self : self?.parentNode);
    const put = (/** @type {ChildNode[]} */ nodes) => method && Element.prototype[method].apply(self, nodes);
    if (!isPut(place, args[1], fillBy(args[1]), put)) Reflect.apply(native, self, args);
  });
  wrap(Range, ["createContextualFragment"], "value", (native, self, args) => {
    const at = self?.startContainer;
    const place = at?.nodeType == 1 ? at : at && (at.parentElement || doc.body);
    if (!attempt(() => isToHold(place, args[0]))) return Reflect.apply(native, self, args);
    const box = contextOf(place);
    const range = still.createRange();
    range.selectNodeContents(box);
    const fragment = Reflect.apply(native, range, args);
    // Its scripts run when they are inserted, and are held then.
    holdParsed(fragment);
    return doc.adoptNode(fragment);
  });
};
