// What becomes of samples, and how figures are shown.

/** The middle of some samples. */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Milliseconds, as exact as they are worth. */
export const ms = (value) => `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)} ms`;

/** A table in Markdown: the first column is names, the others are figures. */
export const table = (head, rows) =>
  [head, head.map((_, at) => (at ? "--:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
