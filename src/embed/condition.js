// Conditions: "ads affiliate" needs both, "!ads" holds while ads is not allowed (crates/core/src/condition.rs).

/** @param {string} condition */
export const partsOf = (condition) => condition.trim().split(/\s+/);

/** @param {string} condition @param {(name: string) => boolean} allows */
export const holds = (condition, allows) =>
  partsOf(condition).every((part) => (part[0] == "!" ? !allows(part.slice(1)) : allows(part)));
