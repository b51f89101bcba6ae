// A decision as a cookie and as a record, to the letter of crates/core; tests/vectors.json holds both to it.

import { attempt, bare, fromText, keys, toText } from "./safely.js";
import { DAY } from "./time.js";

/**
 * @typedef {{ revision: string, at: number, choices: Record<string, boolean>, by?: string, lang?: string, gpc: boolean }} Decision
 * @typedef {Partial<Decision> & { _isNewer?: boolean }} Found A decision if it has `at`; else what cannot be read, or is of a newer form.
 */

/** How many decisions a record keeps. */
const HISTORY = 20;

/** @type {Found} */
export const NONE = /** @type {any} */ ({ __proto__: null });

const GRAMMAR =
  /^1\.(\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\.([1-9]\d{0,10})((?:\.[a-z][a-z0-9-]{0,23}[01])+)(\.gpc)?$/;

/** A decision from the future is forged. @param {string} text @param {number} now @param {string} [by] @param {string} [lang] @returns {Found} */
export const fromCookie = (text, now, by, lang) => {
  const [match, revision, at, tokens, gpc] = GRAMMAR.exec(text) || [];
  if (!match || +at > now + DAY) return bare({ _isNewer: /^([2-9]|[1-9]\d+)\./.test(text) });
  /** @type {Record<string, boolean>} */
  const choices = bare({});
  for (const token of tokens.slice(1).split(".")) {
    const id = token.slice(0, -1);
    if (id in choices) return NONE;
    choices[id] = token.endsWith("1");
  }
  // The order of these is the order in which the record has them.
  return bare({ revision, at: +at, choices, by, lang, gpc: !!gpc });
};

/** @param {Decision} decision */
export const toCookie = ({ revision, at, choices, gpc }) =>
  [1, revision, at, ...keys(choices).map((id) => id + +choices[id]), ...(gpc ? ["gpc"] : [])].join(".");

/**
 * The cookie's grammar judges a stored decision, and it must be what the cookie would say. Who decided and in which language
 * are notes: a bad one is dropped, never a reason to forget the decision.
 * @param {any} stored @param {number} now @returns {Found}
 */
const fromStored = (stored, now) => {
  const own = bare(stored);
  const { revision, at, choices, by, lang, gpc = false } = own;
  const decision = fromCookie(
    toCookie(own),
    now,
    ["banner", "centre", "api"].includes(by) ? by : undefined,
    typeof lang == "string" && /^[A-Za-z0-9-]{1,35}$/.test(lang) ? lang : undefined,
  );
  const textOf = (/** @type {Found} */ { revision, at, gpc, choices }) => toText(bare({ revision, at, gpc, choices: bare(choices) }));
  return textOf(decision) == textOf({ revision, at, gpc, choices }) ? decision : NONE;
};

/**
 * The record's decision, if there is a record, and the last decisions, it among them.
 * @param {string | null | undefined} raw @param {number} now @returns {[Found?, Decision[]?]}
 */
export const fromRecord = (raw, now) => {
  if (raw == null) return [];
  return (
    attempt(() => {
      const stored = fromText(raw);
      const { v, history } = bare(stored);
      /** @type {Found} */
      const record = v === 1 ? fromStored(stored, now) : bare({ _isNewer: typeof v == "number" && v > 1 });
      const past = record.at && Array.isArray(history) ? history.slice(-HISTORY) : [];
      const read = past.map((/** @type {unknown} */ one) => attempt(() => fromStored(one, now)) || NONE);
      return /** @type {[Found, Decision[]]} */ ([record, read.filter(({ at }) => at)]);
    }) || [NONE]
  );
};

/** @param {Decision} decision @param {Decision[]} [past] */
export const toRecord = (decision, past = []) => {
  const history = [...past, decision].slice(-HISTORY);
  // Prototype 1.6 makes a string of each array that has no `toJSON` of its own.
  return toText(bare({ v: 1, ...decision, history: Object.assign(history, { toJSON: undefined }) }));
};
