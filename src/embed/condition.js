// Conditions: "ads affiliate" needs both, "!ads" holds while ads is not allowed (crates/core/src/condition.rs).

/** Of what may come for one reason or another (`"ads|traffic"`, which Doui alone writes), the first. @param {string} condition */
export const partsOf = (condition) => (WITH_DECLARED ? condition.split("|")[0] : condition).trim().split(/\s+/);

/** @param {string} condition @param {(name: string) => boolean} allows */
export const holds = (condition, allows) =>
  WITH_DECLARED && condition.includes("|")
    ? condition.split("|").some(allows)
    : partsOf(condition).every((part) => (part[0] == "!" ? !allows(part.slice(1)) : allows(part)));
