// How Google's consent types stand (crates/core/src/signals.rs).

import { keys } from "./safely.js";
import { stamp } from "./shop.js";

/** @param {(need: string) => boolean} isMet whether the condition that grants a type holds @returns {DouiConsent} */
export const consentOf = (isMet) =>
  Object.freeze(
    /** @type {any} each type is there */ (
      Object.fromEntries(keys(stamp._types).map((type) => [type, isMet(stamp._types[type]) ? "granted" : "denied"]))
    ),
  );
