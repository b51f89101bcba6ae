// `"hold": "declared"`: what nobody marked waits too, if a service declares its host. What is not needed any more, once all of
// them are allowed, is undone.

import { doc } from "../document.js";
import { isToldToLeave } from "../trust.js";
import { holdPage, hush } from "./hold.js";
import { isAnyClosed } from "./hosts.js";
import { wrapInsertions } from "./insert.js";
import { wrapMarkup } from "./markup.js";
import { expectParsed } from "./parsed.js";
import { setWraps, wrapReading } from "./wrap.js";
import { wrapWriting } from "./write.js";

const adjust = () => {
  const isNeeded = !isToldToLeave() && isAnyClosed();
  setWraps(isNeeded);
  expectParsed(isNeeded);
  for (const type of ["load", "error"]) {
    if (isNeeded) doc.addEventListener(type, hush, true);
    else doc.removeEventListener(type, hush, true);
  }
  return isNeeded;
};

export const beginHold = () => {
  wrapReading();
  wrapInsertions();
  wrapMarkup();
  wrapWriting();
  adjust();
};

/** After a change: what was allowed until now may be in the page. */
export const followHold = () => {
  if (adjust()) holdPage();
};
