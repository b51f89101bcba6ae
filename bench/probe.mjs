// Runs in the page before anything of the page does, and notes what happens when.
//
// One rule for all says whether a banner is shown: its accept button has a box in the window, is not hidden, is what a click
// at its middle would meet, and it and everything around it together are not transparent (an opacity over 0.1, the most
// lenient reading of a banner that fades in). It is asked at the start of each frame, so what it finds is what that frame
// paints. "Legible" is the same with an opacity of 0.9.

/**
 * `button` is the contender's own way to a button of its banner. `hurry` is the number of tags to wait for after accepting
 * the moment the banner shows, or 0. It is sent to the page as text, so it can use nothing from outside.
 */
export const probe = (button, hurry) => {
  const bench = (window.bench = { paints: {}, lcp: 0, cls: 0, tasks: [], events: [] });
  window.ran = [];

  const observe = (type, note, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  observe("paint", ({ name, startTime }) => (bench.paints[name] = startTime));
  observe("largest-contentful-paint", ({ startTime }) => (bench.lcp = startTime));
  observe("layout-shift", ({ value, hadRecentInput }) => (bench.cls += hadRecentInput ? 0 : value));
  observe("longtask", ({ startTime, duration }) => bench.tasks.push([startTime, duration]));
  observe("event", ({ name, duration }) => name == "click" && bench.events.push(duration), { durationThreshold: 16 });

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

  const watch = (is) =>
    new Promise((resolve) => {
      const look = (time) => (is() ? resolve(time) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  const frame = () => new Promise(requestAnimationFrame);
  /** After the next frame is painted. */
  const painted = async () => {
    await frame();
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise((resolve) => (port2.onmessage = () => resolve(performance.now())));
    port1.postMessage(0);
    return arrived;
  };
  const loaded = new Promise((resolve) => addEventListener("load", resolve));
  /** Once nothing is left to do at once. */
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));

  bench.middle = (act) => {
    const { x, y, width, height } = button(act).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
  if (button) {
    bench.banner = watch(() => shown() > 0.1);
    bench.legible = watch(() => shown() >= 0.9);
  }
  /** Resolves once so many tags have run, with when the last of them did. */
  bench.run = async (count) => {
    await watch(() => window.ran.length >= count);
    return Math.max(...window.ran);
  };
  bench.settled = async () => {
    await loaded;
    await idle();
    await frame();
    await idle();
  };

  if (hurry) {
    bench.hurried = bench.banner.then(() => {
      button("accept").click();
      return bench.run(hurry);
    });
  }

  /** From the click on: when it was, when the next frame was painted, when the banner was gone, and when the tags had run. */
  bench.expect = (count) => {
    bench.click = new Promise((resolve) => {
      addEventListener(
        "click",
        async ({ timeStamp }) => {
          const [next, gone, run] = await Promise.all([painted(), watch(() => !shown()), count ? bench.run(count) : 0]);
          await idle();
          await frame();
          await idle();
          // No more than two frames: the browser tells of events and of long tasks a little later.
          await painted();
          const tasks = bench.tasks.filter(([start, duration]) => start + duration > timeStamp);
          resolve({
            next: next - timeStamp,
            gone: Math.max(gone - timeStamp, 0),
            run: count ? run - timeStamp : null,
            task: Math.max(0, ...tasks.map(([, duration]) => duration)),
            event: Math.max(0, ...bench.events),
          });
        },
        { capture: true, once: true },
      );
    });
  };
};
