// What stands where a frame is held.

import { isFrame } from "./addresses.js";
import { partsOf } from "./condition.js";
import { attach, hasKit, labelOf, parts } from "./kit.js";
import { attempt } from "./safely.js";
import { opens } from "./state.js";

/** The properties of a frame that its placeholder takes over, as computed. */
const FITTED = "align-self,display,float,grid-area,height,inset,margin,position,vertical-align,width".split(",");

/** @typedef {HTMLElement & { _frame: HTMLElement, _display: string }} Box A placeholder, its frame, and how that was displayed. */

/** The placeholder of each frame that has one. @type {WeakMap<Node, Box>} */
const boxes = new WeakMap();

/**
 * Gives placeholders the size and place that their frames have while neither is hidden. All is read, then all is written, so
 * that the page is laid out once.
 * @param {Iterable<Element>} some
 */
export const refit = (some) => {
  const own = /** @type {Box[]} */ ([...some]).filter((box) => box._frame);
  for (const box of own) {
    box.hidden = true;
    box._frame.style.display = box._display;
  }
  /** @type {Record<string, any>[]} */
  const looks = own.map((box) => getComputedStyle(box._frame));
  // What is a line of text has no size of its own.
  const inLine = own.filter((_, at) => looks[at].display == "inline");
  for (const box of inLine) box._frame.style.display = "inline-block";
  const sheets = own.map((box, at) => {
    /** @type {Record<string, any>} height and width are numbers there */
    const size = box._frame.getBoundingClientRect();
    return FITTED.map((name) => `${name}:${size[name] ? size[name] + "px" : looks[at][name]}!important`).join(";");
  });
  own.forEach((box, at) => {
    box._frame.style.setProperty("display", "none", "important");
    box.style.cssText = sheets[at];
    box.hidden = false;
  });
};

/** @param {HTMLElement} frame */
const cover = (frame) => {
  const need = frame.dataset.doui;
  if (!need || opens(need) || boxes.has(frame) || frame.dataset.placeholder == "off") return;
  if (!hasKit(() => cover(frame))) return;
  const labels = partsOf(need).map(labelOf);
  // What waits for a refusal, or for a purpose that the shop does not have, can't be allowed here.
  if (!labels.every(Boolean)) return;
  // The model is written on, then copied.
  parts.frame.textContent = frame.title || attempt(() => new URL(frame.dataset.src || "", location.href).host);
  parts.purposes.textContent = labels.join(" · ");
  const box = /** @type {Box} */ (attach("doui-placeholder", parts.placeholder.cloneNode(true)));
  box._frame = frame;
  box._display = frame.style.display;
  boxes.set(frame, box);
  sight.unobserve(frame);
  frame.before(box);
  refit([box]);
};

/** Takes a frame's placeholder away, if it has one. @param {Node} frame @returns whether the placeholder had the focus */
export const uncover = (frame) => {
  const box = boxes.get(frame);
  if (!box) return false;
  const hadFocus = !!box.shadowRoot?.activeElement;
  boxes.delete(frame);
  box.remove();
  box._frame.style.display = box._display;
  return hadFocus;
};

/** @type {IntersectionObserver} */
let sight;

/** Frames get theirs as they come near, at the size they have then. One too small to read shows none. @param {Element} frame */
export const expect = (frame) => {
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

/** A copy that the page made has nothing in its shadow. The frame beside it was copied hidden. @param {Element} box */
export const dropCopy = (box) => {
  const frame = box.nextElementSibling;
  if (frame && isFrame(frame)) /** @type {HTMLElement} */ (frame).style.display = "";
  box.remove();
};

/**
 * Acts on a click if its button can be seen: what is not wholly opaque, or lies beneath something that lets clicks through, is
 * no question that anybody answered. Else `ask`. Only Chromium tells what is painted over
 * (https://w3c.github.io/IntersectionObserver/v2/).
 * @param {Event} event @param {() => void} act @param {() => void} ask
 */
export const whenSeen = (event, act, ask) => {
  const isOpaque = event.composedPath().every((node) => {
    const looks = node instanceof Element && getComputedStyle(node);
    return !looks || looks.opacity + looks.filter + (looks.maskImage || "none") == "1nonenone";
  });
  /** @type {any} TypeScript knows no second version */
  const options = { trackVisibility: true, delay: 100 };
  new IntersectionObserver(([entry], observer) => {
    observer.disconnect();
    if (isOpaque && /** @type {any} likewise */ (entry).isVisible !== false) act();
    else ask();
  }, options).observe(/** @type {Element} */ (event.target));
};
