// Where what floats over the page stands: in the top layer, and in a part of the page that can be used.

import { OFF, closest, doc } from "./document.js";
import { hydratesWhole } from "./hydrate.js";
import { mayRight } from "./own.js";
import { attempt } from "./safely.js";
import { tellHeights } from "./sheets.js";

const MODAL = `dialog:modal:not(${OFF} *)`;

/** The modal dialog that the page opened last, which has the focus: all outside of it is inert. @returns {Element | undefined} */
const modalOf = () => {
  let found;
  for (let at = doc.activeElement; at; at = at.shadowRoot?.activeElement || null) found = closest(at, MODAL) || found;
  return found || [...doc.querySelectorAll(MODAL)].pop();
};

/** Shows it in the top layer, unless it is part of the page. @param {HTMLElement} host */
const lift = (host) => attempt(() => host.hasAttribute("data-placed") || host.showPopover());

/** Shows it above what came to the top layer before. @param {HTMLElement} host */
export const raise = (host) => {
  attempt(() => host.hidePopover());
  lift(host);
};

/** Puts it where it belongs, if it is not there. @param {HTMLElement} host @param {Element | null} [place] where the shop wants it @returns whether it was moved */
export const float = (host, place) => {
  const modal = attempt(modalOf);
  const isPlaced = !!place && (!modal || modal.contains(place));
  const parent = isPlaced ? place : modal || doc.body;
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
      tall[host.localName] = host.hasAttribute("data-placed") ? 0 : host.offsetHeight;
      const { "doui-banner": banner = 0, "doui-offer": offer = 0 } = tall;
      // Each element of the page inherits it, so the frame in question is painted first.
      setTimeout(() => tellHeights(banner, offer));
    }).observe(host),
  );
