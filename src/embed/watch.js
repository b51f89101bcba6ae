// The page as it grows, shrinks and changes.

import { putBack, speakBanner } from "./banner.js";
import { doc } from "./document.js";
import { search } from "./gates.js";
import { hydratesWhole } from "./hydrate.js";
import { hasKit, hasTurned } from "./kit.js";
import { keepOffer, speakOffer } from "./offer.js";
import { isOwn, mayRight } from "./own.js";
import { keepPlaceholders, speakPlaceholders } from "./placeholders.js";
import { follow } from "./roots.js";
import { guard } from "./safely.js";
import { tellPage } from "./sheets.js";
import { mark } from "./state.js";

/**
 * Of how many changes of the page a single look at all of it costs no more than one look at each: while a parser is at work,
 * the browser finds gates sooner by one selector (ten thousand gates: bench/, docs/performance.md).
 */
const SHARE = 32;

/** What the page's changes may have done to what is shown: a modal dialog opens by `open`. */
const ATTRIBUTES = ["open", "inert", "aria-hidden", "lang", "data-doui"];

/** Puts right what is Doui's own. */
export const tend = () => {
  mark();
  tellPage();
  putBack();
  keepOffer();
  if (WITH_PLACEHOLDERS) keepPlaceholders();
};

/** Builds what is shown in another language, once its words are there. */
const speak = () => {
  if (!hasKit(speak)) return;
  speakBanner();
  speakOffer();
  if (WITH_PLACEHOLDERS) speakPlaceholders();
};

/** @param {() => void} listen adds the listeners of the window that are not there */
export const watchPage = (listen) => {
  let page = doc.documentElement;
  let changes = 0;
  search(page);
  new MutationObserver((all) => {
    guard("the banner", () => {
      const isOther = page != doc.documentElement;
      if (!doc.documentElement) return;
      page = doc.documentElement;
      if (isOther) listen();
      for (const { attributeName, target } of all) {
        // Who opens a modal dialog of its own making shuts out whatever stands beside it.
        if (/inert|hidden/.test(attributeName || "") && isOwn(target) && mayRight(target)) {
          /** @type {Element} */ (target).removeAttribute(attributeName || "");
        }
      }
      // What the parser adds moves nothing.
      if (isOther || hydratesWhole() || all.some(({ type, removedNodes: [gone] }) => gone || type == "attributes")) tend();
      else {
        putBack();
        if (WITH_PLACEHOLDERS) keepPlaceholders();
      }
      if (all.some(({ attributeName }) => attributeName == "lang") && hasTurned()) speak();
    });
    const records = all.filter(({ type }) => type == "childList");
    const isOneLook = changes < SHARE * records.length && page;
    if (isOneLook) search(page);
    follow(records, isOneLook);
    changes += records.length;
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ATTRIBUTES });
};
