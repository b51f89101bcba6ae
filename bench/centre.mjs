// The preference centre: each route as it is shipped and as the same page without its script, in turn, round after round.
// `cargo xtask bench` calls it.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, measured } from "./chromium.mjs";
import { median, table } from "./figures.mjs";
import { keep } from "./keep.mjs";
import { brotli, serve } from "./site.mjs";
import { turned } from "./turns.mjs";
import { open, PROFILES, within } from "./visit.mjs";

const { values: asked } = parseArgs({ options: { rounds: { type: "string", default: "15" } } });
const rounds = Number(asked.rounds);

const ROUTES = ["", "services", "opt-out", "cookies", "history", "policy", "developers"];

/** The ratio that a route's first paint may be behind its plain page's, and the time until it is live on a phone. */
const MOST = { ratio: 1.1, live: 2_000 };

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "target/bench/centre");

/** A copy of `dist/` at /doui/, its pages as `change` makes them. */
const copy = (name, change) => {
  const site = join(folder, name);
  rmSync(site, { recursive: true, force: true });
  cpSync(join(root, "dist"), join(site, "doui"), { recursive: true });
  for (const path of readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html"))) {
    const page = change(readFileSync(join(site, path), "utf8"));
    writeFileSync(join(site, path), page);
    writeFileSync(join(site, `${path}.br`), brotli(Buffer.from(page)));
  }
  return site;
};

/** What the page loads to become live. */
const LOADS = /<link rel="preload"[^>]*>|<script type="module"[^>]*><\/script>/g;

/** Plain pages stand against themselves too: what they differ by is what the machine alone makes of equal pages. */
const kinds = {
  live: await serve(copy("live", (page) => page)),
  plain: await serve(copy("plain", (page) => page.replace(LOADS, ""))),
  again: await serve(join(folder, "plain")),
};

/** In the page: when it first painted, and when it was live, which is when the place of the banner is there. */
const watch = () => {
  window.paint = new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const entry = list.getEntriesByName("first-contentful-paint")[0];
      if (entry) resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true });
  });
  window.live = new Promise((resolve) => {
    new MutationObserver(() => {
      const first = document.body?.firstElementChild;
      if (first && first.id != "app") resolve(performance.now());
    }).observe(document, { childList: true, subtree: true });
  });
};

const browser = await launch();
const samples = {};
for (let round = 0; round < rounds; round++) {
  for (const profile of Object.keys(PROFILES)) {
    for (const route of ROUTES) {
      for (const kind of turned(Object.keys(kinds), round)) {
        const context = await browser.createBrowserContext();
        const page = await open(context, profile);
        await page.evaluateOnNewDocument(watch);
        await page.goto(`${kinds[kind].origin}/doui/${route}${route && "/"}`);
        const told = ((samples[profile] ??= {})[route] ??= {});
        (told[kind] ??= []).push(await within(page.evaluate(() => window.paint), page));
        if (kind == "live") (told.until ??= []).push(await within(page.evaluate(() => window.live), page));
        await context.close();
      }
    }
  }
}
const where = await measured(browser, rounds);
await browser.close();
for (const { close } of Object.values(kinds)) close();

/** How many times as long as plain pages, both kinds together, a live one takes to paint. */
const toPlain = ({ live, plain, again }) => median(live) / median([...plain, ...again]);
/** How many times as long one kind of plain pages takes as the other. */
const toItself = ({ plain, again }) => Math.max(median(plain), median(again)) / Math.min(median(plain), median(again));

const rows = ROUTES.map((route) => [
  `/doui/${route}`,
  ...Object.keys(PROFILES).flatMap((profile) => {
    const { live, until } = samples[profile][route];
    return [Math.round(median(live)), toPlain(samples[profile][route]).toFixed(2), Math.round(median(until))];
  }),
]);
const head = ["route", ...Object.keys(PROFILES).flatMap((profile) => [`${profile}: first paint, ms`, "to plain HTML", "live, ms"])];
const worst = (pick) => Math.max(...Object.keys(PROFILES).flatMap((profile) => ROUTES.map((route) => pick(samples[profile][route]))));
const ratio = worst(toPlain);
const live = Math.max(...ROUTES.map((route) => median(samples.phone[route].until)));
const verdict = (is) => (is ? "met" : "**not met**");
const text = `${where}

${table(head, rows)}

- First paint at most ${MOST.ratio} of plain HTML: ${verdict(ratio <= MOST.ratio)}, ${ratio.toFixed(2)} at worst. Plain HTML to itself: ${worst(toItself).toFixed(2)} at worst.
- Live on the phone within ${MOST.live} ms: ${verdict(live <= MOST.live)}, ${Math.round(live)} ms at worst.`;
console.log(text);
keep("centre", text);
