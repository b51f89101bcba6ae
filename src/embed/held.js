// What an element says that is held for it.

/** The attributes that are held. A document is held by declared/hold.js alone. */
export const HELD_NAMES = WITH_DECLARED
  ? ["src", "srcset", "href", "srcdoc", "data", "poster", "imagesrcset"]
  : ["src", "srcset", "href"];

/**
 * What says of an element that nobody marked it, and what is held for it: libraries that make the page like its markup again
 * take its attributes away. The audit reads it too.
 */
export const UNMARKED = Symbol.for("doui-unmarked");

/** @typedef {{ need: string, values: Record<string, string> }} Kept what an element waits for, and by attribute what is held for it, as the page gave it */

/** Only the element itself is asked: what it inherits takes browsers as long as all else. @param {any} node @returns {Kept | undefined} */
export const keptFor = (node) => (Object.prototype.hasOwnProperty.call(node, UNMARKED) ? node[UNMARKED] : undefined);

/** The address held for an attribute. Lazy loaders take the short names for their own. @param {Element} node @param {string} name */
const markedFor = (node, name) => node.getAttribute("data-doui-" + name) ?? node.getAttribute("data-" + name);

/** What is held for an attribute. Markup could bring a document as it can an address: what is read of it is what all shops hold. @param {Element} node @param {string} name */
export const heldFor = WITH_DECLARED
  ? (/** @type {Element} */ node, /** @type {string} */ name) =>
      keptFor(node)?.values[name] ?? (/^(srcset|src|href)$/.test(name) ? markedFor(node, name) : null)
  : markedFor;

/** Whether an element has an address already that is held for it, as a copy of an open one has. @param {Element} node */
export const hasHeld = (node) =>
  HELD_NAMES.some((name) => {
    const address = node.getAttribute(name);
    return address && address == heldFor(node, name);
  });

/** What says of an element that its script ran: no copy has it. The audit reads it too. */
export const RAN = Symbol.for("doui-ran");
