// `doui report`: how many consent, from the shop's own log.

import { chart } from "./chart.js";
import { countAll } from "./counts.js";
import { LEAST, figures } from "./figures.js";
import { UserError } from "./write.js";

const percent = (share) => `${(share * 100).toFixed(1)} %`;
const told = (number) => (number === null ? "–" : number.toLocaleString("en-US"));
const rate = (share) => (share ? `${percent(share.rate)} (${percent(share.low)} to ${percent(share.high)})` : "–");

/** Rows of cells, the first as their heads: the first column on the left, the others on the right. @param {string[][]} rows */
const table = (rows) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ").trimEnd();
  return rows.map(line).join("\n");
};

/** @param {ReturnType<typeof figures>} all */
const textOf = (all) => {
  const parts = [];
  const row = (name, { shown, answered, all, chosen, refused, consent }) => [name, told(shown), told(answered), told(all), told(chosen), told(refused), rate(consent)];
  const heads = (name) => [name, "shown", "answered", "all", "chosen", "refused", "consent rate (95 % interval)"];
  parts.push(table([heads(""), row("in all", all)]));
  const purposes = Object.entries(all.purposes);
  if (purposes.length) {
    const rows = purposes.map(([id, share]) => [id, told(share.of), told(share.count), rate(share)]);
    parts.push(table([["purpose", "answered", "allowed", "opt-in rate (95 % interval)"], ...rows]));
  }
  for (const [kind, rows] of Object.entries(all.by)) {
    // Each answer has a door, and nothing is shown by one.
    if (rows.length) parts.push(table([heads(kind), ...rows.map((figures) => row(String(figures[kind]), figures))]));
  }
  parts.push(`Of fewer than ${LEAST} nothing is said (–): ${all.leftOut} ${all.leftOut == 1 ? "row is" : "rows are"} left out.`);
  const { read, unknown } = all.lines;
  const missed = all.unknown.map(({ why, lines, first }) => `\n  ${told(lines)}: ${why}, first in ${first}`);
  parts.push(`${told(read)} lines were read; ${unknown ? `${told(unknown)} of them are not counted:` : "all of them are counted."}${missed.join("")}`);
  return parts.join("\n\n");
};

/** Says what is in logs. @param {string[]} files @param {{ json?: boolean, svg?: boolean }} flags @returns the exit status */
export const report = async (files, { json, svg }) => {
  if (json && svg) throw new UserError("--json and --svg are two answers: give one of them");
  if (!files.length && process.stdin.isTTY) {
    throw new UserError("name the log of the report, as in: npx doui report doui.log, or pipe it in");
  }
  const all = figures(await countAll(files));
  console.log(json ? JSON.stringify(all, null, 2) : svg ? chart(all).trimEnd() : textOf(all));
  const { read, unknown } = all.lines;
  if (unknown && (svg || json)) {
    for (const { why, lines, first } of all.unknown) console.error(`doui: not counted: ${told(lines)} lines, ${why}, first in ${first}`);
  }
  if (!read || unknown < read) return 0;
  console.error("doui: none of the lines is of the report. docs/report.md says how a log of it is set up");
  return 1;
};
