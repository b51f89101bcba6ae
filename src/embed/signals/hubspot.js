// HubSpot: https://developers.hubspot.com/docs/api/events/cookie-banner

import { given } from "../document.js";

/** @param {string} command @param {DouiConsent} consent */
export const tellHubSpot = (command, { analytics_storage, ad_storage, functionality_storage }) => {
  // Two banners would ask the same.
  window.disableHubSpotCookieBanner = true;
  const queue = (window._hsp = given("_hsp") || []);
  const [analytics, advertisement, functionality] = [analytics_storage, ad_storage, functionality_storage].map((it) => it == "granted");
  if (command == "update" && !(analytics || advertisement || functionality)) queue.push(["revokeCookieConsent"]);
  queue.push(["setHubSpotConsent", { analytics, advertisement, functionality }]);
};
