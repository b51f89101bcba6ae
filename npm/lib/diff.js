// What a change does to a file whose lines stay as many as they are, as `diff -u` shows it.

/** How many lines are shown around one that changes. */
const AROUND = 3;

/** @param {string} file @param {string} before @param {string} after */
export const diff = (file, before, after) => {
  const [old, now] = [before, after].map((text) => text.split("\n"));
  const changed = old.flatMap((line, at) => (line == now[at] ? [] : [at]));
  /** @type {[number, number][]} */
  const hunks = [];
  for (const at of changed) {
    const last = hunks.at(-1);
    const end = Math.min(at + AROUND, old.length - 1);
    if (last && at - AROUND <= last[1] + 1) last[1] = end;
    else hunks.push([Math.max(at - AROUND, 0), end]);
  }
  const lines = [`--- ${file}`, `+++ ${file}`];
  for (const [start, end] of hunks) {
    const count = end - start + 1;
    lines.push(`@@ -${start + 1},${count} +${start + 1},${count} @@`);
    for (let at = start; at <= end; ) {
      let to = at;
      while (to <= end && old[to] != now[to]) to++;
      if (to == at) lines.push(" " + old[at++]);
      else {
        lines.push(...old.slice(at, to).map((line) => "-" + line), ...now.slice(at, to).map((line) => "+" + line));
        at = to;
      }
    }
  }
  return lines.join("\n");
};
