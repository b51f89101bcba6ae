// What the server would send: the page with its first render in it.
import { readFileSync, writeFileSync } from "node:fs";
import { html } from "./server/server.js";

const page = "dist/index.html";
writeFileSync(page, readFileSync(page, "utf8").replace('<div id="root"></div>', () => `<div id="root">${html}</div>`));
