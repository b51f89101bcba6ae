// A stand-in for the script of the WP Consent API, written from its description: a cookie for each category, an event when a value
// changes, and everything allowed while no consent type is known.

(() => {
  const valueOf = (category) => document.cookie.match(RegExp(`(?:^|; )wp_consent_${category}=([^;]*)`))?.[1];

  window.wp_has_consent = (category) => {
    const type = window.wp_consent_type || window.wp_fallback_consent_type;
    const value = valueOf(category);
    return !type || (type == "optout" && value === undefined) || value == "allow";
  };

  window.wp_set_consent = (category, value) => {
    window.consentCalls = (window.consentCalls || 0) + 1;
    if (valueOf(category) == value) return;
    document.cookie = `wp_consent_${category}=${value}; path=/; max-age=2592000`;
    document.dispatchEvent(new CustomEvent("wp_listen_for_consent_change", { detail: { [category]: value } }));
  };
})();
