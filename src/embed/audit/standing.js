// What is allowed, and why.

import { purposeNamed, serviceNamed } from "./shop.js";

/** @typedef {keyof AuditWords["standing"]} Standing */

/**
 * How a purpose stands, `"ads"`, or a service of it, `"ads/yahoo-ads"`.
 * @param {DouiState} state @param {string} name @returns {Standing}
 */
export const standingOf = ({ choices, services, undecided, gpc }, name) => {
  if (name == "necessary") return name;
  const [id] = name.split("/", 1);
  const purpose = purposeNamed(id);
  // Doui knows services only where some can be refused alone.
  if (!purpose || (name != id && !(services && serviceNamed(name)))) return "unknown";
  const isAllowed = services?.[/** @type {DouiService} */ (name)] ?? choices[id];
  if (undecided.includes(id)) return isAllowed ? "default" : gpc && purpose._heeds ? "gpc" : "undecided";
  return isAllowed ? "allowed" : "refused";
};

/** @param {Standing} standing */
export const isOn = (standing) => ["necessary", "allowed", "default"].includes(standing);

/**
 * The most permissive standing of several services: what several declare may be there if one of them is allowed.
 * @param {DouiState} state @param {readonly AuditedService[]} services
 */
export const standingOfAny = (state, services) => {
  const standings = services.map(({ _id, _purpose }) => standingOf(state, state.services ? _purpose + "/" + _id : _purpose));
  return standings.find(isOn) ?? standings[0] ?? null;
};
