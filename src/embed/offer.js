// The offer to load the page again.

import { doc } from "./document.js";
import { isOutlived } from "./gates.js";
import { attach, hasKit, parts } from "./kit.js";
import { unkept } from "./state.js";

/** @type {HTMLElement | undefined} */
let offer;

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
    doc.body.append(offer);
  }
  if (offer) offer.hidden = !isDue;
};
