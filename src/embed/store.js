// What the browser keeps of the visitor's decision: the cookie and the local record.

import { toCookie, toRecord } from "./grammar.js";
import { readJar, writeOwn } from "./jar.js";
import { attempt } from "./safely.js";
import { settle } from "./settle.js";
import { stamp } from "./shop.js";
import { now } from "./time.js";

/** @typedef {import("./grammar.js").Decision} Decision */

/** What was read last, and what came of it. @type {string} */
let seen;
/** @type {ReturnType<typeof settle>} */
let settled;

/** What the browser holds now. What has not changed since is not read again: it may be long. */
export const look = () => {
  const raw = attempt(() => localStorage.getItem(stamp._cookie));
  const cookies = readJar().filter((pair) => pair.startsWith(stamp._cookie + "="));
  if (seen != (seen = cookies + " " + raw)) settled = settle(cookies.map((pair) => pair.slice(stamp._cookie.length + 1)), raw, now());
  return settled;
};

/** @param {Decision} decision @param {Decision[]} history */
const writeRecord = (decision, history) =>
  attempt(() => {
    const text = toRecord(decision, history);
    localStorage.setItem(stamp._cookie, text);
    return localStorage.getItem(stamp._cookie) == text;
  });

/** Renews the cookie's life up to the decision's end, since browsers cut that of script-written cookies. @param {Decision} decision */
const renew = (decision) => {
  const left = decision.at + stamp._life - now();
  return left > 0 && writeOwn(toCookie(decision), left);
};

/** Whether something was decided or forgotten here. */
let isWritten = false;

/**
 * Makes cookie and record agree, as they were read on arrival, and renews the cookie's life. Later that is left alone: a tab
 * that looks again may see half of what another one writes or deletes.
 */
export const heal = () => {
  const { _decision, _history, _writesRecord, _writesCookie } = settled;
  if (!_decision || isWritten) return;
  if (_writesRecord) writeRecord(_decision, _history);
  if (WITH_RENEWAL || _writesCookie) renew(_decision);
};

/** Writes both, whichever works. Whether one did. @param {Decision} decision */
export const keep = (decision) => {
  const { _history } = look();
  isWritten = true;
  const isRenewed = renew(decision);
  return writeRecord(decision, _history) || isRenewed;
};

export const forget = () => {
  isWritten = true;
  writeOwn("", 0);
  attempt(() => localStorage.removeItem(stamp._cookie));
};
