// The banner: where it stands, when it shows, what of it shows.

import { OFF, doc } from "./document.js";
import { attach, hasKit, labelOf, parts } from "./kit.js";
import { attempt } from "./safely.js";
import { unkept, view } from "./state.js";
import { isQuiet } from "./trust.js";

/** @type {HTMLElement | undefined} */
export let host;
/** Whether it is to be seen. */
let isShown = false;
/** Whether the settings are open. */
export let isOpen = false;
/** Whether the visitor put it away, or this page asks nobody. */
export let isDismissed = false;

/** What had the focus before. @type {HTMLElement | undefined} */
let cameFrom;
/** How often it came back since it was looked after: a race of two observers has no end. */
let returns = 0;

/** What a purpose's switch says; nothing for a service, which has none. @param {string} name */
export const switched = (name) => parts.banner.querySelector(`[name="${name}"]`)?.checked;

/** Sets the switches to what holds: as the settings open, and after a decision. In between they are the visitor's. */
const setSwitches = () => {
  for (const input of parts.banner.querySelectorAll("input")) input.checked = view._standings[input.name];
};

/** Sets which parts show. */
const refresh = () => {
  /** @type {Record<string, unknown>} */
  const flags = {
    all: !view._isPartial,
    some: view._isPartial,
    open: isOpen,
    unkept,
    gpc: view._isHeeded,
    conflict: Object.values(view._asked).includes(true),
  };
  parts.asked.textContent = Object.keys(view._asked).map(labelOf).join(" · ");
  for (const node of parts.banner.querySelectorAll("[data-doui-when]")) node.hidden = !flags[node.dataset.douiWhen];
  parts.banner.querySelector("[data-doui-act=settings]").ariaExpanded = isOpen;
};

/** Puts the banner where the shop wants it, in the flow of its page. @param {Element} place */
export const takePlace = (place) => {
  if (!host || place == host) return;
  host.dataset.placed = "1";
  place.replaceWith(host);
};

const isPlaced = () => host?.dataset.placed;

const make = () => {
  const made = attach("doui-banner", parts.banner);
  made.id = "doui-banner";
  made.setAttribute("popover", "manual");
  made.addEventListener("keydown", (event) => {
    if (event.key == "Escape") hideBanner();
  });
  new ResizeObserver(() => {
    const height = isPlaced() ? 0 : made.offsetHeight;
    // Each element of the page inherits it, so the frame in question is painted first.
    setTimeout(() => doc.documentElement.style.setProperty("--doui-height", height + "px"));
  }).observe(made);
  return made;
};

/** Shows the banner as soon as there is a body to show it in. */
export const showBanner = () => {
  const isNew = !isShown;
  isShown = true;
  const isThere = doc.body && hasKit(() => isShown && !host && (isOpen ? openSettings() : showBanner()));
  if (!isThere) return;
  if (isNew || !host) setSwitches();
  host = host || make();
  refresh();
  host.hidden = false;
  const place = doc.querySelector(`doui-banner:not(${OFF} *)`);
  if (place) {
    takePlace(place);
  } else if (!host.isConnected) {
    delete host.dataset.placed;
    doc.body.prepend(host);
  }
  raise();
};

/** Shows the banner in the top layer, where nothing of the page's can be painted over it. */
const raise = () => {
  attempt(() => isPlaced() || /** @type {HTMLElement} */ (host).showPopover());
};

/** Another popover was opened after the banner, or the page's markup closed the banner's: it is on top again. @param {any} event TypeScript knows no toggle of popovers */
export const stayOnTop = ({ target, newState }) => {
  if (!isShown || !host || (target == host) != (newState == "closed")) return;
  attempt(() => /** @type {HTMLElement} */ (host).hidePopover());
  raise();
};

/** Puts the banner away, as who has answered does. */
export const putAway = () => {
  isShown = isOpen = false;
  if (!host) return;
  const hadFocus = host.shadowRoot?.activeElement;
  host.hidden = true;
  attempt(() => /** @type {HTMLElement} */ (host).hidePopover());
  if (hadFocus) attempt(() => /** @type {HTMLElement} */ (cameFrom).focus());
  cameFrom = undefined;
};

/** Puts the banner away without an answer. */
export const hideBanner = () => {
  isDismissed = true;
  putAway();
};

/** Shows the settings, with what holds in their switches, and moves the focus there. */
export const openSettings = () => {
  if (doc.activeElement != host) cameFrom = /** @type {HTMLElement | undefined} */ (doc.activeElement || undefined);
  if (host && !isOpen) setSwitches();
  isDismissed = false;
  isOpen = true;
  showBanner();
  if (host) parts.banner.focus();
};

/** Opens the settings within the banner, or closes them; what the visitor switched stays. */
export const toggleSettings = () => {
  isOpen = !isOpen;
  showBanner();
};

/** Whoever put the banner away is asked again, but where the page asks nobody. */
export const askAgain = () => {
  isDismissed = isQuiet();
};

/** Shows the banner with what was decided just now. */
export const showDecided = () => {
  if (host) setSwitches();
  showBanner();
};

/** A blocker may have taken the banner away: it comes back, a few times a second. */
export const putBack = () => {
  if (isShown && (!host || (!host.isConnected && returns++ < 9))) showBanner();
};

export const countReturns = () => {
  returns = 0;
};
