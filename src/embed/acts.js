// What the buttons do, by `data-doui-act`.

import { hideBanner, host, isOpen, openSettings, switched, unfoldSettings } from "./banner.js";
import { putButtonAway } from "./button.js";
import { answer, save } from "./choose.js";
import { partsOf } from "./condition.js";
import { forms, labelOf, parts } from "./kit.js";
import { ALLOWED, CHOSEN, GRANTED, REFUSED, say, sayText } from "./news.js";
import { loadAgain } from "./offer.js";
import { whenSeen } from "./placeholders.js";
import { purposeOf } from "./shop.js";
import { view } from "./state.js";

/** @typedef {import("./placeholders.js").Box} Box */

/** Allows what a held frame needs. @param {Box} box */
const allowFrame = (box) => {
  const needs = partsOf(box._frame.dataset.doui || "");
  const isNeeded = (/** @type {string} */ name) =>
    needs.includes(name) || (WITH_SERVICES && needs.some((need) => purposeOf(need) == name));
  save((name) => isNeeded(name) || undefined, "banner");
  say(GRANTED, needs.map(labelOf).join(forms.purposes));
};

/** Answers for all purposes that are asked about, and says so. @param {boolean} allowed */
const answerAll = (allowed) => {
  const what = view._isPartial && !isOpen ? CHOSEN : allowed ? ALLOWED : REFUSED;
  answer(allowed);
  say(what);
};

/** Opens the settings. Safari focuses no button that is clicked, and the focus is to come back there. @param {HTMLElement} from */
const openFrom = (from) => {
  from.focus();
  openSettings();
};

/** Puts away the button that leads back, or the banner. @param {HTMLElement} from */
const closeEither = (from) => {
  if (from == host) hideBanner();
  else putButtonAway();
};

/** @satisfies {Record<string, (host: HTMLElement, event: Event) => void>} */
export const acts = {
  accept: () => answerAll(true),
  reject: () => answerAll(false),
  settings: (/** @type {HTMLElement} */ from) => {
    if (from == host) unfoldSettings();
    else if (WITH_BUTTON) openFrom(from);
    else openSettings();
  },
  save: () => {
    save(switched, "banner");
    say(CHOSEN);
  },
  close: WITH_BUTTON ? closeEither : hideBanner,
  allow: (/** @type {HTMLElement} */ box, /** @type {Event} */ event) => {
    if (!WITH_PLACEHOLDERS) return;
    // Who has not been told of the browser's signal is told first.
    if (view._isHeeded) {
      openSettings();
      if (parts.banner) sayText(parts.banner.querySelector("[data-doui-when=gpc]").textContent);
    } else whenSeen(event, () => allowFrame(/** @type {Box} */ (box)), openSettings);
  },
  reload: loadAgain,
  stay: (/** @type {HTMLElement} */ offer) => {
    offer.hidden = true;
  },
};
