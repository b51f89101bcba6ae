// The report of all there is to say: the panel shows it, and the export is it (docs/audit.md).

import { findingsOf } from "./findings.js";
import { requestsSoFar } from "./requests.js";
import { stamp } from "./shop.js";
import { storedNow } from "./stored.js";
import { tagsNow } from "./tags.js";

/**
 * @typedef {object} Report
 * @property {number} format
 * @property {string} doui
 * @property {string} revision
 * @property {string} page
 * @property {string} at
 * @property {string} user_agent
 * @property {import("./findings.js").Finding[]} findings
 * @property {DouiState} state
 * @property {import("./tags.js").Tag[]} tags
 * @property {import("./requests.js").Requests} requests
 * @property {import("./stored.js").Stored[]} stored
 */

/** The shape of the report; it changes when a reader of the old one would be misled. */
const FORMAT = 1;

/** @param {DouiState} state @returns {Report} */
export const reportOf = (state) => {
  const seen = { state, tags: tagsNow(state), requests: requestsSoFar(), stored: storedNow(state) };
  return {
    format: FORMAT,
    doui: stamp._version,
    revision: stamp._revision,
    page: location.href,
    at: new Date().toISOString(),
    user_agent: navigator.userAgent,
    findings: findingsOf(seen),
    ...seen,
  };
};
