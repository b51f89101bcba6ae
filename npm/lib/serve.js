// `doui serve`: the centre, and a small storefront with the shop's own purposes, built anew whenever the shop file changes.

import { createServer } from "node:http";
import { readFileSync, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { build, ShopFileError } from "../index.js";
import { fileAt, pathOf, typeOf } from "./folder.js";
import { SHOP, storefront } from "./storefront.js";
import { UserError } from "./write.js";

const FIRST_PORT = 3000;

/** Listens on a port of loopback. Without one that is asked for, the next free one is taken. */
const listen = async (server, port) => {
  for (let at = port ?? FIRST_PORT; ; at++) {
    const failure = await new Promise((done) => {
      server.once("error", done);
      server.listen(at, "127.0.0.1", () => {
        server.off("error", done);
        done(undefined);
      });
    });
    if (!failure) return at;
    if (failure.code != "EADDRINUSE" || port !== undefined || at > FIRST_PORT + 99) {
      throw new UserError(
        failure.code == "EADDRINUSE"
          ? `port ${at} is taken: leave --port out, and the next free one is used`
          : `port ${at} cannot be listened on: ${failure.message}`,
      );
    }
  }
};

/** Serves a shop file until the process ends. @param {string} file @param {{ port?: number }} options */
export const serve = async (file, { port } = {}) => {
  /** What was built last, and what is wrong with the file since. */
  let files = new Map();
  let wrong = "";
  /** Pages that wait to be told of the next build. @type {Set<import("node:http").ServerResponse>} */
  const waiting = new Set();

  const make = async () => {
    try {
      files = await build(readFileSync(file, "utf8"), { file, compress: false });
      wrong = "";
    } catch (failure) {
      if (!(failure instanceof ShopFileError) && failure.code == undefined) throw failure;
      wrong = failure.message;
      console.error(wrong);
    }
    for (const response of waiting) response.write("data: built\n\n");
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const send = (status, type, content) => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" });
      response.end(content);
    };
    // A page of somebody else's may have its host name resolved to this machine.
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "")) return send(421, typeOf(".txt"), "This server answers for this machine only.\n");
    if (pathname == "/~built") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      waiting.add(response);
      request.on("close", () => waiting.delete(response));
      return;
    }
    // The shop's own endpoint of counts, wherever it is: here nobody counts.
    if (request.method == "POST") return response.writeHead(204).end();
    const path = pathOf(files);
    const page = storefront(pathname, files, wrong, path);
    if (!page && `${pathname}/` == path) return response.writeHead(302, { location: path }).end();
    if (!page && pathname.startsWith(path)) {
      const name = fileAt(files, pathname.slice(path.length));
      if (name) return send(200, typeOf(name), files.get(name));
      return send(404, typeOf(".html"), files.get("404.html") ?? "Not found");
    }
    return page ? send(200, page.type ?? typeOf(".html"), page.content) : send(404, typeOf(".txt"), "Not found\n");
  });

  await make();
  const at = await listen(server, port);
  const here = `http://127.0.0.1:${at}`;
  const centre = files.has("index.html") ? `, ${here}${pathOf(files)} the preference centre` : "";
  console.log(`${here}${pathOf(files) == "/" ? SHOP : "/"} is a page of a shop${centre}. Ctrl+C ends it.`);
  // Editors write another file in its place, so its folder is watched.
  let timer;
  watch(dirname(resolve(file)), (_, name) => {
    if (name != basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(make, 50);
  });
  return server;
};
