// What counts of what a browser holds: the later of cookie and record, on a tie the cookie.

import { NONE, fromCookie, fromRecord, toCookie } from "./grammar.js";

/**
 * @typedef {import("./grammar.js").Decision} Decision
 * @typedef {import("./grammar.js").Found} Found
 */

/**
 * @typedef {{ _decision?: Decision, _history: Decision[], _isNew: boolean, _writesRecord?: boolean, _writesCookie?: boolean }} Settled
 */

/**
 * `_isNew`: the visitor has never answered. `_writesRecord`, `_writesCookie`: what must be written for the two to agree.
 * @param {string[]} cookies the values that the page sees: there may be several, of other paths or domains
 * @param {string | null | undefined} raw the record
 * @param {number} now
 * @returns {Settled}
 */
export const settle = (cookies, raw, now) => {
  const [record, history = []] = fromRecord(raw, now);
  const read = cookies.map((text) => fromCookie(text, now));
  const later = (/** @type {Found} */ best, /** @type {Found} */ one) => ((one.at || 0) > (best.at || 0) ? one : best);
  const found = /** @type {Found[]} */ ([read.reduce(later, read[0]), record].filter(Boolean));
  let best = found.reduce(later, NONE);
  const kept = { _history: history, _isNew: !found[0] };
  if (!best.at || found.some(({ _isNewer }) => _isNewer)) return kept;
  const cookie = toCookie(/** @type {Decision} */ (best));
  if (record?.at && toCookie(/** @type {Decision} */ (record)) == cookie) best = record;
  const _decision = /** @type {Decision} */ (best);
  return { ...kept, _decision, _writesRecord: record != best, _writesCookie: !cookies.includes(cookie) };
};
