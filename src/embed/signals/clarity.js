// Microsoft Clarity: https://learn.microsoft.com/en-us/clarity/setup-and-installation/cmp-integration-guide

import { given } from "../document.js";

/** @param {string} ad_Storage @param {string} analytics_Storage */
export const tellClarity = (ad_Storage, analytics_Storage) => {
  /** @type {NonNullable<Window["clarity"]>} */
  const clarity = (window.clarity =
    given("clarity") ||
    function () {
      (clarity.q = clarity.q || []).push(/** @type {any} Clarity's reader takes `arguments` */ (arguments));
    });
  clarity("consentv2", { ad_Storage, analytics_Storage });
};
