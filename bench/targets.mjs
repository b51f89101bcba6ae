// What Doui aims at, each against the best peer of the same run.

/** At most so many times what the best peer takes. */
const ratio = (name, path, most, more) => ({
  name,
  path,
  aim: `≤ ${most}×`,
  judge: (doui, best) => {
    // Where the best peer takes nothing, there is nothing to divide by.
    const times = doui == best ? 1 : doui / best;
    return { figure: `${times.toFixed(2)}×`, isMet: times <= most };
  },
  ...more,
});

/** At most so many milliseconds after the best peer. */
const behind = (name, path, most) => ({
  name,
  path,
  aim: `≤ ${most} ms behind`,
  judge: (doui, best) => ({ figure: `${Math.round(doui - best)} ms`, isMet: doui - best <= most }),
});

/** At most so many milliseconds, whatever the peers take. */
const atMost = (name, path, most, aim = `≤ ${most} ms`) => ({
  name,
  path,
  aim,
  most: true,
  judge: (doui) => ({ figure: `${Math.round(doui)} ms`, isMet: doui <= most }),
});

/** At most so many milliseconds later than the quickest peer. */
const FRAME = 17;
/** Two frames of a screen that has sixty a second, rounded up. */
const TWO_FRAMES = 34;

/** Those of paints and of script time are in the table against the floor (floor.mjs). */
export const TARGETS = [
  ratio("bytes before the banner", "desktop/first.bytesBefore", 0.6),
  behind("time to banner, desktop", "desktop/first.banner", FRAME),
  behind("time to banner, phone", "phone/first.banner", FRAME),
  atMost("banner after the page's first paint, desktop", "desktop/first.behind", TWO_FRAMES, "≤ 2 frames"),
  atMost("banner after the page's first paint, phone", "phone/first.behind", 250),
  behind("decided: all tags have run, desktop", "desktop/warm.lastTag", 0),
  behind("decided: all tags have run, phone", "phone/warm.lastTag", 0),
  ratio("script and compile, first visit, desktop", "desktop/first.script", 1),
  ratio("script and compile, first visit, phone", "phone/first.script", 1),
  atMost("blocking time above the page's, desktop", "desktop/first.blocking", 0, "0 ms"),
  atMost("blocking time above the page's, phone", "phone/first.blocking", 0, "0 ms"),
  ratio("click to next painted frame, 8 tags", "8 tags/next", 0.8),
  ratio("click to next painted frame, 1,000 tags", "1000 tags/next", 1),
  ratio("click to next painted frame, 10,000 tags", "10000 tags/next", 1),
  behind("click to all tags run, 8 tags", "8 tags/run", 16),
  behind("click to all tags run, 1,000 tags", "1000 tags/run", 16),
  atMost("longest task after the click, 1,000 tags", "1000 tags/task", 50),
  atMost("longest task after the click, 10,000 tags", "10000 tags/task", 50),
  ratio("`allows()` per call", "desktop/allows", 1),
  ratio("bytes stored, of those that keep time and revision", "desktop/stored", 1, {
    among: ({ keeps }) => keeps?.time && keeps.revision,
  }),
];
