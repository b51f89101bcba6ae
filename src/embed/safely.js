// What may fail without harm, and what is said on the console.

/** A shop's script may replace them later. */
export const { parse: fromText, stringify: toText } = JSON;

/**
 * For what a browser may refuse, such as storage: that is an answer, not an error.
 * @template T
 * @param {() => T} action
 */
export const attempt = (action) => {
  try {
    return action();
  } catch {
    // There is nothing to tell of it.
  }
};

/** How many warnings there may still be: markup may give cause by the thousand. */
let untold = 20;

export const mayWarn = () => untold > 0;

/** @param {string} message */
export const warn = (message) => {
  if (mayWarn()) console.warn("doui: " + message);
  untold--;
};

/**
 * For what should not fail: what it was, and why, is said, and nothing else stops for it.
 * @template T
 * @param {string} what
 * @param {() => T} action
 */
export const guard = (what, action) => {
  try {
    return action();
  } catch (error) {
    warn(what + " failed: " + error);
  }
};
