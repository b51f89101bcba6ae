// From a shop file to `dist/`: the library behind `npx doui`. The script of shop pages is none of it: it is a file that `build`
// makes, and that pages load themselves.

import { readdirSync, readFileSync } from "node:fs";
import { compressed } from "./lib/compress.js";
import { DouiError, today, withCore } from "./lib/core.js";

export { DouiError };

/** The shop file has faults. `message` has one a line, with file, line, column and what to do. */
export class ShopFileError extends Error {
  name = "ShopFileError";
}

const told = (failure) => {
  throw failure.name == "ShopFileError" ? new ShopFileError(failure.message) : failure;
};

/** Checks the text of a shop file. */
export const check = async (json, { file = "shop.json", day = today() } = {}) =>
  JSON.parse(await withCore((core) => core.check(file, json, day)));

/** The finished centre, the same for every shop. */
const centre = () => {
  const folder = new URL("centre/", import.meta.url);
  return readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))]);
};

/** Builds the files of `dist/` from the text of a shop file. */
export const build = async (json, { file = "shop.json", day = today(), compress = true } = {}) => {
  const made = await withCore((core) => new core.Build(file, json, day, centre())).catch(told);
  const files = new Map();
  const sizes = {};
  const parts = made.files();
  const copies = await Promise.all(
    parts.map(([, content, isCompressible]) => (compress && isCompressible ? compressed(content) : undefined)),
  );
  parts.forEach(([path, content], at) => {
    files.set(path, content);
    const copy = copies[at];
    if (!copy) return;
    files.set(`${path}.br`, copy.br);
    files.set(`${path}.gz`, copy.gz);
    sizes[path] = { gzip: copy.gz.length, brotli: copy.br.length };
  });
  files.set("manifest.json", made.manifest(JSON.stringify(sizes)));
  made.free();
  return files;
};

/** `doui.js` as one block to paste into a head. */
export const inline = (json, { file = "shop.json", day = today(), moreLanguages = false } = {}) =>
  withCore((core) => core.inline(file, json, day, moreLanguages)).catch(told);

/** TypeScript types in which the shop's purposes and services are names. */
export const types = (json, { file = "shop.json", day = today() } = {}) =>
  withCore((core) => core.types(file, json, day)).catch(told);

/** The services of the catalogue, one a line. */
export const catalog = () => withCore((core) => core.catalog());

/** The services of the catalogue. */
export const services = async () => JSON.parse(await withCore((core) => core.services()));

/** Whom tags are sent to: the services of the shop, then those that the catalogue knows besides. */
export const recipients = async (json, { file = "shop.json", day = today() } = {}) =>
  JSON.parse(await withCore((core) => core.recipients(file, json, day)).catch(told));

/** The JSON Schema of a shop file. */
export const schema = async () => JSON.parse(await withCore((core) => core.schema()));
