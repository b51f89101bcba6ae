// The page as it grows and shrinks.

import { putBack } from "./banner.js";
import { doc } from "./document.js";
import { obey, release, search } from "./gates.js";
import { uncover } from "./placeholders.js";
import { guard } from "./safely.js";

/**
 * Of how many changes of the page a single look at all of it costs no more than one look at each: while a parser is at work,
 * the browser finds gates sooner by one selector (ten thousand gates: bench/, docs/performance.md).
 */
const SHARE = 32;

export const watchPage = () => {
  const page = doc.documentElement;
  let changes = 0;
  search(page);
  new MutationObserver((records) => {
    guard("the banner", putBack);
    for (const { removedNodes } of records) {
      for (const node of removedNodes) {
        if (WITH_PLACEHOLDERS) uncover(node);
        release(node);
      }
    }
    if (changes < SHARE * records.length) search(page);
    else for (const { addedNodes } of records) addedNodes.forEach(search);
    changes += records.length;
    obey();
  }).observe(page, { childList: true, subtree: true });
};
