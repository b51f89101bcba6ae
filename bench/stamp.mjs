// Runs `xtask stamp`, which writes doui.js for a shop file.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes the scripts of a shop file into a folder of target/bench, and returns the folder. */
export const stamp = (shop, name) => {
  const out = `${root}target/bench/stamped/${name}`;
  const xtask = process.env.DOUI_XTASK;
  const [program, ...first] = xtask ? [xtask] : ["cargo", "xtask"];
  execFileSync(program, [...first, "stamp", "--shop", shop, "--out", out], { cwd: root, stdio: "inherit" });
  return out;
};
