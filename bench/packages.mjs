// What the peers' packages hold.

import { readFileSync } from "node:fs";

/** A file as a package ships it. */
export const shipped = (path) => readFileSync(new URL(`node_modules/${path}`, import.meta.url));

export const versionOf = (name) => JSON.parse(shipped(`${name}/package.json`)).version;
