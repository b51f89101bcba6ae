// Google Consent Mode: https://developers.google.com/tag-platform/security/guides/consent

import { given } from "../document.js";
import { stamp } from "../shop.js";
import { state, view } from "../state.js";
import { isQuiet } from "../trust.js";

/** @param {string} command @param {Record<string, string>} consent */
export const tellGoogle = (command, consent) => {
  const isDefault = command == "default";
  const layer = (window.dataLayer = given("dataLayer") || []);
  // Google's reader takes `arguments` objects alone; an array it drops without a word.
  const gtag = /** @type {(...given: unknown[]) => void} */ (
    function () {
      layer.push(arguments);
    }
  );
  gtag("consent", command, WITH_WAIT && isDefault ? { ...consent, ...stamp._google._more } : consent);
  if (!isDefault) {
    layer.push({ event: "doui_change", doui: { ...state.choices } });
    return;
  }
  if (WITH_REGIONS && view._isNew && !state.gpc && !isQuiet()) {
    for (const regional of stamp._google._regions) gtag("consent", command, regional);
  }
  for (const name of stamp._google._settings) gtag("set", name, true);
};
