// Clocks, and when things are done.

import { doc } from "./document.js";

/** In seconds. */
export const DAY = 86400;

/** The browser's clock, read when the script begins: the page may replace it later. @type {() => number} */
let clock;

/** Unix seconds. */
export const now = () => {
  clock = clock || Date.now;
  return Math.floor(clock() / 1000);
};

/**
 * Calls back once the frame in question is painted, and once more soon: a tab out of sight, or one that is hidden meanwhile,
 * is not painted.
 * @param {() => void} action
 */
export const afterPaint = (action) => {
  requestAnimationFrame(() => setTimeout(action));
  setTimeout(action, 100);
};

/** How long, in milliseconds, the page's load is waited for: a picture may never come. */
const LOAD = 5000;

/** How long, in milliseconds, frameworks have for their turn once the page has loaded: some begin in a task after that. */
const TURN = 300;

/**
 * Calls back, once or twice, when the page has loaded and idles: by then frameworks have compared the page with what they
 * rendered on the server.
 * @param {() => void} action
 */
export const whenIdle = (action) => {
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(action, { timeout: 500 }) : setTimeout(action, 100));
  if (doc.readyState == "complete") {
    idle();
  } else {
    addEventListener("load", () => setTimeout(idle, TURN), { once: true });
    setTimeout(idle, LOAD);
  }
};
