// Clocks, and when things are done.

/** In seconds. */
export const DAY = 86400;

/** The browser's clock, read when the script begins: the page may replace it later. @type {() => number} */
let clock;

/** Unix seconds. */
export const now = () => {
  clock = clock || Date.now;
  return Math.floor(clock() / 1000);
};

/**
 * Calls back once the frame in question is painted, and once more soon: a tab out of sight, or one that is hidden meanwhile,
 * is not painted.
 * @param {() => void} action
 */
export const afterPaint = (action) => {
  requestAnimationFrame(() => setTimeout(action));
  setTimeout(action, 100);
};
