// Counts as figures: rates with their intervals, and nothing of what is too small to be told.

/** A group of fewer is left out: of a handful of answers too much could be said of single people. */
export const LEAST = 20;

/** The standard normal distribution's quantile of 97.5 %: the intervals are of 95 %. */
const Z = 1.959963984540054;

/**
 * A share with its interval by Wilson's score method, which holds for small counts and for shares near 0 and 1 too: Wilson,
 * "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 * @param {number} count @param {number} of
 */
export const shareOf = (count, of) => {
  const rate = count / of;
  const middle = (rate + (Z * Z) / (2 * of)) / (1 + (Z * Z) / of);
  const half = (Z / (1 + (Z * Z) / of)) * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of));
  return { count, of, rate, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
};

/** @param {import("./counts.js").Tally} tally */
const figuresOf = ({ shown, answered, all, refused, chosen, consent, purposes }) => {
  const isTold = answered >= LEAST;
  const told = [...purposes].filter(([, purpose]) => isTold && purpose.answered >= LEAST).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    shown: shown >= LEAST ? shown : null,
    answered: isTold ? answered : null,
    all: isTold ? all : null,
    refused: isTold ? refused : null,
    chosen: isTold ? chosen : null,
    consent: isTold ? shareOf(consent, answered) : null,
    purposes: Object.fromEntries(told.map(([id, { allowed, answered }]) => [id, shareOf(allowed, answered)])),
  };
};

/** @typedef {ReturnType<typeof figuresOf>} Figures */

/** @param {import("./counts.js").Counts} counts */
export const figures = ({ total, by, lines, unknown }) => {
  let leftOut = 0;
  const groups = Object.entries(by).map(([kind, tallies]) => {
    const rows = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, tally]) => ({ [kind]: value, ...figuresOf(tally) }));
    const told = rows.filter(({ shown, answered }) => shown !== null || answered !== null);
    leftOut += rows.length - told.length;
    return [kind, told];
  });
  const missed = [...unknown].map(([why, { lines, first }]) => ({ why, lines, first }));
  return {
    ...figuresOf(total),
    /** @type {Record<string, (Figures & Record<string, unknown>)[]>} */
    by: Object.fromEntries(groups),
    leftOut,
    lines: { read: lines, unknown: missed.reduce((sum, { lines }) => sum + lines, 0) },
    unknown: missed,
  };
};
