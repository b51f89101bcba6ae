// Doui's own elements in the page.

/** @type {WeakSet<Node>} */
const claimed = new WeakSet();

/** @param {Element} node */
export const claim = (node) => claimed.add(node);

/** @param {Element} node */
export const isOwn = (node) => claimed.has(node);
