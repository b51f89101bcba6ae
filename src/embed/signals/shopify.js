// Shopify's Customer Privacy API: https://shopify.dev/docs/api/customer-privacy

import { given } from "../document.js";
import { state } from "../state.js";

/** Whether the page's end was waited for: Shopify's own script comes later in the head. */
let waits = false;

/** Nothing is said before an answer: without one, Shopify goes by the shop's own settings. */
export const tellShopify = () => {
  if (!state.decidedAt) return;
  const shopify = given("Shopify");
  if (!shopify?.loadFeatures) {
    if (!waits) addEventListener("load", tellShopify, { once: true });
    waits = true;
    return;
  }
  const { analytics_storage, ad_storage, ad_user_data, personalization_storage } = state.consent;
  const [analytics, marketing, sale_of_data, preferences] = [analytics_storage, ad_storage, ad_user_data, personalization_storage].map(
    (it) => it == "granted",
  );
  shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], (error) => {
    if (!error) shopify.customerPrivacy?.setTrackingConsent({ analytics, marketing, preferences, sale_of_data }, () => {});
  });
};
