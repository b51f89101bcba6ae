// What it costs a page of the shop's own elements that unmarked tags are held (`"hold": "declared"`): elements inserted beside a
// `doui.js` that holds them, against the same beside one that holds marked ones alone. `cargo xtask bench --hold` calls it.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, measured } from "./chromium.mjs";
import { services, stampWith } from "./contenders/full.mjs";
import { median, table } from "./figures.mjs";
import { keep, store } from "./keep.mjs";
import { serve } from "./site.mjs";
import { turned } from "./turns.mjs";

const { values: asked } = parseArgs({ options: { rounds: { type: "string", default: "15" } } });
const rounds = Number(asked.rounds);

const COUNTS = [8, 1_000, 10_000];
const HOLDS = ["marked", "declared"];

/** Ways to insert so many elements; each runs in the page. */
const WAYS = {
  "created and appended": (count, list) => {
    for (let at = 0; at < count; at++) list.append(document.createElement("div"));
  },
  "pictures: created, addressed, appended": (count, list) => {
    for (let at = 0; at < count; at++) {
      const picture = document.createElement("img");
      picture.src = "/picture.svg";
      list.append(picture);
    }
  },
  "scripts: created, addressed": (count) => {
    for (let at = 0; at < count; at++) document.createElement("script").src = "/script.js";
  },
  "markup of as many": (count, list) => {
    list.innerHTML = '<p class="card">text</p>'.repeat(count);
  },
  "markup of pictures": (count, list) => {
    list.innerHTML = '<img src="/picture.svg" alt="">'.repeat(count);
  },
};

const folder = fileURLToPath(new URL("../target/bench/hold", import.meta.url));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/picture.svg`, '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
for (const hold of HOLDS) {
  writeFileSync(`${folder}/${hold}.js`, readFileSync(`${stampWith(`hold-${hold}`, { services, hold })}/doui.js`));
  writeFileSync(`${folder}/${hold}.html`, `<!doctype html><meta charset="utf-8"><script src="/${hold}.js"></script><title>${hold}</title><link rel="icon" href="data:,"><body>`);
}

/** Milliseconds that one way takes in the page, once it has run before. */
const timed = async ({ source, count }) => {
  const insert = new Function(`return (${source})`)();
  const once = () => {
    const list = document.body.appendChild(document.createElement("div"));
    const start = performance.now();
    insert(count, list);
    const end = performance.now();
    list.remove();
    return end - start;
  };
  once();
  // Few elements are timed together: the clock's step would be most of one time.
  const times = Math.max(1, Math.round(1_000 / count));
  await new Promise((resolve) => requestIdleCallback(resolve));
  let sum = 0;
  for (let time = 0; time < times; time++) sum += once();
  return sum / times;
};

const browser = await launch();
const { origin, close } = await serve(folder);
const samples = {};
for (let round = 1; round <= rounds; round++) {
  console.log(`Round ${round} of ${rounds}`);
  for (const hold of turned(HOLDS, round)) {
    for (const [way, insert] of Object.entries(WAYS)) {
      for (const count of COUNTS) {
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        await page.goto(`${origin}/${hold}.html`, { waitUntil: "load" });
        const took = await page.evaluate(timed, { source: String(insert), count });
        (((samples[way] ??= {})[count] ??= {})[hold] ??= []).push((took * 1000) / count);
        await context.close();
      }
    }
  }
}

const us = (value) => `${value.toFixed(2)} µs`;
const rows = Object.entries(samples).flatMap(([way, counts]) =>
  COUNTS.map((count) => {
    const [marked, declared] = HOLDS.map((hold) => counts[count][hold]);
    const more = median(declared.map((value, at) => value - marked[at]));
    return [`${way}, ${count.toLocaleString("en")}`, us(median(marked)), us(median(declared)), us(more), more <= 1.5 ? "met" : "**not met**"];
  }),
);
const text = [
  await measured(browser, rounds),
  table(["an element, of so many", "marked", "declared", "more", "≤ 1.5 µs"], rows),
].join("\n\n");
await browser.close();
close();
const file = store("hold", samples);
console.log(`\n${text}\n\nEvery sample is in ${file}.`);
keep("hold", text);
