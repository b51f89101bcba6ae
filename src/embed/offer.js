// The offer to load the page again.

import { float, leaveRoom } from "./float.js";
import { isOutlived } from "./gates.js";
import { attach, build, hasKit, parts } from "./kit.js";
import { sayText } from "./news.js";
import { attempt } from "./safely.js";
import { unkept } from "./state.js";
import { doc } from "./document.js";

/** @type {HTMLElement | undefined} */
let offer;

/** Loads the page again, by its address: the browser's own reload would send an order twice. */
export const loadAgain = () => {
  const { href, search } = location;
  const [page, fragment] = href.split("#");
  // To its own address with a fragment a page only scrolls: so that is another one for a moment.
  if (fragment != null) {
    attempt(() => History.prototype.replaceState.call(history, null, "", page.split("?")[0] + (search ? "" : "?doui")));
  }
  location.replace(href);
};

/** Has the offer stand where it can be used. */
export const keepOffer = () => {
  if (offer && !offer.hidden) float(offer);
};

/** Where a script ran whose purpose is now off, only loading the page again ends it. @param {boolean} isHere whether the visitor refused it here */
export const offerReload = (isHere) => {
  const isDue = isOutlived();
  if (WITH_RELOAD && isDue && isHere && !unkept) {
    loadAgain();
    return;
  }
  if (isDue && !offer && doc.body) {
    if (!hasKit(() => offerReload(false))) return;
    build("offer");
    offer = attach("doui-offer", parts.offer);
    offer.hidden = true;
    leaveRoom(offer);
  }
  const isNews = isDue && offer?.hidden;
  if (offer) offer.hidden = !isDue;
  keepOffer();
  if (isNews) sayText("");
};

/** Builds it in the page's new language. */
export const speakOffer = () => {
  const before = offer;
  offer = undefined;
  before?.remove();
  if (before && !before.hidden) offerReload(false);
};
