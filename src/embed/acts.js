// What the buttons do, by `data-doui-act`.

import { hideBanner, host, openSettings, switched, toggleSettings } from "./banner.js";
import { answer, save } from "./choose.js";
import { partsOf } from "./condition.js";
import { loadAgain } from "./offer.js";
import { whenSeen } from "./placeholders.js";
import { purposeOf } from "./shop.js";
import { view } from "./state.js";

/** @typedef {import("./placeholders.js").Box} Box */

/** Allows what a held frame needs. @param {Box} box */
const allowFrame = (box) => {
  const parts = partsOf(box._frame.dataset.doui || "");
  const isNeeded = (/** @type {string} */ name) =>
    parts.includes(name) || (WITH_SERVICES && parts.some((part) => purposeOf(part) == name));
  save((name) => isNeeded(name) || undefined, "banner");
};

/** @satisfies {Record<string, (host: HTMLElement, event: Event) => void>} */
export const acts = {
  accept: () => answer(true),
  reject: () => answer(false),
  settings: (/** @type {HTMLElement} */ from) => {
    if (from == host) toggleSettings();
    else openSettings();
  },
  save: () => save(switched, "banner"),
  close: hideBanner,
  allow: (/** @type {HTMLElement} */ box, /** @type {Event} */ event) => {
    if (!WITH_PLACEHOLDERS) return;
    // Who has not been told of the browser's signal is told first.
    if (view._isHeeded) openSettings();
    else whenSeen(event, () => allowFrame(/** @type {Box} */ (box)), openSettings);
  },
  reload: loadAgain,
  stay: (/** @type {HTMLElement} */ offer) => {
    offer.hidden = true;
  },
};
