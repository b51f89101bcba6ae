// How things stand, and who may ask.

import { doc } from "./document.js";
import { decide } from "./decide.js";
import { NONE } from "./grammar.js";
import { holds } from "./condition.js";
import { consentOf } from "./consent.js";
import { mayRight } from "./own.js";
import { ids, paths } from "./shop.js";
import { attempt, bare, keys, mayWarn, warn } from "./safely.js";
import { now } from "./time.js";
import { isQuiet } from "./trust.js";

/**
 * @typedef {import("./grammar.js").Decision} Decision
 * @typedef {import("./decide.js").View} View
 */

/** @type {View} */
export let view;
/** What the page is told of it. @type {DouiState} */
export let state;
/** The decision in memory, when the browser keeps nothing. @type {Decision | undefined} */
export let unkept;
/** What is allowed, by name. A set, since it takes any question without making a text of it, and at once. @type {Set<unknown>} */
let allowed;
/** Whether each condition met so far holds in this state. @type {Record<string, boolean>} */
let answers;

/** @param {unknown} name */
export const isKnown = (name) => {
  const isIt = ids.includes(/** @type {string} */ (name)) || (WITH_SERVICES && paths.includes(/** @type {string} */ (name)));
  // Not everything has a string to show.
  if (!isIt && mayWarn()) {
    warn(`unknown purpose ${attempt(() => String(name))}; known: necessary,${WITH_SERVICES ? [ids, paths] : ids}`);
  }
  return isIt;
};

/** @param {unknown} name */
export const allows = (name) => {
  const isAllowed = allowed.has(name);
  if (!isAllowed) isKnown(name);
  return isAllowed;
};

/** @param {string} condition */
export const opens = (condition) => {
  const answer = answers[condition];
  return answer === undefined ? (answers[condition] = holds(condition, allows)) : answer;
};

/** @param {readonly string[]} leftovers */
const tellState = (leftovers) => {
  const undecided = Object.freeze(keys(view._asked));
  const { revision = null, at: decidedAt = null, by = null } = view._decision || NONE;
  state = Object.freeze(
    /** @type {DouiState} */ ({
      decided: !undecided[0],
      choices: Object.freeze({ ...view._choices }),
      ...(WITH_SERVICES ? { services: Object.freeze({ ...view._services }) } : null),
      undecided,
      revision,
      decidedAt,
      by,
      gpc: view._gpc,
      consent: consentOf(opens),
      leftovers: Object.freeze(leftovers),
    }),
  );
};

/** Takes over what was decided, and whether that is in memory alone. @param {{ _decision?: Decision, _isNew: boolean }} found @param {Decision} [inMemory] */
export const enter = (found, inMemory) => {
  unkept = inMemory;
  view = decide(found, now(), navigator.globalPrivacyControl === true, isQuiet());
  const { _standings } = view;
  allowed = new Set(["necessary", ...keys(_standings).filter((name) => _standings[name])]);
  answers = bare({});
  tellState(state ? state.leftovers : []);
  mark();
};

/** Says on <html> what is allowed, for style sheets. */
export const mark = () => {
  const { dataset } = doc.documentElement;
  const text = ids.filter(allows).join(" ");
  if (dataset.doui != text && mayRight(mark)) dataset.doui = text;
};

/** Whether the names of what could not be deleted are others now. @param {string[]} names */
export const setLeftovers = (names) => {
  const isOther = names.join() != state.leftovers.join();
  if (isOther) tellState(names);
  return isOther;
};
