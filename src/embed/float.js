// Where what floats over the page stands: in the top layer, and in a part of the page that can be used.

import { OFF, doc, matches } from "./document.js";
import { hydratesWhole } from "./hydrate.js";
import { mayRight, retry } from "./own.js";
import { attempt } from "./safely.js";
import { tellHeights } from "./sheets.js";

const MODAL = `dialog:modal:not(${OFF} *)`;

/** The modal dialog that the focus went into last: a component may have it in its shadow, around what is the page's. @type {Element | undefined} */
let entered;

/** Who opens a modal dialog moves the focus into it. @param {Event} event */
export const seeFocus = (event) => {
  const path = event.composedPath().filter((node) => node instanceof Element);
  const found = attempt(() => path.find((node) => matches(node, MODAL)));
  if (!found || path.some((node) => matches(node, OFF))) return;
  entered = found;
  queueMicrotask(retry);
};

/** The modal dialog that the page opened last: all outside of it is inert. @returns {Element | undefined} */
const modalOf = () => (entered && matches(entered, MODAL) ? entered : [...doc.querySelectorAll(MODAL)].pop());

/** Shows it in the top layer, unless it is part of the page. @param {HTMLElement} host */
const lift = (host) => attempt(() => host.hasAttribute("data-placed") || host.showPopover());

/** Shows it above what came to the top layer before. @param {HTMLElement} host */
export const raise = (host) => {
  attempt(() => host.hidePopover());
  lift(host);
};

/**
 * Puts it where it belongs, if it is not there. Whether it was moved.
 * @param {HTMLElement} host @param {Element | null} [place] where the shop wants it
 * @param {Element | null} [film] what it stands over in full screen: all outside of that is inert in Chromium
 */
export const float = (host, place, film) => {
  const modal = attempt(modalOf);
  const isPlaced = !!place && (!modal || modal.contains(place));
  const parent = isPlaced ? place : modal || (doc.body?.contains(film || null) ? film : doc.body);
  const isHydrated = hydratesWhole();
  const isLast = isHydrated || (WITH_BUTTON && host.localName == "doui-button");
  // Of a page that is hydrated whole the parser adds more, and what Doui adds must come after that.
  const isThere = host.parentNode == parent && !(isLast && doc.readyState == "loading" && host.nextSibling);
  if (isThere || !parent || !mayRight(host)) return false;
  host.popover = "manual";
  const focused = /** @type {HTMLElement | null | undefined} */ (host.shadowRoot?.activeElement);
  host.toggleAttribute("data-placed", isPlaced);
  // The first Tab goes into the banner, wherever it stands.
  if (isHydrated && !(WITH_BUTTON && host.localName == "doui-button")) host.tabIndex = 1;
  if (isLast) parent.append(host);
  else parent.prepend(host);
  // What was not in the page before is in no layer.
  lift(host);
  focused?.focus();
  return true;
};

/** How tall what floats is, by its name. @type {Record<string, number>} */
const tall = {};

/** Has the page know how tall a host is. The offer stands above the banner. @param {HTMLElement} host */
export const leaveRoom = (host) =>
  attempt(() =>
    new ResizeObserver(() => {
      // With a dialog in a shadow root it went without another word.
      if (!host.hidden && !host.offsetHeight) retry();
      tall[host.localName] = host.hasAttribute("data-placed") ? 0 : host.offsetHeight;
      const { "doui-banner": banner = 0, "doui-offer": offer = 0 } = tall;
      // Each element of the page inherits it, so the frame in question is painted first.
      setTimeout(() => tellHeights(banner, offer));
    }).observe(host),
  );
