// What scripts insert is held before it is fetched: each way in is wrapped, and no other (docs/declared.md lists them).

import { OFF, closest } from "../document.js";
import { keptFor } from "../held.js";
import { attempt, keys } from "../safely.js";
import { AT_ONCE, closedFor, fetchesOf, giveUp, holdAddress, holdPart, holdScript, isWaiting, mayFetch } from "./hold.js";
import { wrap } from "./wrap.js";

/** Whether what is in a node may fetch: nobody sees into a shadow root when it comes into the page. @param {Node} node */
const isInPlace = (node) => node.isConnected || node.getRootNode() instanceof ShadowRoot;

/**
 * Whether an element fetches what it is given now. All other is looked at when it is inserted. In a document without a window
 * nothing is fetched.
 * @param {Element} node
 */
const isFetching = (node) =>
  !!node.ownerDocument.defaultView && (AT_ONCE.test(node.localName) || isInPlace(node));

/**
 * The page gives an element an address. Whether it is kept from it.
 * @param {Element} node @param {string} name @param {any} value
 */
const isKept = (node, name, value) => {
  const need = closedFor(node, name, `${value}`);
  if (!need || closest(node, OFF)) giveUp(node, name);
  else if (!isFetching(node)) return false;
  else if (node.localName == "script") holdScript(/** @type {HTMLScriptElement} */ (node), need, false);
  else {
    holdAddress(node, name, value, need);
    return true;
  }
  return false;
};

/** The interfaces of what fetches, and by which of their properties. @type {Record<string, string>} */
const INTERFACES = {
  Script: "src",
  Image: "src srcset",
  IFrame: "src srcdoc",
  Embed: "src",
  Object: "data",
  Link: "href imageSrcset",
  Source: "src srcset",
  Media: "src",
  Video: "poster",
  Track: "src",
  Input: "src",
};

/** @param {any} kind an interface @param {string} property one of its addresses */
const wrapAddress = (kind, property) => {
  const name = property.toLowerCase();
  wrap(kind, [property], "set", (native, self, args) => {
    if (!attempt(() => isKept(self, name, args[0]))) Reflect.apply(native, self, args);
  });
  // Who gave an address reads it back. A script has it.
  if (kind == HTMLScriptElement) return;
  wrap(kind, [property], "get", (native, self, args) => {
    const value = Reflect.apply(native, self, args);
    const kept = value ? undefined : keptFor(self)?.values[name];
    if (kept === undefined || !isWaiting(self)) return value;
    return attempt(() => (/src./.test(name) ? `${kept}` : new URL(kept, self.baseURI).href)) ?? value;
  });
};

/** The names of attributes that hold an address. */
const NAMES = /^(src(set|doc)?|href|data|poster|imagesrcset)$/i;

/** The same by an attribute's name. @param {Element} node @param {string} name @param {any} value */
const isKeptBy = (node, name, value) => fetchesOf(node.localName).includes(name) && isKept(node, name, value);

/** @param {string} method @param {number} at which of the arguments is the name */
const wrapAttribute = (method, at) =>
  wrap(Element, [method], "value", (native, self, args) => {
    const name = args[at];
    const isIt = args.length > at + 1 && typeof name == "string" && NAMES.test(name) && !(at && args[0]);
    return isIt && attempt(() => isKeptBy(self, name.toLowerCase(), args[at + 1])) ? undefined : Reflect.apply(native, self, args);
  });

/** An attribute's node is not in the element that it is kept from. @param {string} method */
const wrapAttributeNode = (method) =>
  wrap(Element, [method], "value", (native, self, args) => {
    const [attribute] = args;
    const name = attribute instanceof Attr && !attribute.namespaceURI ? attribute.name : "";
    return NAMES.test(name) && attempt(() => isKeptBy(self, name, attribute.value)) ? self.getAttributeNode(name) : Reflect.apply(native, self, args);
  });

/**
 * Whether what is inserted has to be looked at: what is in the page was, and what is put into something that is not will be. What
 * comes from another document may fetch at once, and in a document without a window nothing does.
 * @param {any} self where it is inserted, or a range @param {any} part
 */
const isToLookAt = (self, part) => {
  if (!mayFetch(part)) return false;
  const place = self.startContainer || self;
  if ((place.ownerDocument || place).defaultView === null) return false;
  return part.ownerDocument != document || (!part.isConnected && isInPlace(place));
};

/** Looks at what is inserted, and then has it inserted. @type {import("./wrap.js").Apply} */
const insert = (native, self, args) => {
  for (const part of args) attempt(() => isToLookAt(self, part) && holdPart(part));
  return Reflect.apply(native, self, args);
};

export const wrapInsertions = () => {
  for (const kind of keys(INTERFACES)) {
    for (const property of INTERFACES[kind].split(" ")) wrapAddress(/** @type {any} */ (window)[`HTML${kind}Element`], property);
  }
  wrapAttribute("setAttribute", 0);
  wrapAttribute("setAttributeNS", 1);
  wrap(Element, ["removeAttribute"], "value", (native, self, args) => {
    attempt(() => self.hasAttribute(args[0]) || giveUp(self, args[0].toLowerCase()));
    return Reflect.apply(native, self, args);
  });
  for (const method of ["setAttributeNode", "setAttributeNodeNS"]) wrapAttributeNode(method);
  wrap(Node, ["appendChild", "insertBefore", "replaceChild"], "value", insert);
  for (const kind of [Element, Document, DocumentFragment]) wrap(kind, ["append", "prepend", "replaceChildren"], "value", insert);
  for (const kind of [Element, CharacterData]) wrap(kind, ["before", "after", "replaceWith"], "value", insert);
  wrap(Element, ["insertAdjacentElement"], "value", insert);
  wrap(Range, ["insertNode", "surroundContents"], "value", insert);
  wrap(Document, ["importNode", "adoptNode"], "value", insert);
  wrap(Document, ["body"], "set", insert);
  // A picture that waits is not done, and who waits for it goes on waiting.
  wrap(HTMLImageElement, ["complete"], "get", (native, self, args) => Reflect.apply(native, self, args) && !attempt(() => isWaiting(self)));
  wrap(HTMLImageElement, ["decode"], "value", (native, self, args) =>
    attempt(() => isWaiting(self))
      ? new Promise((done, fail) => {
          self.addEventListener("load", () => done(Reflect.apply(native, self, args)), { once: true });
          self.addEventListener("error", () => fail(new DOMException("The source image cannot be decoded.", "EncodingError")), { once: true });
        })
      : Reflect.apply(native, self, args),
  );
};
