// What the browser keeps for the page, by name: what is in it is nobody's to look at.

import { doc } from "../document.js";
import { standsFor } from "../names.js";
import { attempt } from "../safely.js";
import { serviceOf, stamp } from "./shop.js";
import { standingOfAny } from "./standing.js";

/**
 * @typedef {object} Stored
 * @property {"cookie" | "local" | "session"} place
 * @property {string} name
 * @property {import("./shop.js").Service[]} services
 * @property {import("./standing.js").Standing | null} standing
 * @property {boolean} own
 */

/** One without a name is shown by the browser as its value alone. */
const cookieNames = () =>
  doc.cookie
    .split("; ")
    .filter(Boolean)
    .map((pair) => (pair.includes("=") ? pair.split("=")[0] : ""));

/** Of a key such as "getItem" no list of the object's properties tells. @param {Storage} storage */
const keysOf = (storage) => Array.from(storage, (_, at) => storage.key(at) || "");

/**
 * @param {DouiState} state @param {Stored["place"]} place @param {() => string[]} read
 * @param {(service: AuditedService) => readonly string[]} declaredBy
 */
const kept = (state, place, read, declaredBy) =>
  // A browser may refuse to tell.
  (attempt(read) || []).map((name) => {
    const services = stamp._services.filter((service) => declaredBy(service).some((known) => standsFor(known, name)));
    const own = name == stamp._cookie && place != "session";
    return /** @type {Stored} */ ({
      place,
      name,
      services: services.map(serviceOf),
      standing: own ? "necessary" : standingOfAny(state, services),
      own,
    });
  });

/** @param {AuditedService} service */
const keysDeclared = ({ _storage }) => _storage;

/** @param {DouiState} state */
export const storedNow = (state) => [
  ...kept(state, "cookie", cookieNames, ({ _cookies }) => _cookies),
  ...kept(state, "local", () => keysOf(localStorage), keysDeclared),
  ...kept(state, "session", () => keysOf(sessionStorage), keysDeclared),
];
