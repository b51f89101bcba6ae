// Who must be asked, what is allowed until then, and what a choice makes of it (crates/core/src/decide.rs).

import { bare, keys } from "./safely.js";
import { ids, paths, purposeOf, stamp } from "./shop.js";
import { DAY } from "./time.js";

/**
 * @typedef {import("./grammar.js").Decision} Decision
 * @typedef {object} View How things stand.
 * @property {Decision | undefined} _decision the one in force
 * @property {boolean} _isNew whether the visitor has never answered: only then the shop's defaults count
 * @property {Record<string, boolean>} _choices whether each purpose is allowed
 * @property {Record<string, boolean>} _services whether each service is allowed that can be refused alone, by its path
 * @property {Record<string, boolean | undefined>} _asked the purposes to ask about; true for those allowed before the signal was on
 * @property {Record<string, boolean>} _standings whether each purpose and service may run
 * @property {boolean} _gpc whether the browser sends Global Privacy Control
 * @property {boolean} _isHeeded whether that keeps purposes off, and the visitor must be told
 * @property {boolean} _isExpired whether the visitor is asked because their decision has expired
 * @property {boolean} _isPartial whether some purposes are asked again while a decision is in force for the others
 */

/**
 * @param {{ _decision?: Decision, _isNew: boolean }} found
 * @param {number} now
 * @param {boolean} gpc
 * @param {boolean} isQuiet whether nobody is asked on this page
 * @returns {View}
 */
export const decide = ({ _decision, _isNew }, now, gpc, isQuiet) => {
  const decision = _decision && _decision.at + stamp._life < now ? undefined : _decision;
  /** @type {Record<string, boolean>} */
  const choices = bare({});
  /** @type {Record<string, boolean>} */
  const services = bare({});
  /** @type {Record<string, boolean | undefined>} */
  const asked = bare({});
  let isHeeded = false;
  for (const { _id, _revised, _granted, _heeds } of stamp._purposes) {
    const token = decision && _revised <= decision.revision ? decision.choices[_id] : undefined;
    // Who decided with the signal on, and was told so, is taken at their word.
    const isHeld = _heeds && gpc && !decision?.gpc;
    if (isHeld) isHeeded = true;
    if (token === undefined || (isHeld && token)) {
      asked[_id] = token;
      choices[_id] = WITH_GRANTED ? !!_granted && _isNew && !isHeld && !isQuiet : false;
    } else {
      choices[_id] = token;
    }
  }
  const standings = bare(choices);
  if (WITH_SERVICES) {
    for (const { _purpose, _id, _choosable } of stamp._services) {
      const path = _purpose + "/" + _id;
      standings[path] = choices[_purpose];
      if (_choosable) services[path] = standings[path] = choices[_purpose] && decision?.choices[_id] !== false;
    }
  }
  return {
    _decision: decision,
    _isNew,
    _choices: choices,
    _services: services,
    _asked: asked,
    _standings: standings,
    _gpc: gpc,
    _isHeeded: isHeeded,
    _isExpired: !decision && !!_decision,
    _isPartial: !!decision && !!keys(asked)[0],
  };
};

/**
 * The decision that saves, for each purpose, what `pick` says; where it says nothing, a decided purpose stays as it is. Then
 * likewise the refusals of services, within the purposes that are allowed.
 * @param {View} view @param {(name: string) => unknown} pick @param {number} now @param {string} by @param {string} lang
 * @returns {Decision | undefined} nothing where nothing is decided
 */
export const choose = ({ _decision, _asked, _services, _standings, _gpc }, pick, now, by, lang) => {
  /** @type {Record<string, boolean>} */
  const choices = bare({});
  const alone = WITH_SERVICES ? keys(_services) : [];
  for (const id of ids) {
    const allowed = pick(id);
    if (typeof allowed == "boolean") choices[id] = allowed;
    else if (!(id in _asked)) choices[id] = _standings[id];
    // Of a purpose that runs before the first answer, refusing a service is an answer: the others stay.
    else if (WITH_SERVICES && _standings[id] && alone.some((path) => purposeOf(path) == id && pick(path) === false)) {
      choices[id] = true;
    }
  }
  if (WITH_SERVICES) {
    for (const path of alone) {
      const [purpose, id] = path.split("/");
      const allowed = pick(path);
      const isRefused = typeof allowed == "boolean" ? !allowed : _standings[purpose] && !_standings[path];
      if (choices[purpose] && isRefused) choices[id] = false;
    }
  }
  // Later than the one before, if that is not so far ahead that it could not be read.
  const at = Math.max(now, Math.min((_decision?.at || 0) + 1, now + DAY));
  return keys(choices)[0] ? bare({ revision: stamp._revision, at, choices, by, lang, gpc: _gpc }) : undefined;
};

/** The purposes, then the services that can be refused alone, that stand otherwise than before. @param {View} view @param {View} before */
export const changedBetween = (view, before) => {
  const names = WITH_SERVICES ? [...ids, ...paths.filter((path) => path in view._services)] : ids;
  return names.filter((name) => view._standings[name] != before._standings[name]);
};
