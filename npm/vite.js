// A plugin for Vite: the folder of the shop file is there in development, and written with the build.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, ShopFileError } from "./index.js";
import { fileAt, pathOf, typeOf } from "./lib/folder.js";

export default function doui({ shop = "shop.json" } = {}) {
  let config;
  let file = shop;
  const make = async (compress) => {
    const json = await readFile(file, "utf8").catch((failure) => {
      throw new Error(`doui: ${file} cannot be read: ${failure.message}. Write one with: npx doui init`);
    });
    return build(json, { file: shop, compress });
  };
  return {
    name: "doui",
    configResolved(resolved) {
      config = resolved;
      file = resolve(resolved.root, shop);
    },
    configureServer(server) {
      /** What was built last, and what is wrong with the shop file since. */
      let files = new Map();
      let wrong;
      let making;
      const remake = () => {
        making = make(false).then(
          (made) => {
            files = made;
            wrong = undefined;
          },
          (failure) => {
            wrong = failure;
            config.logger.error(failure.message);
          },
        );
        return making;
      };
      const told = () => {
        if (wrong) server.ws.send({ type: "error", err: { message: wrong.message, stack: "", plugin: "doui", id: file } });
        else server.ws.send({ type: "full-reload" });
      };
      server.watcher.add(file);
      server.watcher.on("change", (changed) => {
        if (resolve(changed) == file) remake().then(told);
      });
      server.middlewares.use(async (request, response, next) => {
        await (making ?? remake());
        const { pathname } = new URL(request.originalUrl ?? request.url ?? "/", "http://localhost");
        const path = pathOf(files);
        if (!pathname.startsWith(path)) return next();
        const send = (status, type, content) => {
          response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
          response.end(content);
        };
        // A script says on the console why it is not there; what it holds stays held.
        if (wrong && !files.size) return send(500, typeOf(".txt"), wrong.message);
        const name = fileAt(files, pathname.slice(path.length));
        if (!name) return send(404, typeOf(".html"), files.get("404.html") ?? "");
        send(200, typeOf(name), files.get(name));
      });
    },
    async generateBundle() {
      // A server's bundle has no files for browsers.
      if (config.build.ssr || (this.environment && this.environment.config.consumer == "server")) return;
      let files;
      try {
        files = await make(true);
      } catch (failure) {
        return this.error(failure instanceof ShopFileError ? failure.message : String(failure.message));
      }
      const path = pathOf(files);
      const base = config.base.startsWith("/") ? config.base : "/";
      if (!path.startsWith(base)) {
        this.error(`doui: the shop file mounts the folder at ${path}, which is not below Vite's base ${base}. Set "path" in ${shop} to "${base}doui/".`);
      }
      for (const [name, source] of files) this.emitFile({ type: "asset", fileName: path.slice(base.length) + name, source });
    },
  };
}
