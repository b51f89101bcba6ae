// What may fail without harm, and what is said on the console.

/** A shop's script may replace them later. */
export const { parse: fromText, stringify: toText } = JSON;
export const { keys } = Object;

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

/**
 * A copy that inherits nothing: what is not in it is not there, and no `toJSON` is called, whatever a page gives to all objects.
 * @template T
 * @param {T} object
 * @returns {T}
 */
export const bare = (object) => Object.assign(Object.create(null), object);

/** What was said. @type {Set<string>} */
const told = new Set();

/** Whether there may be more to say: markup may give cause by the thousand. */
export const mayWarn = () => told.size < 20;

/** Says each thing once: a page may ask for the same at each rendering. @param {string} message */
export const warn = (message) => {
  if (!mayWarn() || told.has(message)) return;
  told.add(message);
  console.warn("doui: " + message);
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
