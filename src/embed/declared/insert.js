// What scripts insert is held before it is fetched: each way in is wrapped, and no other (docs/declared.md lists them).

import { OFF, closest } from "../document.js";
import { keptFor } from "../held.js";
import { attempt } from "../safely.js";
import { closedFor, fetchesOf, giveUp, holdAddress, holdPart, holdScript, isWaiting, mayFetch } from "./hold.js";
import { wrap } from "./wrap.js";

/** What an element that is not in the page fetches at once. */
const AT_ONCE = /^(img|source)$/;

/**
 * The page gives an element an address. Whether it is kept from it.
 * @param {Element} node @param {string} name @param {any} value
 */
const isKept = (node, name, value) => {
  const { localName } = node;
  // The rest is looked at when it is inserted.
  if (!node.isConnected && !AT_ONCE.test(localName)) return false;
  const need = closedFor(node, name, `${value}`);
  if (!need || closest(node, OFF)) giveUp(node, name);
  else if (localName == "script") holdScript(/** @type {HTMLScriptElement} */ (node), need, false);
  else {
    holdAddress(node, name, value, need);
    return true;
  }
  return false;
};

/** The interfaces of what fetches. */
const INTERFACES = { script: "Script", img: "Image", iframe: "IFrame", embed: "Embed", link: "Link", source: "Source" };

/** @param {any} kind an interface @param {string} name one of its addresses */
const wrapAddress = (kind, name) => {
  wrap(kind, [name], "set", (native, self, args) => {
    if (!attempt(() => isKept(self, name, args[0]))) Reflect.apply(native, self, args);
  });
  // Who gave an address reads it back. A script has it.
  if (kind == HTMLScriptElement) return;
  wrap(kind, [name], "get", (native, self, args) => {
    const value = Reflect.apply(native, self, args);
    const kept = value ? undefined : keptFor(self)?.values[name];
    if (kept === undefined || !isWaiting(self)) return value;
    return attempt(() => (/^src./.test(name) ? `${kept}` : new URL(kept, self.baseURI).href)) ?? value;
  });
};

/** The names of attributes that hold an address. */
const NAMES = /^(src|srcset|srcdoc|href)$/i;

/** The same by an attribute's name. @param {Element} node @param {string} name @param {any} value */
const isKeptBy = (node, name, value) => fetchesOf(node.localName).includes(name) && isKept(node, name, value);

/** @param {string} method @param {number} at which of the arguments is the name */
const wrapAttribute = (method, at) =>
  wrap(Element, [method], "value", (native, self, args) => {
    const name = args[at];
    const isIt = args.length > at + 1 && NAMES.test(name) && !(at && args[0]);
    return isIt && attempt(() => isKeptBy(self, name.toLowerCase(), args[at + 1])) ? undefined : Reflect.apply(native, self, args);
  });

/** Looks at what is inserted, and then has it inserted. @type {import("./wrap.js").Apply} */
const insert = (native, self, args) => {
  for (const part of args) {
    // What is in the page was looked at.
    if (mayFetch(part) && !(part.isConnected && part.ownerDocument == document)) attempt(() => holdPart(part));
  }
  return Reflect.apply(native, self, args);
};

export const wrapInsertions = () => {
  for (const [localName, kind] of Object.entries(INTERFACES)) {
    for (const name of fetchesOf(localName)) wrapAddress(/** @type {any} */ (window)[`HTML${kind}Element`], name);
  }
  wrapAttribute("setAttribute", 0);
  wrapAttribute("setAttributeNS", 1);
  wrap(Node, ["appendChild", "insertBefore", "replaceChild"], "value", insert);
  for (const kind of [Element, Document, DocumentFragment]) wrap(kind, ["append", "prepend", "replaceChildren"], "value", insert);
  for (const kind of [Element, CharacterData]) wrap(kind, ["before", "after", "replaceWith"], "value", insert);
  wrap(Element, ["insertAdjacentElement"], "value", insert);
  wrap(Range, ["insertNode", "surroundContents"], "value", insert);
  wrap(Document, ["importNode", "adoptNode"], "value", insert);
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
