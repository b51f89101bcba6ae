// Runs in the page before anything of the page does, and notes what happens when.
//
// One rule for all says whether a banner is shown: its accept button has a box in the window, is not hidden, is what a click
// at its middle would meet, and it and everything around it together are not transparent (an opacity over 0.1, the most
// lenient reading of a banner that fades in). It is asked at the start of each frame, so what it finds is what that frame
// paints. "Legible" is the same with an opacity of 0.9.
//
// When a frame reached the screen, the browser tells of text in it alone (element timing), and not of text in a shadow tree.
// So a mark, a dot of text, is put into the frame in question, and the browser's word on the mark is the frame's time.

/**
 * `button` is the contender's own way to a button of its banner. `hurry` is the number of tags to wait for after accepting
 * the moment the banner shows, or 0. It is sent to the page as text, so it can use nothing from outside.
 */
export const probe = (button, hurry) => {
  const bench = (window.bench = { lcp: 0, cls: 0, tasks: [], event: 0 });
  window.ran = [];

  const observe = (type, note, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  bench.fcp = new Promise((resolve) =>
    observe("paint", ({ name, startTime }) => name == "first-contentful-paint" && resolve(startTime)),
  );
  observe("largest-contentful-paint", ({ startTime, element, size }) => {
    if (element?.matches("bench-mark")) return;
    bench.lcp = startTime;
    // Nothing is told of an element in a shadow tree.
    bench.largest = `${element?.localName ?? "in a shadow tree"}, ${size.toLocaleString("en")} px²`;
  });
  observe("layout-shift", ({ value, hadRecentInput }) => (bench.cls += hadRecentInput ? 0 : value));
  observe("longtask", ({ startTime, duration }) => bench.tasks.push([startTime, duration]));
  observe("event", ({ name, duration }) => name == "click" && (bench.event = Math.max(bench.event, duration)), {
    durationThreshold: 16,
  });

  const marks = new Map();
  observe("element", ({ identifier, renderTime }) => marks.get(identifier)?.(renderTime));
  let count = 0;
  /** Resolves with the time at which the next frame reached the screen; called at a frame's start, that very frame. */
  const presented = () =>
    new Promise((resolve) => {
      const mark = document.createElement("bench-mark");
      const name = `mark-${count++}`;
      mark.setAttribute("elementtiming", name);
      mark.style.cssText = "position:fixed;top:0;left:0;z-index:2147483647;font:4px monospace;pointer-events:none";
      mark.textContent = ".";
      marks.set(name, (time) => {
        mark.remove();
        resolve(time);
      });
      document.body.append(mark);
    });

  const opacity = (node) => {
    let product = 1;
    for (let at = node; at; at = at.parentNode ?? at.host) if (at instanceof Element) product *= getComputedStyle(at).opacity;
    return product;
  };
  const meets = (x, y) => {
    let met = document.elementFromPoint(x, y);
    while (met?.shadowRoot) {
      const inner = met.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner == met) break;
      met = inner;
    }
    return met;
  };
  /** How opaque the banner is; 0 where it is not shown. */
  const shown = () => {
    const node = button?.("accept");
    if (!node?.checkVisibility({ visibilityProperty: true })) return 0;
    const { x, y, width, height } = node.getBoundingClientRect();
    return width && height && node.contains(meets(x + width / 2, y + height / 2)) ? opacity(node) : 0;
  };

  /** Resolves at the start of the first frame in which it is so. */
  const watch = (is) =>
    new Promise((resolve) => {
      const look = () => (is() ? resolve() : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  // The browser takes a task for long only if a script ran in it: with this it counts every frame, with a manager or without.
  let isCounting = true;
  watch(() => !isCounting);
  bench.count = () => {
    isCounting = false;
    return bench.tasks.reduce((all, [, duration]) => all + Math.max(0, duration - 50), 0);
  };

  const loaded = new Promise((resolve) => addEventListener("load", resolve));
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
  /** Two frames on, when the browser has told of what came before them, and there is nothing left to do at once. */
  const settled = async () => {
    await presented();
    await presented();
    await idle();
  };
  bench.settled = () => loaded.then(idle).then(settled);

  if (button) {
    bench.banner = watch(() => shown() > 0.1).then(presented);
    bench.legible = watch(() => shown() >= 0.9).then(presented);
  }

  /** Resolves once so many tags have run, with when the last of them did. */
  const run = (bench.run = async (count) => {
    await watch(() => window.ran.length >= count);
    return window.ran.reduce((last, at) => Math.max(last, at));
  });

  if (hurry) {
    // Right after the frame that shows it, and again each frame where a banner shows before it takes clicks.
    const press = () => {
      if (!shown()) return;
      setTimeout(() => button("accept")?.click());
      requestAnimationFrame(press);
    };
    watch(() => shown() > 0.1).then(press);
    bench.hurried = run(hurry);
  }

  /** The middle of a button. */
  bench.middle = (act) => {
    const { x, y, width, height } = button(act).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };

  /** From the click on: when the next frame was on the screen, when the banner was gone from it, when the tags had run. */
  bench.expect = (count, isLast) => {
    bench.click = new Promise((resolve) => {
      addEventListener(
        "click",
        async ({ timeStamp }) => {
          const [next, gone, last] = await Promise.all([
            presented(),
            isLast && watch(() => !shown()).then(presented),
            count ? run(count) : null,
          ]);
          await settled();
          const tasks = bench.tasks.filter(([start, duration]) => start + duration > timeStamp);
          resolve({
            next: next - timeStamp,
            gone: gone - timeStamp,
            run: last && last - timeStamp,
            // The browser tells of none that is shorter than 50 ms, nor of an event shorter than 16.
            task: Math.max(0, ...tasks.map(([, duration]) => duration)),
            event: bench.event,
          });
        },
        { capture: true, once: true },
      );
    });
  };
};
