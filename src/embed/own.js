// Doui's own elements in the page, and how often they are put right.

/** @type {WeakSet<Node>} */
const claimed = new WeakSet();

/** @param {Element} node */
export const claim = (node) => claimed.add(node);

/** @param {any} node a node, or what else an event passes by */
export const isOwn = (node) => claimed.has(node);

/** How often each thing was put right in this second. @type {Map<unknown, number>} */
let rights = new Map();

/** Whether a thing may be put right once more: a race of two observers has no end. @param {unknown} thing */
export const mayRight = (thing) => {
  const count = (rights.get(thing) || 0) + 1;
  rights.set(thing, count);
  return count < 10;
};

/** A second has gone by. */
export const forgive = () => {
  rights = new Map();
};
