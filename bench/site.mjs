// The files of every contender under target/bench/site, each with a copy that brotli made, and the server on loopback.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import sirv from "sirv";
import { page, TAG, tags } from "./page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = join(root, "target/bench/site");

/** As a server that compresses ahead of time would send it. */
export const brotli = (content) =>
  brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });

const write = (path, content) => {
  const file = join(site, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  writeFileSync(`${file}.br`, brotli(Buffer.from(content)));
};

/**
 * The shop's style sheet as it would be for any manager: without what it does for Doui alone, and without answers to the
 * pointer, since what a banner happens to uncover beneath it is not the banner's cost.
 */
const neutral = (css) =>
  css.replace(/[^{};]*(:hover|data-doui)[^{}]*\{[^{}]*\}/g, "").replace(/[\w-]+:[^;{}]*--doui-[^;{}]*;/g, "") +
  "header, main { pointer-events: none; }";

/** Where the page of a contender with so many tags is. `more` says what else it is: `look`, and `isDecided`. */
export const address = (contender, count, kind, { look = "listing", isDecided = false } = {}) =>
  `/pages/${contender.name}-${kind}-${count}-${look}${isDecided ? "-decided" : ""}.html`;

/** Writes the site: what all share, then each contender's own files and pages. `pages` lists the counts and kinds of tags, and what else the pages are. */
export const build = (contenders, pages, covers) => {
  rmSync(site, { recursive: true, force: true });
  write("shop.css", neutral(readFileSync(join(root, "public/demo/shop.css"), "utf8")));
  for (const [name, content] of Object.entries(covers)) write(`covers/${name}`, content);
  for (let at = 0; at < Math.max(...pages.filter(([, kind]) => kind == "external").map(([count]) => count)); at++) {
    write(`tags/${at}.js`, TAG);
  }
  for (const contender of contenders) {
    for (const [name, content] of Object.entries(contender.files())) write(`${contender.folder ?? contender.name}/${name}`, content);
    for (const [count, kind, more] of pages) write(address(contender, count, kind, more), page(contender, tags(count, kind), more));
  }
};

/** With these a page is alone in its process, and browsers tell it of paints more exactly than in steps of 4 ms. */
const ALONE = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** Serves a site, that of the contenders unless another is named. Every file alike: compressed, and cached for ten minutes, a short life as names without a hash have. */
export const serve = async (folder = site) => {
  const setHeaders = (response) => response.setHeaders(new Headers(ALONE));
  const files = sirv(folder, { brotli: true, etag: true, maxAge: 600, setHeaders });
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.statusCode = 404;
      response.end();
    }),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
};
