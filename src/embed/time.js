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

/** How long, in milliseconds, a page that can be seen has for its first frame: a style sheet may never come. */
const FRAME = 3000;

/**
 * Calls back once, right after the page's first frame. A page that is out of sight is not painted.
 * @param {() => void} action
 */
export const whenPainted = (action) => {
  const run = () => {
    clearTimeout(timer);
    const then = action;
    action = () => {};
    then();
  };
  const timer = setTimeout(run, doc.hidden ? 0 : FRAME);
  // Firefox has frames before there is anything of the page.
  const wait = () => {
    if (doc.body) setTimeout(run);
    else requestAnimationFrame(wait);
  };
  requestAnimationFrame(wait);
};

/** How long, in milliseconds, the page's load is waited for: a picture may never come. */
const LOAD = 5000;

/** How long, in milliseconds, frameworks have for their turn once the page has loaded: some begin in a task after that. */
const TURN = 300;

/** Who waits for the page's load. @type {(() => void)[]} */
let waiting = [];
/** @type {number | undefined} */
let patience;

const idle = (/** @type {() => void} */ action) =>
  "requestIdleCallback" in window ? requestIdleCallback(action, { timeout: 500 }) : setTimeout(action, 100);

const endWait = () => {
  clearTimeout(patience);
  waiting.forEach(idle);
  waiting = [];
};

/**
 * Calls back when the page has loaded and idles: by then frameworks have compared the page with what they rendered on the
 * server.
 * @param {() => void} action
 */
export const whenIdle = (action) => {
  if (doc.readyState == "complete") return idle(action);
  if (!waiting[0]) {
    patience = setTimeout(endWait, LOAD);
    addEventListener("load", () => setTimeout(endWait, TURN), { once: true });
  }
  waiting.push(action);
};
