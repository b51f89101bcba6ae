// What becomes of samples, and how figures are shown.

/** The middle of some samples; of an even number, the lower of the two. */
export const median = (samples) => [...samples].sort((a, b) => a - b)[(samples.length - 1) >> 1];

/** A table in Markdown: the first column is names, the others are figures. */
export const table = (head, rows) =>
  [head, head.map((_, at) => (at ? "--:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
