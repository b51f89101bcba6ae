// A stand-in for Shopify's Customer Privacy API, written from its page: it is loaded when it is asked for, answers later, and sends
// its event after each call, whoever made it.

(() => {
  const NAMES = { analytics: "analyticsAllowed", marketing: "marketingAllowed", preferences: "preferencesAllowed", sale_of_data: "saleOfDataAllowed" };
  /** Nothing is set for this region, so all counts as allowed. */
  const consent = { analytics: true, marketing: true, preferences: true, sale_of_data: true };
  window.privacyCalls = [];
  const customerPrivacy = {
    setTrackingConsent(given, callback) {
      privacyCalls.push({ ...given });
      Object.assign(consent, given);
      setTimeout(() => {
        const detail = Object.fromEntries(Object.entries(NAMES).map(([name, told]) => [told, consent[name]]));
        document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
        callback();
      });
    },
    analyticsProcessingAllowed: () => consent.analytics,
    marketingAllowed: () => consent.marketing,
    preferencesProcessingAllowed: () => consent.preferences,
    saleOfDataAllowed: () => consent.sale_of_data,
    shouldShowBanner: () => false,
  };
  window.Shopify = {
    loadFeatures(features, callback) {
      setTimeout(() => {
        window.Shopify.customerPrivacy = customerPrivacy;
        callback();
      });
    },
  };
})();
