// One visit of one page, and what can be read from it.

import { probe } from "./probe.mjs";

/** How long any one thing may take before the contender counts as failed. */
const PATIENCE = 15_000;

export const PROFILES = {
  desktop: { viewport: { width: 1366, height: 768 } },
  phone: {
    viewport: { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    cpu: 4,
    network: { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
  },
};

/** Opens an empty tab of a context in a profile. */
export const open = async (context, profile) => {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(error.message));
  const { viewport, cpu, network } = PROFILES[profile];
  await page.setViewport(viewport);
  page.cdp = await page.createCDPSession();
  if (cpu) await page.cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  if (network) {
    await page.cdp.send("Network.enable");
    await page.cdp.send("Network.emulateNetworkConditions", network);
  }
  return page;
};

/** Loads the address with the probe in it. `hurry`: the number of tags to wait for after accepting at once. */
export const visit = async (page, address, contender, hurry = 0) => {
  await page.evaluateOnNewDocument(`(${probe})(${contender.button ?? null}, ${hurry})`);
  await page.goto(address, { waitUntil: "load" });
};

/** Loads the address with nothing in it, and tells what its scripts took of the processor, whatever else kept that busy. */
export const quietVisit = async (page, address) => {
  await page.cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(address, { waitUntil: "networkidle0" });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const metrics = await measured(page);
  return { script: (metrics.ScriptDuration + (metrics.V8CompileDuration ?? 0)) * 1000 };
};

/** The heap after the garbage is gone. */
export const heap = async (page) => {
  await page.cdp.send("HeapProfiler.enable");
  await page.cdp.send("HeapProfiler.collectGarbage");
  return (await measured(page)).JSHeapUsedSize;
};

const measured = async (page) => {
  const { metrics } = await page.cdp.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};

/**
 * What a visit cost, once it has come to rest: bytes and requests of the contender's own files, paints, shifts, blocking.
 * `isAsked`: a banner is to come. `count`: so many tags are to run.
 */
export const cost = (page, contender, { isAsked = false, count = 0 }) =>
  within(
    page.evaluate(
      async (folder, isAsked, count) => {
        const [banner, legible] = isAsked ? await Promise.all([bench.banner, bench.legible]) : [];
        const fcp = await bench.fcp;
        const lastTag = count ? await bench.run(count) : null;
        await bench.settled();
        const own = performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.startsWith(folder));
        const sent = own.filter(({ transferSize }) => transferSize > 0);
        const sum = (entries) => entries.reduce((all, { encodedBodySize }) => all + encodedBodySize, 0);
        const early = sent.filter(({ startTime }) => startTime < banner);
        return {
          ...(isAsked ? { banner, legible, behind: banner - fcp, bytesBefore: sum(early), requestsBefore: early.length } : null),
          bytes: sum(sent),
          requests: sent.length,
          fcp,
          lcp: bench.lcp,
          largest: bench.largest,
          cls: bench.cls,
          blocking: bench.count(),
          tagsRun: window.ran.length,
          lastTag,
        };
      },
      `/${contender.folder ?? contender.name}/`,
      isAsked,
      count,
    ),
    page,
  );

/**
 * A person's click on one of the banner's buttons, and what came of it. The pointer rests on the button before it is pressed,
 * pressing takes a while, and the click comes at any moment between two frames. `isLast`: the banner goes.
 */
export const click = async (page, contender, act, count, isLast = true) => {
  await page.evaluate((count, isLast) => bench.expect(count, isLast), count, isLast);
  if (contender.ready) await page.evaluate(contender.ready);
  const { x, y } = await page.evaluate((act) => bench.middle(act), act);
  const settled = () => page.evaluate(() => bench.settled());
  await page.mouse.move(x, y);
  await settled();
  await page.mouse.down();
  await settled();
  await new Promise((resolve) => setTimeout(resolve, (Math.random() * 1000) / 60));
  await page.mouse.up();
  return within(
    page.evaluate(() => bench.click),
    page,
  );
};

export const within = async (promise, page) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error([`nothing after ${PATIENCE / 1000} s`, ...new Set(page.errors)].join("; "))), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** What the contender has stored, by name. */
export const stored = (page) =>
  page.evaluate(() => {
    const cookies = document.cookie.split("; ").filter(Boolean);
    const entries = Object.entries(localStorage).map(([name, value]) => name + value);
    return { bytes: new TextEncoder().encode(cookies.concat(entries).join("")).length, cookies, entries };
  });

/** Nanoseconds per question whether a purpose is allowed: the median of several stretches. */
export const allows = (page, contender, ids) =>
  page.evaluate(
    (source, ids) => {
      const allows = new Function(`return (${source})()`)();
      const CALLS = 400_000;
      const stretch = () => {
        const start = performance.now();
        let yes = 0;
        for (let at = 0; at < CALLS; at++) if (allows(ids[at & 3])) yes++;
        if (yes != CALLS) throw new Error("it does not say that all is allowed");
        return ((performance.now() - start) * 1e6) / CALLS;
      };
      const times = Array.from({ length: 9 }, stretch).sort((a, b) => a - b);
      return times[4];
    },
    String(contender.allows),
    ids,
  );
