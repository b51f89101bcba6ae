// Matomo: https://developer.matomo.org/guides/tracking-consent

import { given } from "../document.js";

/** Doui remembers the answer, so Matomo is not asked to. @param {string} command @param {string} analytics_storage */
export const tellMatomo = (command, analytics_storage) => {
  const queue = (window._paq = given("_paq") || []);
  const isDefault = command == "default";
  if (isDefault) queue.push(["requireConsent"]);
  if (analytics_storage == "granted") queue.push(["setConsentGiven"]);
  else if (!isDefault) queue.push(["forgetConsentGiven"]);
};
