// The offer to load the page again.

import { float } from "./float.js";
import { isOutlived } from "./gates.js";
import { attach, hasKit, parts } from "./kit.js";
import { unkept } from "./state.js";
import { doc } from "./document.js";

/** @type {HTMLElement | undefined} */
let offer;

/** Has the offer stand where it can be used. */
export const keepOffer = () => {
  if (offer && !offer.hidden) float(offer);
};

/** Where a script ran whose purpose is now off, only loading the page again ends it. @param {boolean} isHere whether the visitor refused it here */
export const offerReload = (isHere) => {
  const isDue = isOutlived();
  if (WITH_RELOAD && isDue && isHere && !unkept) {
    location.reload();
    return;
  }
  if (isDue && !offer && doc.body) {
    if (!hasKit(() => offerReload(false))) return;
    offer = attach("doui-offer", parts.offer);
  }
  if (offer) offer.hidden = !isDue;
  keepOffer();
};

/** Builds it in the page's new language. */
export const speakOffer = () => {
  const before = offer;
  offer = undefined;
  before?.remove();
  if (before && !before.hidden) offerReload(false);
};
