// Google Consent Mode: https://developers.google.com/tag-platform/security/guides/consent

import { given } from "../document.js";
import { attempt, warn } from "../safely.js";
import { stamp } from "../shop.js";
import { state, view } from "../state.js";
import { isQuiet } from "../trust.js";

/** The queue that Google's tags read. @type {any} */
let layer;
/** What was said in it of consent. @type {unknown[]} */
const said = [];

/** Google's reader takes `arguments` objects alone; an array it drops without a word. @type {(...given: unknown[]) => void} */
const gtag = function () {
  said.push(arguments);
  layer.push(arguments);
};

/** Without a default, Google's tags take everything for granted: so it moves to the queue that a page puts in its place. @param {any} queue */
const setLayer = (queue) => {
  layer = queue;
  attempt(() => {
    const lost = said.filter((one) => !queue.includes(one));
    if (lost[0]) {
      queue.unshift(...lost);
      warn("dataLayer was replaced: the consent was put into the new one");
    }
  });
};

/** @param {string} command @param {DouiConsent} consent */
export const tellGoogle = (command, consent) => {
  const isDefault = command == "default";
  window.dataLayer = given("dataLayer") || [];
  setLayer(window.dataLayer);
  if (isDefault) {
    // One that a script declared with `var` cannot be followed. Then the next update looks after it.
    attempt(() =>
      Object.defineProperty(window, "dataLayer", { configurable: true, enumerable: true, get: () => layer, set: setLayer }),
    );
  }
  gtag("consent", command, { ...consent, ...(WITH_WAIT && isDefault ? stamp._google._more : null) });
  if (!isDefault) {
    layer.push({ event: "doui_change", doui: { ...state.choices } });
    return;
  }
  if (WITH_REGIONS && view._isNew && !state.gpc && !isQuiet()) {
    for (const regional of stamp._google._regions) gtag("consent", command, regional);
  }
  for (const name of stamp._google._settings) gtag("set", name, true);
};
