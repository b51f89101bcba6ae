// What stands where a frame is held.

import { partsOf } from "./condition.js";
import { attach, build, forms, hasKit, labelOf, parts } from "./kit.js";
import { readyNews } from "./news.js";
import { mayRight } from "./own.js";
import { attempt } from "./safely.js";
import { tellPage } from "./sheets.js";
import { opens } from "./state.js";
import { whenIdle } from "./time.js";

/** The properties of a frame that its placeholder takes over, as computed. */
const FITTED = "align-self,display,float,grid-area,height,inset,margin,position,vertical-align,width".split(",");

/** @typedef {HTMLElement & { _frame: HTMLElement }} Box A placeholder, and its frame. */

/** The placeholder of each frame in the page that has one. @type {Map<Node, Box>} */
const boxes = new Map();

/**
 * Gives placeholders the size and place that their frames have while these are not hidden (sheets.js). All is read, then all
 * is written, so that the page is laid out once.
 * @param {Iterable<Box>} some
 */
const refit = (some) => {
  const own = [...some];
  for (const box of own) box.hidden = true;
  /** @type {Record<string, any>[]} */
  const looks = own.map((box) => getComputedStyle(box._frame));
  // What is a line of text has no size of its own.
  const inLine = own.filter((_, at) => looks[at].display == "inline");
  for (const box of inLine) box.setAttribute("hidden", "line");
  const sheets = own.map((box, at) => {
    /** @type {Record<string, any>} height and width are numbers there */
    const size = box._frame.getBoundingClientRect();
    return FITTED.map((name) => `${name}:${size[name] ? size[name] + "px" : looks[at][name]}!important`).join(";");
  });
  own.forEach((box, at) => {
    box.style.cssText = sheets[at];
    box.hidden = false;
  });
};

/** The window has another size. */
export const refitAll = () => refit(boxes.values());

/** Has a placeholder stand right before its frame. @param {Box} box */
const place = (box) => {
  box._frame.before(box);
  refit([box]);
};

/** @param {HTMLElement} frame */
const cover = (frame) => {
  const need = frame.dataset.doui;
  if (!frame.isConnected || !need || opens(need) || boxes.has(frame) || frame.dataset.placeholder == "off") return;
  if (!hasKit(() => cover(frame))) return;
  const labels = partsOf(need).map(labelOf);
  // What waits for a refusal, or for a purpose that the shop does not have, can't be allowed here.
  if (!labels.every(Boolean)) return;
  if (!tellPage(frame.getRootNode())) return;
  // The model is written on, then copied.
  build("placeholder");
  parts.frame.textContent =
    frame.title ||
    attempt(() => forms.frame.replace("{host}", new URL(frame.dataset.douiSrc || frame.dataset.src || "", location.href).host));
  parts.purposes.textContent = labels.join(forms.purposes);
  readyNews();
  const box = /** @type {Box} */ (attach("doui-placeholder", parts.placeholder.cloneNode(true)));
  box._frame = frame;
  boxes.set(frame, box);
  sight.unobserve(frame);
  place(box);
};

/** Takes a frame's placeholder away, if it has one. @param {Node} frame @returns whether the placeholder had the focus */
export const uncover = (frame) => {
  const box = boxes.get(frame);
  if (!box) return false;
  const hadFocus = !!box.shadowRoot?.activeElement;
  boxes.delete(frame);
  box.remove();
  return hadFocus;
};

/** Has placeholders go and stay with their frames, whatever the page did to either. */
export const keepPlaceholders = () => {
  for (const [frame, box] of boxes) {
    if (!frame.isConnected) uncover(frame);
    else if (box.nextElementSibling != frame && mayRight(box)) place(box);
  }
};

/** Builds all of them in the page's new language. */
export const speakPlaceholders = () => {
  for (const frame of [...boxes.keys()]) {
    uncover(frame);
    cover(/** @type {HTMLElement} */ (frame));
  }
};

/** @type {IntersectionObserver} */
let sight;

/** Frames get theirs as they come near, at the size they have then. One too small to read shows none. @param {Element} frame */
const observe = (frame) => {
  sight =
    sight ||
    new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          // As styled: Firefox lays out an <embed> without an address as an empty line of text.
          const { width, height } = getComputedStyle(target);
          if (isIntersecting && parseInt(width) > 48 && parseInt(height) > 24) cover(/** @type {HTMLElement} */ (target));
        }
      },
      { rootMargin: "2000px" },
    );
  // One that is observed already would not be told of again.
  sight.unobserve(frame);
  sight.observe(frame);
};

/** A framework that compares the page with what it rendered may not find a placeholder yet. @param {Element} frame */
export const expect = (frame) => whenIdle(() => attempt(() => observe(frame)));

/**
 * Acts on a click if its button can be seen: what is not wholly opaque, or lies beneath something that lets clicks through, is
 * no question that anybody answered. Else `ask`. Only Chromium tells what is painted over
 * (https://w3c.github.io/IntersectionObserver/v2/).
 * @param {Event} event @param {() => void} act @param {() => void} ask
 */
export const whenSeen = (event, act, ask) => {
  const path = event.composedPath();
  const isOpaque = path.every((node) => {
    const looks = node instanceof Element && getComputedStyle(node);
    return !looks || looks.opacity + looks.filter + (looks.maskImage || "none") == "1nonenone";
  });
  /** @type {any} TypeScript knows no second version */
  const options = { trackVisibility: true, delay: 100 };
  new IntersectionObserver(([entry], observer) => {
    observer.disconnect();
    if (isOpaque && /** @type {any} likewise */ (entry).isVisible !== false) act();
    else ask();
  }, options).observe(/** @type {Element} */ (path[0]));
};
