// What `"hold": "declared"` costs a page for elements of its own: frames of one page, with and without it, take turns in putting
// them in. `cargo xtask bench --declared` calls it.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, measured } from "./chromium.mjs";
import { median, table } from "./figures.mjs";
import { keep, store } from "./keep.mjs";
import { stamp } from "./stamp.mjs";

const { values: asked } = parseArgs({ options: { rounds: { type: "string", default: "40" } } });
const rounds = Number(asked.rounds);

const COUNTS = [8, 1000, 10_000];
/** How many microseconds an element may take more. */
const LIMIT = 1.5;

const folder = fileURLToPath(new URL("../target/bench/shops", import.meta.url));
const shop = JSON.parse(readFileSync(new URL("shop.json", import.meta.url), "utf8"));
const hosts = { value: ["*.vendor.example"], source: "bench", checked: "2026-01-05" };
const service = { id: "vendor", purpose: shop.purposes[0].id ?? shop.purposes[0], label: { ja: "業者", en: "Vendor" }, hosts };

/** The script of a shop that holds so. */
const scriptOf = (hold) => {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${hold}.json`;
  writeFileSync(file, JSON.stringify({ ...shop, hold, services: [service] }));
  return readFileSync(`${stamp(file, hold)}/doui.js`);
};

/** What a page puts in, `count` elements of it. It runs in the frames. */
const ways = {
  "an element, appended": (box, count) => {
    for (let at = 0; at < count; at++) box.appendChild(document.createElement("div"));
  },
  "an element of a tree, appended": (box, count) => {
    for (let at = 0; at < count; at += 4) {
      const [card, link, name, price] = ["div", "a", "b", "p"].map((name) => document.createElement(name));
      link.append(name);
      card.append(link, price);
      box.append(card);
    }
  },
  "an element by `innerHTML`": (box, count) => {
    box.innerHTML = '<div><a href="/item/1"><b>本</b></a><p>100円</p></div>'.repeat(Math.ceil(count / 4));
  },
  "a script with `src`": (box, count) => {
    for (let at = 0; at < count; at++) document.createElement("script").src = "/own.js";
  },
  "a `<source>` with `srcset`": (box, count) => {
    for (let at = 0; at < count; at++) document.createElement("source").srcset = "/own.svg 1x, https://cdn.shop.example/own.svg 2x";
  },
  // Lazy, so that no loading is measured.
  "a picture with `src`": (box, count) => {
    for (let at = 0; at < count; at++) {
      const picture = document.createElement("img");
      picture.loading = "lazy";
      picture.src = "/own.svg";
    }
  },
};

/** How long, in microseconds, one element takes in a frame. */
const timed = `(run, count) => {
  const box = document.querySelector("main");
  const times = Math.max(1, Math.round(1000 / count));
  const start = performance.now();
  for (let at = 0; at < times; at++) run(box, count);
  const time = performance.now() - start;
  box.textContent = "";
  return (time / times / count) * 1000;
}`;

const HOLDS = ["marked", "declared"];
const scripts = Object.fromEntries(HOLDS.map((hold) => [`/${hold}.js`, scriptOf(hold)]));
const functions = Object.values(ways).map(String).join(",");
const files = {
  "/": `<!doctype html><link rel="icon" href="data:,">${HOLDS.map((hold) => `<iframe name="${hold}" src="/${hold}"></iframe>`).join("")}`,
  ...Object.fromEntries(
    HOLDS.map((hold) => [
      `/${hold}`,
      `<!doctype html><script src="/${hold}.js"></script><main hidden></main><script>const ways = [${functions}]; window.time = (way, count) => (${timed})(ways[way], count)</script>`,
    ]),
  ),
};

const server = createServer(({ url }, answer) => {
  const type = url.endsWith(".js") ? "text/javascript" : url.endsWith(".svg") ? "image/svg+xml" : "text/html; charset=utf-8";
  answer.writeHead(200, { "content-type": type, "cache-control": "max-age=600" });
  answer.end(scripts[url] ?? files[url] ?? (url.endsWith(".svg") ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : ""));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const browser = await launch();
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate((holds) => holds.forEach((hold) => frames[hold].doui.rejectAll()), HOLDS);

const samples = {};
const rows = [];
for (const count of COUNTS) {
  for (const [way, name] of Object.keys(ways).entries()) {
    const taken = { marked: [], declared: [] };
    // The first rounds are the compiler's.
    for (let round = -4; round < rounds; round++) {
      const turn = round & 1 ? HOLDS : [...HOLDS].reverse();
      const times = await page.evaluate((turn, way, count) => turn.map((hold) => frames[hold].time(way, count)), turn, way, count);
      if (round >= 0) turn.forEach((hold, at) => taken[hold].push(times[at]));
    }
    samples[`${name}, ${count}`] = taken;
    const more = median(taken.declared.map((time, at) => time - taken.marked[at]));
    rows.push([`${name}, ${count.toLocaleString("en")}`, ...HOLDS.map((hold) => `${median(taken[hold]).toFixed(2)} µs`), `${more.toFixed(2)} µs`, more <= LIMIT ? "✓" : "✗"]);
  }
}

const text = `${await measured(browser, rounds)}\n\n${table(["", "`marked`", "`declared`", "more", `≤ ${LIMIT} µs`], rows)}`;
await browser.close();
server.close();
console.log(`\n${text}\n\nEvery sample is in ${store("declared", samples)}.`);
keep("declared", text);
