// Clocks, and when things are done.

/** In seconds. */
export const DAY = 86400;

/** Unix seconds. */
export const now = () => Math.floor(Date.now() / 1000);

/**
 * Calls back once the frame in question is painted, and once more soon: a tab out of sight, or one that is hidden meanwhile,
 * is not painted.
 * @param {() => void} action
 */
export const afterPaint = (action) => {
  requestAnimationFrame(() => setTimeout(action));
  setTimeout(action, 100);
};
