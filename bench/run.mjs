// The bench: every contender on the same page, in turn, round after round. `cargo xtask bench` calls it.

import { parseArgs } from "node:util";
import { launch, measured } from "./chromium.mjs";
import { draw } from "./covers.mjs";
import everyone from "./contenders/index.mjs";
import { versionOf } from "./packages.mjs";
import { store } from "./keep.mjs";
import { purposes } from "./purposes.mjs";
import { report } from "./report.mjs";
import * as services from "./services.mjs";
import { address, build, serve } from "./site.mjs";
import { turned } from "./turns.mjs";
import { allows, click, cost, heap, open, PROFILES, quietVisit, stored, visit, within } from "./visit.mjs";

const { values: asked } = parseArgs({
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    profile: { type: "string", multiple: true },
  },
});
const isWhole = !asked.only && !asked.profile && !asked.quick;
const rounds = Number(asked.rounds ?? (asked.quick ? 2 : 5));
const profiles = asked.profile ?? Object.keys(PROFILES);
const names = everyone.map(({ name }) => name);
const unknown = [...(asked.only ?? [])].find((name) => !names.includes(name)) ?? profiles.find((name) => !PROFILES[name]);
if (unknown || !(rounds > 0)) {
  console.error(`${unknown ?? "--rounds"} is unknown. --only takes ${names.join(", ")}; --profile takes ${Object.keys(PROFILES).join(", ")}.`);
  process.exit(2);
}
// The page without a manager is what scripts and heap are measured against.
const contenders = everyone.filter(({ name }) => !asked.only || name == "none" || asked.only.includes(name));

const TAGS = 8;
/** How many first visits a round. */
const FIRST_VISITS = 3;
/** How many tags, and how often a round: a frame more or less is much of a click with few. */
const MANY = [
  [8, 3],
  [1_000, 3],
  [10_000, 1],
];
const all = [...contenders, ...services.shops()];
const browser = await launch();
build(all, [[TAGS, "external"], [TAGS, "external", { isDecided: true }], ...MANY.map(([count]) => [count, "inline"])], await draw(browser));
const { origin, close } = await serve();

/** Samples by contender, then by group (a profile, "8 tags"), then by measure. */
const samples = {};
const failures = {};
const note = (name, group, found) => {
  const here = ((samples[name] ??= {})[group] ??= {});
  for (const [measure, value] of Object.entries(found)) if (value != null) (here[measure] ??= []).push(value);
};

/**
 * Does something in a fresh context: no cache, nothing stored. A contender that fails is told of, the bench goes on, and what
 * failed is not tried again.
 */
const fresh = async (contender, what, action) => {
  if (Object.keys(failures[contender.name] ?? {}).some((failure) => failure.startsWith(`${what}: `))) return;
  const context = await browser.createBrowserContext();
  try {
    await action(context);
  } catch (error) {
    (failures[contender.name] ??= {})[`${what}: ${error.message.split("\n")[0]}`] = true;
    console.log(`      ${contender.name}, ${what}: ${error.message.split("\n")[0]}`);
  } finally {
    await context.close();
  }
};

const prefixed = (prefix, found) => Object.fromEntries(Object.entries(found).map(([name, value]) => [`${prefix}.${name}`, value]));
const isHolding = (contender) => !failures[contender.name]?.["it does not hold tags back"];

/** A visit at rest, with what it cost noted. */
const visited = async (context, contender, profile, prefix, expected) => {
  const page = await open(context, profile);
  await visit(page, origin + address(contender, TAGS, "external", { isDecided: prefix != "first" }), contender);
  const { largest, ...found } = await cost(page, contender, expected);
  note(contender.name, profile, prefixed(prefix, found));
  return page;
};

/** A first visit and no more, of which every round has some, since none is like the next. */
const arrive = (contender, profile) =>
  fresh(contender, `${profile}, first visits`, (context) =>
    visited(context, contender, profile, "first", { isAsked: !!contender.button }),
  );

/** First visit, accept, and the visits after it. */
const stay = (contender, profile) =>
  fresh(contender, `${profile}, visits`, async (context) => {
    const isAsked = !!contender.button;
    const count = (isAsked && isHolding(contender)) || contender.name == "floor" ? TAGS : 0;
    const first = await visited(context, contender, profile, "first", { isAsked });
    if (isAsked) {
      note(contender.name, profile, prefixed("accept", await click(first, contender, "accept", count)));
      const { bytes, ...what } = await stored(first);
      note(contender.name, profile, { stored: bytes });
      contender.stored = what;
      if (profile == "desktop" && contender.allows && isHolding(contender)) {
        note(contender.name, profile, { allows: await allows(first, contender, purposes.map(({ id }) => id)) });
      }
    }
    await first.close();
    const warm = await visited(context, contender, profile, "warm", { count });
    await warm.cdp.send("Network.clearBrowserCache");
    await warm.close();
    await visited(context, contender, profile, "cold", { count });
  });

/** Visits with nothing in the page that measures: what scripts take, and what they keep in memory. */
const rest = (contender, profile) =>
  fresh(contender, `${profile}, quiet visits`, async (context) => {
    const to = origin + address(contender, TAGS, "external");
    const first = await open(context, profile);
    note(contender.name, profile, prefixed("first", await quietVisit(first, to)));
    note(contender.name, profile, { heap: await heap(first) });
    await first.close();
    if (contender.button) {
      // Decided in a page with the probe, whose scripts do not count; the code cache is then as after two visits.
      const deciding = await open(context, profile);
      await visit(deciding, to, contender);
      await within(deciding.evaluate(() => bench.banner), deciding);
      await deciding.evaluate(() => bench.settled());
      await click(deciding, contender, "accept", isHolding(contender) ? TAGS : 0);
      await deciding.close();
    }
    const warm = await open(context, profile);
    note(contender.name, profile, prefixed("warm", await quietVisit(warm, to)));
  });

/** Accepting the moment the banner shows. */
const hurry = (contender, profile) =>
  fresh(contender, `${profile}, accepting at once`, async (context) => {
    const page = await open(context, profile);
    await visit(page, origin + address(contender, TAGS, "external"), contender, TAGS);
    note(contender.name, profile, { hurried: await within(page.evaluate(() => bench.hurried), page) });
  });

/** Accepting with many tags. */
const many = (contender, count) =>
  fresh(contender, `${count} tags`, async (context) => {
    const page = await open(context, "desktop");
    await visit(page, origin + address(contender, count, "inline"), contender);
    const { banner, fcp, blocking } = await cost(page, contender, { isAsked: true });
    note(contender.name, `${count} tags`, { banner, fcp, blocking, ...(await click(page, contender, "accept", isHolding(contender) ? count : 0)) });
  });

/** No tag before the answer, none after a refusal, all after a grant. */
const verify = (contender) =>
  fresh(contender, "holding", async (context) => {
    const page = await open(context, "desktop");
    await visit(page, origin + address(contender, TAGS, "external"), contender);
    const { tagsRun } = await cost(page, contender, { isAsked: true });
    await click(page, contender, "reject", 0);
    await page.evaluate(() => bench.settled());
    const after = await page.evaluate(() => window.ran.length);
    if (tagsRun || after) (failures[contender.name] ??= {})["it does not hold tags back"] = true;
  });

const asking = contenders.filter(({ button }) => button);
const start = Date.now();
const minutes = () => `${((Date.now() - start) / 60_000).toFixed(1)} min`;
console.log("Verifying who holds tags back");
for (const contender of asking) await verify(contender);
for (let round = 1; round <= rounds; round++) {
  const inTurn = turned(contenders, round);
  for (const profile of profiles) {
    console.log(`Round ${round} of ${rounds}, ${profile} (${minutes()})`);
    for (const contender of inTurn) await stay(contender, profile);
    for (let time = 1; time < FIRST_VISITS; time++) for (const contender of inTurn) await arrive(contender, profile);
    for (const contender of inTurn) await rest(contender, profile);
    for (const contender of inTurn) if (contender.button && isHolding(contender)) await hurry(contender, profile);
  }
  if (profiles.includes("desktop")) {
    console.log(`Round ${round} of ${rounds}, many tags and services (${minutes()})`);
    for (const [count, times] of MANY) {
      for (let time = 0; time < times; time++) {
        for (const contender of inTurn) if (contender.button && isHolding(contender)) await many(contender, count);
      }
    }
    for (const shop of services.shops()) {
      if (contenders.some(({ name }) => name == "doui")) {
        await stay(shop, "desktop");
        await rest(shop, "desktop");
      }
    }
  }
}

const results = {
  measured: await measured(browser, rounds),
  versions: Object.fromEntries(contenders.filter((it) => it.package).map((it) => [it.name, versionOf(it.package)])),
  contenders: contenders.map(({ name, title, keeps }) => ({ name, title, keeps })),
  failures: Object.fromEntries(Object.entries(failures).map(([name, found]) => [name, Object.keys(found)])),
  stored: Object.fromEntries(contenders.map(({ name, stored }) => [name, stored])),
  samples,
};
await browser.close();
close();
const file = store("peers", results);
report(results, isWhole);
console.log(`\n${rounds} rounds in ${minutes()}. Every sample is in ${file}.`);
