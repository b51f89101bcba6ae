// What the visitor does to Doui's own elements and to the page's settings buttons: seen on the window before the page's
// own listeners, which may stop it, cancel it or pull the focus back.

import { acts } from "./acts.js";
import { hideBanner, host, isOpen, openSettings } from "./banner.js";
import { OFF, closest, matches } from "./document.js";
import { isOwn } from "./own.js";

/** What locks of scrolling, traps of the focus and those that wait for a click elsewhere listen to. */
const TYPES = "keydown,focus,blur,focusin,focusout,pointerdown,mousedown,touchstart,touchmove,wheel";

/** What has its own use for the Escape key. */
const ESCAPES = "dialog,[role*=dialog],[aria-modal=true],[aria-expanded=true],input,select,textarea,[contenteditable]";

/** Whether a click went through such an element, open shadow roots included. @param {any[]} path @param {string} selector */
const went = (path, selector) => path.some((node) => node instanceof Element && matches(node, selector));

/** The clicks that were received: one passes by the window, then by the shadow root. @type {WeakSet<Event>} */
const received = new WeakSet();

/** @param {any} event */
export const receive = (event) => {
  if (received.has(event)) return;
  received.add(event);
  const { type, target, key } = event;
  /** @type {any[]} */
  const path = event.composedPath();
  const at = path.findIndex(isOwn);
  const own = path[at];
  const isClick = type == "click";
  const isEscape = type == "keydown" && key == "Escape";
  if (own) {
    /** @type {HTMLElement | undefined} */
    const button = isClick && path.slice(0, at).find((node) => node.dataset?.douiAct);
    // Clicks on the banner's buttons are carried out by now, and the page may count them; but a dialog would take one for a
    // click beside what it shows, and close. A placeholder is part of the page: what moves the page may begin on it, but its
    // buttons are no part of a link or a card around it.
    if (matches(own, "dialog>*") || !!button == (own.localName == "doui-placeholder")) event.stopImmediatePropagation();
    if (button) acts[/** @type {keyof typeof acts} */ (button.dataset.douiAct)](own, event);
    if (own == host && isEscape) {
      // It does not close the page's dialog around the banner.
      event.preventDefault();
      hideBanner();
    }
  } else if (isEscape) {
    // The reading cursor of a screen reader takes the focus out of the settings that a visitor opened.
    if (isOpen && !went(path, ESCAPES)) hideBanner();
  } else if (isOwn(event.relatedTarget)) {
    // A dialog that keeps the focus would take it back.
    if (/blur|out/.test(type) && closest(target, "[role*=dialog],[aria-modal=true]")) event.stopImmediatePropagation();
  } else if (isClick && went(path, "[data-doui-open]") && !went(path, OFF)) {
    // What opens a link elsewhere is the browser's.
    if (went(path, "[href]") && (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) return;
    event.preventDefault();
    openSettings();
  }
};

export const listenToClicks = () => addEventListener("click", receive, true);

/** What is done to the banner, once there may be one. */
export const listenToVisitor = () => {
  for (const type of TYPES.split(",")) addEventListener(type, receive, { capture: true, passive: /^[tw]/.test(type) });
};
