// What a run leaves: its figures in the documentation, where the command that measured them writes them again, and every sample.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../docs/performance.md", import.meta.url));

/** Puts `text` between the marks `<!-- name -->` and `<!-- /name -->` of docs/performance.md. */
export const keep = (name, text) => {
  const [before, rest] = readFileSync(file, "utf8").split(`<!-- ${name} -->\n`);
  const end = rest?.indexOf(`<!-- /${name} -->`) ?? -1;
  if (end < 0) throw new Error(`docs/performance.md has no <!-- ${name} --> with its end after it`);
  writeFileSync(file, `${before}<!-- ${name} -->\n\n${text.trim()}\n\n${rest.slice(end)}`);
};

/** Writes all that a run measured under target/bench, and returns the file. */
export const store = (name, results) => {
  const folder = fileURLToPath(new URL("../target/bench", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}-${new Date().toISOString().replace(/[:.]/g, "-")}.json`;
  writeFileSync(path, JSON.stringify(results, null, 1));
  return path;
};
