// What an element says that is held for it.

/** The attributes that are held. */
export const HELD_NAMES = ["src", "srcset", "href"];

/** The address held for an attribute. Lazy loaders take the short names for their own. @param {Element} node @param {string} name */
export const heldFor = (node, name) => node.getAttribute("data-doui-" + name) ?? node.getAttribute("data-" + name);

/** Whether an element has an address already that is held for it, as a copy of an open one has. @param {Element} node */
export const hasHeld = (node) =>
  HELD_NAMES.some((name) => {
    const address = node.getAttribute(name);
    return address && address == heldFor(node, name);
  });

/** What says of an element that its script ran: no copy has it. The audit reads it too. */
export const RAN = Symbol.for("doui-ran");
