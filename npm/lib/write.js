// Writes `dist/`: whole, or not at all.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** What a person can mend: said in one sentence, without a trace. */
export class UserError extends Error {
  name = "UserError";
}

/** Makes a folder with those above it. Node's own way never ends where the system refuses one as if it were not there. */
const makeFolder = (path) => {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
};

/** Whether a folder was made by a build: it has a manifest of Doui's. @param {string} folder */
const isBuilt = (folder) => {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    return typeof manifest.version == "string" && "doui.js" in manifest.files;
  } catch {
    return false;
  }
};

/** Whether a build may put its files in the place of a folder's. @param {string} folder */
const mayReplace = (folder) => !existsSync(folder) || !readdirSync(folder).length || isBuilt(folder);

/** The files that a build made there before. @param {string} folder */
const madeBefore = (folder) => {
  if (!isBuilt(folder)) return [];
  const { files } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  return Object.keys(files).flatMap((path) => [path, `${path}.br`, `${path}.gz`]);
};

/**
 * Puts the files into a folder, in the place of those that a build made there before. What else lies there stays.
 * @param {string} to @param {Map<string, Uint8Array>} files
 */
export const writeFolder = (to, files) => {
  const folder = resolve(to);
  if (!mayReplace(folder)) {
    throw new UserError(
      `${to} is not empty and was not made by doui: name another folder with --out, or empty that one yourself`,
    );
  }
  // All is written beside it first: a full disk leaves the last build alone.
  const stage = join(dirname(folder), `.${basename(folder)}.doui`);
  try {
    rmSync(stage, { recursive: true, force: true });
    for (const [path, content] of files) {
      const file = join(stage, path);
      makeFolder(dirname(file));
      writeFileSync(file, content);
    }
    const old = madeBefore(folder);
    makeFolder(folder);
    for (const path of old) if (!files.has(path)) rmSync(join(folder, path), { force: true });
    for (const path of files.keys()) {
      const file = join(folder, path);
      makeFolder(dirname(file));
      renameSync(join(stage, path), file);
    }
  } catch (failure) {
    throw new UserError(`${to} cannot be written: ${failure.message}`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
};
