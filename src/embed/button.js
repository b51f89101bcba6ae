// The way back: a small button in a corner of the page that opens the settings, once the visitor has decided.

import { asker, isShown, onTurn } from "./banner.js";
import { doc, matches } from "./document.js";
import { float, raise } from "./float.js";
import { attach, build, hasKit, parts } from "./kit.js";
import { mayRight } from "./own.js";
import { state } from "./state.js";
import { afterPaint } from "./time.js";

/** @type {HTMLElement | undefined} */
let corner;
/** Whether the page has had its first frame. */
let isPainted = false;
/** Whether the visitor put it away, which holds until they leave the page. */
let isPutAway = false;
/** Whether it makes way for what has the focus. */
let isInTheWay = false;

/** Has it stand in its corner while it is of use. While the banner is there it is not. */
export const keepButton = () => {
  const isUseful = isPainted && state.decided && !isShown && !isPutAway;
  if (isUseful && !corner && doc.body && !asker() && hasKit(keepButton)) {
    build("button");
    corner = attach("doui-button", parts.button);
  }
  if (!corner) return;
  const film = doc.fullscreenElement;
  corner.hidden = !isUseful || isInTheWay || (!!film && !film.contains(corner));
  if (!corner.hidden) float(corner);
};

/** The page has had its first frame. */
export const beginButton = () => {
  isPainted = true;
  onTurn(keepButton);
  keepButton();
};

/** Nothing is kept of it: the next page has the button again. */
export const putButtonAway = () => {
  isPutAway = true;
  keepButton();
};

/** A page that comes back from the back/forward cache was left. */
const comeBack = () => {
  isPutAway = false;
};

/** The page closed what is in the top layer. @param {any} event TypeScript knows no toggle of popovers */
const stayOpen = ({ target, newState }) => {
  if (target == corner && newState == "closed" && corner && !corner.hidden && mayRight(corner)) raise(corner);
};

/** Whether what has the focus is beneath it, or is written into on a screen of which a keyboard then takes half. */
const isBelow = () => {
  /** @type {Element | null | undefined} */
  let focused = doc.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused == doc.body || parts.button.contains(focused)) return false;
  if (matches(focused, "input,textarea,select,[contenteditable]") && matchMedia("(pointer:coarse)").matches) return true;
  const own = parts.button.getBoundingClientRect();
  const at = focused.getBoundingClientRect();
  // What is larger, such as a whole part of the page, cannot hide behind it.
  const isSmall = at.height < 3 * own.height;
  return isSmall && at.left < own.right && own.left < at.right && at.top < own.bottom && own.top < at.bottom;
};

const lookBelow = () => {
  isInTheWay = false;
  // What does not show has no place.
  keepButton();
  isInTheWay = !!corner && !corner.hidden && isBelow();
  keepButton();
};

/** The browser has scrolled to what has the focus by then. */
const makeWay = () => {
  if (corner) afterPaint(lookBelow);
};

export const listenForButton = () => {
  addEventListener("fullscreenchange", keepButton, true);
  addEventListener("toggle", stayOpen, true);
  addEventListener("pagehide", comeBack);
  for (const type of ["focusin", "focusout"]) addEventListener(type, makeWay, true);
};

/** Builds it in the page's new language. */
export const speakButton = () => {
  corner?.remove();
  corner = undefined;
  keepButton();
};
