// The WP Consent API in the page. Doui leads: the API is told how things stand, a refusal from outside is taken over, and a grant
// from outside is taken back. What the API says after our own call is what we say already, so there is no loop.

((bridge) => {
  const { type, categories } = bridge;

  window.wp_consent_type = type;
  document.dispatchEvent(new CustomEvent("wp_consent_type_defined"));

  /** @param {string} category */
  const isAllowed = (category) =>
    categories[category].length > 0 && categories[category].every((purpose) => purpose == "necessary" || doui.state.choices[purpose]);

  /** @param {string} category */
  const say = (category) => window.wp_set_consent(category, isAllowed(category) ? "allow" : "deny");

  const sayAll = () => Object.keys(categories).forEach(say);

  document.addEventListener("wp_listen_for_consent_change", ({ detail }) => {
    for (const category in detail) {
      if (!(category in categories) || (detail[category] == "allow") == isAllowed(category)) continue;
      const refused = categories[category].filter((purpose) => purpose != "necessary");
      if (detail[category] == "deny" && refused.length) doui.save(Object.fromEntries(refused.map((purpose) => [purpose, false])));
      else say(category);
    }
  });

  (window.douiOnReady = window.douiOnReady || []).push((doui) => {
    sayAll();
    doui.onChange(sayAll);
  });
})(window.douiWordPress);
