// The page as it grows, shrinks and changes.

import { putBack, speakBanner } from "./banner.js";
import { keepButton, speakButton } from "./button.js";
import { doc } from "./document.js";
import { expectAgain, search } from "./gates.js";
import { hasKit, hasTurned } from "./kit.js";
import { keepOffer, speakOffer } from "./offer.js";
import { isOwn, mayRight } from "./own.js";
import { keepPlaceholders, speakPlaceholders } from "./placeholders.js";
import { seeChanges } from "./roots.js";
import { guard } from "./safely.js";
import { tellPageAgain } from "./sheets.js";
import { mark } from "./state.js";
import { holdArrivals } from "./declared/parsed.js";

/**
 * Of how many changes of the page a single look at all of it costs no more than one look at each: while a parser is at work,
 * the browser finds gates sooner by one selector (ten thousand gates: bench/, docs/performance.md).
 */
const SHARE = 32;

/** What the page's changes may have done to what is shown: a modal dialog opens by `open`, a frame may have a placeholder now. */
const ATTRIBUTES = ["open", "inert", "aria-hidden", "lang", "data-doui", "data-placeholder"];

/** Puts right what is Doui's own. */
export const tend = () => {
  mark();
  tellPageAgain();
  putBack();
  keepOffer();
  if (WITH_BUTTON) keepButton();
  if (WITH_PLACEHOLDERS) keepPlaceholders();
};

/** Builds what is shown in another language, once its words are there. */
const speak = () => {
  if (!hasKit(speak)) return;
  speakBanner();
  speakOffer();
  if (WITH_BUTTON) speakButton();
  if (WITH_PLACEHOLDERS) speakPlaceholders();
};

/** @param {() => void} listen adds the listeners of the window that are not there */
export const watchPage = (listen) => {
  let page = doc.documentElement;
  let changes = 0;
  search(page);
  new MutationObserver((records) => {
    const isParsing = doc.readyState == "loading";
    if (WITH_DECLARED) guard("holding", () => holdArrivals(records));
    guard("the banner", () => {
      const now = doc.documentElement;
      if (!now) return;
      const isOther = page != now;
      page = now;
      if (isOther) listen();
      // What the parser adds moves nothing. To look at each record takes longer than all else that is done here.
      if (isOther || (!isParsing && records.some(({ removedNodes: [gone] }) => gone))) tend();
      else {
        putBack();
        if (WITH_PLACEHOLDERS) keepPlaceholders();
      }
    });
    const isOneLook = changes < SHARE * records.length && page;
    if (isOneLook) search(page);
    seeChanges(records, isOneLook, isParsing);
    changes += records.length;
  }).observe(document, { childList: true, subtree: true });
  new MutationObserver((records) =>
    guard("the banner", () => {
      for (const { attributeName, target } of records) {
        // Components say so once a framework has compared the page with what it rendered.
        if (WITH_PLACEHOLDERS && attributeName == "data-placeholder") expectAgain(/** @type {Element} */ (target));
        // Who opens a modal dialog of its own making shuts out whatever stands beside it.
        if (/inert|hidden/.test(attributeName || "") && isOwn(target) && mayRight(target)) {
          /** @type {Element} */ (target).removeAttribute(attributeName || "");
        }
      }
      tend();
      if (records.some(({ attributeName }) => attributeName == "lang") && hasTurned()) speak();
    }),
  ).observe(document, { subtree: true, attributeFilter: ATTRIBUTES });
};
