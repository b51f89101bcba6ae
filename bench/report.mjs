// The samples as tables: in the terminal, and after a whole run in docs/performance.md.

import { existsSync, readFileSync } from "node:fs";
import { median, ms, table } from "./figures.mjs";
import { keep } from "./keep.mjs";
import { draw } from "./picture.mjs";
import { TARGETS } from "./targets.mjs";

const bytes = (value) => `${Math.round(value).toLocaleString("en")} B`;
const kilobytes = (value) => `${Math.round(value / 1000)} kB`;
const plain = (value) => String(Math.round(value));

const VISITS = (profile) => [
  ["time to banner", `${profile}/first.banner`, ms],
  ["… until it is legible", `${profile}/first.legible`, ms],
  ["… behind the page's first paint", `${profile}/first.behind`, ms],
  ["first contentful paint", `${profile}/first.fcp`, ms],
  ["largest contentful paint", `${profile}/first.lcp`, ms],
  ["layout shift", `${profile}/first.cls`, (value) => value.toFixed(3)],
  ["blocking time", `${profile}/first.blocking`, ms],
  ["script and compile time", `${profile}/first.script`, ms],
  ["accept at once: all tags have run", `${profile}/hurried`, ms],
  ["click to next painted frame", `${profile}/accept.next`, ms],
  ["click to banner gone", `${profile}/accept.gone`, ms],
  ["click to all tags run", `${profile}/accept.run`, ms],
  ["event duration of the click", `${profile}/accept.event`, ms],
  ["longest task after the click", `${profile}/accept.task`, (value) => (value ? ms(value) : "< 50 ms")],
  ["decided, warm cache: first contentful paint", `${profile}/warm.fcp`, ms],
  ["… all tags have run", `${profile}/warm.lastTag`, ms],
  ["… blocking time", `${profile}/warm.blocking`, ms],
  ["… script and compile time", `${profile}/warm.script`, ms],
  ["decided, cold cache: first contentful paint", `${profile}/cold.fcp`, ms],
  ["… all tags have run", `${profile}/cold.lastTag`, ms],
  ["… blocking time", `${profile}/cold.blocking`, ms],
];

const MANY = (count) => [
  [`${count} tags: time to banner`, `${count} tags/banner`, ms],
  ["… click to next painted frame", `${count} tags/next`, ms],
  ["… click to banner gone", `${count} tags/gone`, ms],
  ["… click to all tags run", `${count} tags/run`, ms],
  ["… event duration of the click", `${count} tags/event`, ms],
  ["… longest task after the click", `${count} tags/task`, (value) => (value ? ms(value) : "< 50 ms")],
];

const TABLES = [
  [
    "What is sent and kept",
    [
      ["bytes before the banner shows", "desktop/first.bytesBefore", bytes],
      ["requests before the banner shows", "desktop/first.requestsBefore", plain],
      ["bytes in all, first visit", "desktop/first.bytes", bytes],
      ["requests in all, first visit", "desktop/first.requests", plain],
      ["bytes, decided, warm cache", "desktop/warm.bytes", bytes],
      ["requests, decided, warm cache", "desktop/warm.requests", plain],
      ["bytes, decided, cold cache", "desktop/cold.bytes", bytes],
      ["requests, decided, cold cache", "desktop/cold.requests", plain],
      ["bytes stored after accepting", "desktop/stored", bytes],
      ["heap", "desktop/heap", kilobytes],
      ["whether a purpose is allowed, per call", "desktop/allows", (value) => `${value.toFixed(1)} ns`],
    ],
  ],
  ["On the desktop", VISITS("desktop")],
  ["On the phone", VISITS("phone")],
  ["With many tags, on the desktop", [8, 1_000, 10_000].flatMap(MANY)],
];

const SERVICES = [
  ["bytes of doui.js", "desktop/first.bytes", bytes],
  ["time to banner", "desktop/first.banner", ms],
  ["script and compile time", "desktop/first.script", ms],
  ["heap", "desktop/heap", kilobytes],
  ["click to banner gone", "desktop/accept.gone", ms],
];

/** What the page alone takes, and is taken off. */
const ABOVE_THE_PAGE = /\/(heap|(first|warm)\.script|(first|warm|cold)\.blocking)$/;

/** A contender's median of a measure, such as "phone/first.banner"; undefined where there is no sample. */
const reader = ({ samples }) => {
  const raw = (name, path) => {
    const [group, measure] = path.split("/");
    const values = samples[name]?.[group]?.[measure];
    return values && median(values);
  };
  return (name, path) => {
    const value = raw(name, path);
    if (value === undefined || name == "none" || !ABOVE_THE_PAGE.test(path)) return value;
    return Math.max(0, value - (raw("none", path) ?? 0));
  };
};

const tables = (results, read) =>
  TABLES.flatMap(([title, measures]) => {
    const rows = measures
      .map(([name, path, show]) => [name, ...results.contenders.map((it) => read(it.name, path)), show])
      .filter((row) => row.slice(1, -1).some((value) => value !== undefined))
      .map(([name, ...values]) => {
        const show = values.pop();
        return [name, ...values.map((value) => (value === undefined ? "–" : show(value)))];
      });
    return rows.length ? [`### ${title}`, table(["", ...results.contenders.map(heading(results))], rows)] : [];
  });

/** A contender with its version, marked where it does not hold tags back. */
const heading = (results) => ({ name, title }) => {
  const isLoose = results.failures[name]?.includes(LOOSE);
  return [title, results.versions[name], isLoose && "†"].filter(Boolean).join(" ");
};

const LOOSE = "it does not hold tags back";

const services = (results, read) => {
  const shops = Object.keys(results.samples).filter((name) => name.startsWith("services-"));
  if (!shops.length) return [];
  return [
    "### Doui with many services",
    table(
      ["", ...shops.map((name) => `${name.split("-")[1]} services`)],
      SERVICES.map(([name, path, show]) => [name, ...shops.map((shop) => (read(shop, path) === undefined ? "–" : show(read(shop, path))))]),
    ),
  ];
};

/** Each target against the best of the peers that hold tags back. */
const targets = (results, read) => {
  const peers = results.contenders.filter(({ name }) => !["none", "floor", "doui"].includes(name) && !results.failures[name]?.includes(LOOSE));
  const rows = TARGETS.flatMap((target) => {
    const doui = read("doui", target.path);
    const isFair = target.among ?? (() => true);
    const rivals = peers.filter(isFair).map((it) => [it.title, read(it.name, target.path)]);
    const [best, value] = rivals.filter(([, value]) => value !== undefined).sort((a, b) => a[1] - b[1])[0] ?? [];
    if (doui === undefined || (!target.most && value === undefined)) return [];
    const { figure, isMet } = target.judge(doui, value);
    const show = target.path.match(/bytes|stored|heap/) ? bytes : target.path.match(/allows/) ? (value) => `${value.toFixed(1)} ns` : ms;
    return [[target.name, target.aim, show(doui), target.most ? "–" : `${show(value)} (${best})`, figure, isMet ? "met" : "**not met**"]];
  });
  return rows.length ? ["### Targets", table(["target", "aim", "Doui", "best peer", "measured", ""], rows)] : [];
};

const realShop = () => {
  const file = new URL("../dist/manifest.json", import.meta.url);
  if (!existsSync(file)) return [];
  const { files } = JSON.parse(readFileSync(file, "utf8"));
  return [
    `The \`doui.js\` of the shop in \`shop.json\`, with its services, signals and further languages, has ${bytes(files["doui.js"].brotli)} as brotli sends it.`,
  ];
};

/** Prints the tables; after a whole run they are written into the page too. */
export const report = (results, isWhole) => {
  const read = reader(results);
  const failed = Object.entries(results.failures).flatMap(([name, found]) => {
    const { title } = results.contenders.find((it) => it.name == name) ?? { title: name };
    return found.filter((it) => it != LOOSE).map((what) => `- ${title}: ${what}`);
  });
  const loose = results.contenders.some(({ name }) => results.failures[name]?.includes(LOOSE));
  const text = [
    results.measured,
    ...targets(results, read),
    ...tables(results, read),
    ...(loose ? ["† It does not hold tags back: they ran before the answer or after a refusal."] : []),
    ...services(results, read),
    ...realShop(),
    ...(failed.length ? ["### What failed", [...new Set(failed)].join("\n")] : []),
  ].join("\n\n");
  console.log(`\n${text}`);
  if (!isWhole) return;
  keep("peers", text);
  for (const profile of ["desktop", "phone"]) draw(results, profile);
};
