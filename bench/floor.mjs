// Doui against the floor: the same page with an empty script in Doui's place. `cargo xtask bench --floor` calls it.

import { parseArgs } from "node:util";
import { launch, measured } from "./chromium.mjs";
import before from "./contenders/before.mjs";
import doui from "./contenders/doui.mjs";
import { floors, least } from "./contenders/floor.mjs";
import full from "./contenders/full.mjs";
import { draw } from "./covers.mjs";
import { median, ms, table } from "./figures.mjs";
import { keep, store } from "./keep.mjs";
import { address, build, serve } from "./site.mjs";
import { turned } from "./turns.mjs";
import { click, cost, heap, open, quietVisit, visit } from "./visit.mjs";

const { values: asked } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    profile: { type: "string", multiple: true, default: ["desktop", "phone"] },
    look: { type: "string", multiple: true, default: ["picture", "grid", "text"] },
    /** For work on Doui: writes no table. */
    only: { type: "boolean", default: false },
  },
});
const rounds = Number(asked.rounds);

const TAGS = 8;
/** The visits of each page: of those without a large picture the cold cache tells nothing else. */
const VISITS = { picture: ["first", "warm", "cold"], grid: ["first", "warm"], text: ["first", "warm"] };
/** What a tap on the phone is answered by. */
const TAPS = ["settings", "accept", "reject"];

const contenders = [floors[0], doui, full, before, least, floors[1]];
/** What the page's own frame took from the picture, and what is seldom switched on, are told by one page. */
const isOn = (contender, look) => ![before, full].includes(contender) || look == asked.look[0];
const holds = (contender) => !!contender.button;
const browser = await launch();
const pages = asked.look.flatMap((look) => [false, true].map((isDecided) => [TAGS, "external", { look, isDecided }]));
build(contenders, pages, await draw(browser));
const { origin, close } = await serve();

/** Samples by what was measured, then by contender, one a round. */
const samples = {};
const note = (what, contender, value) => ((samples[what] ??= {})[contender.name] ??= []).push(value);

const where = (contender, look, isDecided) => origin + address(contender, TAGS, "external", { look, isDecided });

const fresh = async (what, action) => {
  const context = await browser.createBrowserContext();
  try {
    return await action(context);
  } catch (error) {
    throw new Error(`${what}: ${error.message}`);
  } finally {
    await context.close();
  }
};

/** First visit, a decision, and the visits after it. */
const stay = (contender, profile, look) =>
  fresh(`${contender.title}, ${profile}, ${look}`, async (context) => {
    for (const kind of VISITS[look]) {
      const isFirst = kind == "first";
      const page = await open(context, profile);
      if (kind == "cold") {
        await page.cdp.send("Network.enable");
        await page.cdp.send("Network.clearBrowserCache");
      }
      await visit(page, where(contender, look, !isFirst), contender);
      const found = await cost(page, contender, { isAsked: isFirst && holds(contender), count: isFirst ? 0 : TAGS });
      const group = `${profile}, ${look}, ${kind}`;
      for (const measure of ["fcp", "lcp", "blocking", "largest", "behind", "lastTag"]) {
        if (found[measure] != null) note(`${group}: ${measure}`, contender, found[measure]);
      }
      if (isFirst && holds(contender)) {
        await page.evaluate(() => {
          doui.acceptAll();
          return bench.settled();
        });
      }
      await page.close();
    }
  });

/** What scripts take with nothing else in the page, and what they keep. */
const rest = (contender, profile) =>
  fresh(`${contender.title}, ${profile}, scripts`, async (context) => {
    const [look] = asked.look;
    const first = await open(context, profile);
    note(`${profile}, first: script`, contender, (await quietVisit(first, where(contender, look, false))).script);
    note(`${profile}, first: heap`, contender, await heap(first));
    if (holds(contender)) await first.evaluate(() => void doui.acceptAll());
    await first.close();
    // The browser keeps compiled code from the second visit on.
    const again = await open(context, profile);
    await quietVisit(again, where(contender, look, true));
    await again.close();
    const warm = await open(context, profile);
    note(`${profile}, decided: script`, contender, (await quietVisit(warm, where(contender, look, true))).script);
  });

/** Taps on the phone. */
const tap = async (contender) => {
  for (const act of TAPS) {
    await fresh(`${contender.title}, tap: ${act}`, async (context) => {
      const page = await open(context, "phone");
      await visit(page, where(contender, asked.look[0], false), contender);
      await cost(page, contender, { isAsked: true });
      // With the settings the banner stays.
      note(`phone, tap: ${act}`, contender, (await click(page, contender, act, 0, act != "settings")).next);
    });
  }
};

const start = Date.now();
for (let round = 1; round <= rounds; round++) {
  console.log(`Round ${round} of ${rounds} (${((Date.now() - start) / 60_000).toFixed(1)} min)`);
  const inTurn = turned(contenders, round);
  for (const profile of asked.profile) {
    for (const look of asked.look) {
      for (const contender of inTurn) if (isOn(contender, look)) await stay(contender, profile, look);
    }
    for (const contender of inTurn) if (contender != least) await rest(contender, profile);
  }
  if (asked.profile.includes("phone")) for (const contender of inTurn) if (holds(contender) && contender != full) await tap(contender);
}

/** The middle of each round's ratio to the floor: whatever slows a round down slows down both. */
const toFloor = (what, name) => {
  const [mine, floor] = [samples[what]?.[name], samples[what]?.floor];
  return mine && floor ? median(mine.map((value, at) => value / floor[at])) : undefined;
};
const times = (value) => (value === undefined ? "–" : value.toFixed(2));
const middle = (what, name) => samples[what]?.[name] && median(samples[what][name]);
const inMs = (value) => (value === undefined ? "–" : ms(value));
const common = (values) => [...new Set(values)].sort((a, b) => values.filter((it) => it == b).length - values.filter((it) => it == a).length)[0];

const NAMES = { fcp: "first paint", lcp: "largest paint" };
const paints = Object.keys(samples)
  .filter((what) => /: [fl]cp$/.test(what))
  .map((what) => {
    const [group, measure] = what.split(": ");
    const largest = measure == "lcp" ? common(samples[`${group}: largest`].doui) : "";
    const ratio = toFloor(what, "doui");
    return [
      `${group}: ${NAMES[measure]}`,
      inMs(middle(what, "floor")),
      times(toFloor(what, "floor-again")),
      times(ratio),
      times(toFloor(what, "least")),
      times(toFloor(what, "full")),
      times(toFloor(what, "before")),
      largest,
      ratio <= 1.05 ? "met" : "**not met**",
    ];
  });
const above = (what, name) => (middle(what, name) === undefined ? undefined : middle(what, name) - middle(what, "floor"));
const costs = Object.keys(samples)
  .filter((what) => /script|heap|blocking/.test(what))
  .map((what) => {
    const show = what.endsWith("heap") ? (value) => `${Math.round(value / 1000)} kB` : inMs;
    const [mine, all, old] = ["doui", "full", "before"].map((name) => above(what, name));
    return [what, show(mine), show(all), show(old), what.includes("blocking") ? "" : times(mine / old), show(above(what, "floor-again"))];
  });
const others = Object.keys(samples)
  .filter((what) => /behind|lastTag|tap/.test(what))
  .map((what) => [what, inMs(middle(what, "floor")), inMs(middle(what, "doui")), inMs(middle(what, "before"))]);

const text = [
  await measured(browser, rounds),
  "### Paints, as times of the floor's, the middle of all rounds",
  table(["", "floor", "floor again", "Doui", "the least", "Doui, all on", "Doui 0.1.0", "Doui's largest", ""], paints),
  "### What Doui's script takes above the floor",
  table(["", "Doui", "Doui, all on", "Doui 0.1.0", "ratio to 0.1.0", "floor again"], costs),
  "### After the page's first frame, and after a tap",
  table(["", "floor", "Doui", "Doui 0.1.0"], others),
].join("\n\n");
await browser.close();
close();
const file = store("floor", samples);
console.log(`\n${text}\n\n${rounds} rounds in ${((Date.now() - start) / 60_000).toFixed(1)} min. Every sample is in ${file}.`);
if (!asked.only) keep("floor", text);
