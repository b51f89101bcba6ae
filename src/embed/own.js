// Doui's own elements in the page, and how often they are put right.

/** @type {WeakSet<Node>} */
const claimed = new WeakSet();

/** @param {Element} node */
export const claim = (node) => claimed.add(node);

/** @param {any} node a node, or what else an event passes by */
export const isOwn = (node) => claimed.has(node);

/** How often each thing was put right of late. @type {Map<unknown, number>} */
const rights = new Map();

/** Puts right whatever is not as it should be. @type {() => void} */
export let retry;

/** @param {typeof retry} action is called a second after something was given up */
export const onGivenUp = (action) => {
  retry = action;
};

/** A second has gone by since something was put right again. */
const forgive = () => {
  const isGivenUp = [...rights.values()].some((count) => count > 9);
  rights.clear();
  if (isGivenUp) retry();
};

/** Whether a thing may be put right once more in this second: a race of two observers has no end. @param {unknown} thing */
export const mayRight = (thing) => {
  const count = (rights.get(thing) || 0) + 1;
  rights.set(thing, count);
  if (count == 2) setTimeout(forgive, 1000);
  return count < 10;
};
