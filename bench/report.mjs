// From samples to tables and targets, printed and put into docs/performance.md.

import { median, table } from "./figures.mjs";
import { keep } from "./keep.mjs";

/** What is told of a visit on each profile: the measure, how it is called, and how many decimals it has. */
const VISITS = [
  ["first.bytesBefore", "bytes before the banner"],
  ["first.requestsBefore", "requests before the banner"],
  ["first.bytes", "bytes in all, first visit"],
  ["warm.bytes", "bytes in all, repeat visit, warm cache"],
  ["cold.bytes", "bytes in all, repeat visit, cold cache"],
  ["first.banner", "time to banner, ms"],
  ["first.behind", "banner behind the first paint, ms"],
  ["first.fcp", "first contentful paint, ms"],
  ["first.lcp", "largest contentful paint, ms"],
  ["first.cls", "layout shift", 3],
  ["first.blocking", "blocking time, page's own included, ms"],
  ["first.script", "script and compile time, first visit, ms", 1],
  ["warm.script", "script and compile time, repeat visit, ms", 1],
  ["accept.next", "accept: next frame painted, ms"],
  ["accept.gone", "accept: banner gone, ms"],
  ["accept.run", "accept: all tags run, ms"],
  ["accept.event", "accept: event duration, ms"],
  ["hurried", "accept as the banner shows: all tags run, ms"],
  ["heap", "heap over the page's own, kB"],
  ["stored", "bytes stored"],
  ["allows", "`allows()`, ns a call"],
];

const MANY = [
  ["banner", "time to banner, ms"],
  ["next", "accept: next frame painted, ms"],
  ["run", "accept: all tags run, ms"],
  ["task", "accept: longest task, ms (0: none over 50)"],
];

/** Who is compared, in the order of the columns. */
const FLOOR = "none";

export const report = (results, isWhole) => {
  const { samples, failures, contenders } = results;
  const heapOfPage = (group) => median(samples[FLOOR]?.[group]?.heap ?? [0]);
  /** A contender's median, or undefined where it did not get so far. */
  const of = (name, group, measure) => {
    const found = samples[name]?.[group]?.[measure];
    if (!found) return undefined;
    return measure == "heap" ? (median(found) - heapOfPage(group)) / 1024 : median(found);
  };
  const shown = (value, decimals = 0) => (value === undefined ? "–" : value.toFixed(decimals));
  const holds = (name) => !failures[name]?.includes("it does not hold tags back");
  const present = contenders.filter(({ name }) => samples[name] && name != FLOOR);
  const columns = (group, measures) =>
    table(
      [group, ...present.map(({ name, title }) => title + (holds(name) ? "" : " (does not hold tags)"))],
      measures
        .filter(([measure]) => present.some(({ name }) => of(name, group, measure) !== undefined))
        .map(([measure, title, decimals]) => [title, ...present.map(({ name }) => shown(of(name, group, measure), decimals))]),
    );

  /** Doui to the best of the peers that hold tags by purpose. */
  const best = (group, measure, among = () => true) => {
    const peers = present.filter((peer) => peer.name != "doui" && holds(peer.name) && among(peer));
    const values = peers.map(({ name }) => of(name, group, measure)).filter((value) => value !== undefined);
    return values.length ? Math.min(...values) : undefined;
  };
  const targets = [];
  const judge = (what, value, most, unit = "") =>
    targets.push([what, shown(most, unit ? 0 : 1) + unit, value === undefined || !Number.isFinite(value) ? "–" : shown(value, unit ? 0 : 2) + unit, value <= most ? "met" : "**not met**"]);
  const ratio = (what, group, measure, most, among) => judge(what, of("doui", group, measure) / best(group, measure, among), most);
  const behind = (what, group, measure, most) => judge(what, of("doui", group, measure) - best(group, measure), most, " ms");
  ratio("bytes before the banner", "desktop", "first.bytesBefore", 0.6);
  ratio("time to banner, phone", "phone", "first.banner", 0.6);
  ratio("time to banner, desktop", "desktop", "first.banner", 0.7);
  for (const profile of ["phone", "desktop"]) judge(`banner behind the first paint, ${profile}`, of("doui", profile, "first.behind"), 34, " ms");
  ratio("accept as the banner shows until all tags run, phone", "phone", "hurried", 0.6);
  ratio("accept as the banner shows until all tags run, desktop", "desktop", "hurried", 0.7);
  for (const profile of ["phone", "desktop"]) {
    ratio(`script and compile time, first visit, ${profile}`, profile, "first.script", 0.4);
    ratio(`script and compile time, repeat visit, ${profile}`, profile, "warm.script", 0.7);
  }
  judge("blocking time beyond the page's own, desktop", of("doui", "desktop", "first.blocking") - of(FLOOR, "desktop", "first.blocking"), 0, " ms");
  ratio("heap", "desktop", "heap", 0.6);
  ratio("click to next frame, 8 tags", "8 tags", "next", 0.8);
  ratio("click to next frame, 1000 tags", "1000 tags", "next", 0.3);
  ratio("click to next frame, 10000 tags", "10000 tags", "next", 1);
  behind("click to all tags run, behind the best, 8 tags", "8 tags", "run", 16);
  behind("click to all tags run, behind the best, 1000 tags", "1000 tags", "run", 16);
  ratio("click to all tags run, 10000 tags", "10000 tags", "run", 1.3);
  judge("longest task after the click, 10000 tags", of("doui", "10000 tags", "task"), 50, " ms");
  ratio("`allows()`", "desktop", "allows", 1);
  ratio("bytes stored, among those that record time and revision", "desktop", "stored", 1, ({ keeps }) => keeps?.time && keeps?.revision);

  const services = Object.keys(samples).filter((name) => name.startsWith("services-"));
  const growth = table(
    ["services", "bytes", "script and compile time, ms", "heap over the page's own, kB", "time to banner, ms"],
    services.map((name) => [
      name.slice("services-".length),
      ...["first.bytes", "first.script", "heap", "first.banner"].map((measure) => shown(of(name, "desktop", measure), measure == "first.script" ? 1 : 0)),
    ]),
  );
  const versions = contenders.filter(({ name }) => results.versions[name]).map(({ name, title }) => `${title} ${results.versions[name]}`);
  const failed = Object.entries(failures).map(([name, found]) => `- ${name}: ${[...new Set(found.map((it) => it.slice(0, 90)))].join("; ")}`);
  const text = [
    `${results.date}, ${results.browser}, ${results.cores} cores (${results.processor}), ${results.rounds} rounds, medians. ${versions.join(", ")}.`,
    table(["target, Doui to the best peer that holds tags", "at most", "is", ""], targets),
    columns("desktop", VISITS),
    columns("phone", VISITS),
    ...["8 tags", "1000 tags", "10000 tags"].map((group) => columns(group, MANY)),
    services.length ? `Doui, for shops with more and more services that can be refused alone:\n\n${growth}` : "",
    failed.length ? `What went wrong:\n\n${failed.join("\n")}` : "",
  ]
    .filter(Boolean)
    .join("\n\n");
  console.log(text);
  // Part of the bench is no bench.
  if (isWhole) keep("peers", text);
};
