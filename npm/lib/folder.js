// The files of a build as a server finds them.

import { extname } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** @param {string} name */
export const typeOf = (name) => TYPES[extname(name)] ?? "application/octet-stream";

const decoder = new TextDecoder();

/** Where a shop serves the folder, by its manifest. @param {Map<string, Uint8Array>} files */
export const pathOf = (files) => {
  const manifest = files.get("manifest.json");
  return manifest ? JSON.parse(decoder.decode(manifest)).path : "/doui/";
};

/**
 * The name of the file for a path below the folder: a page with or without its slash or its end.
 * @param {Map<string, Uint8Array>} files @param {string} path as an address has it
 */
export const fileAt = (files, path) => {
  const page = path.replace(/\/$/, "");
  return [path, `${page}.html`, page ? `${page}/index.html` : "index.html"].find((name) => files.has(name));
};
