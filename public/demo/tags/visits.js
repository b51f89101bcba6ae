// Stands in for an analytics tag (purpose: traffic). Like Google Analytics it numbers the browser in `_ga`, but sends nothing.
// It is not called analytics.js because ad blockers stop such an address on sight, whatever the visitor chose.
(() => {
  if (!/(?:^|; )_ga=/.test(document.cookie)) {
    const [browser] = crypto.getRandomValues(new Uint32Array(1));
    document.cookie = `_ga=GA1.1.${browser}.${Math.floor(Date.now() / 1000)}; Path=/; SameSite=Lax; Max-Age=34560000`;
  }
  (window.demoRan ||= []).push("traffic:analytics");
  document.dispatchEvent(new CustomEvent("demo:ran", { detail: "traffic:analytics" }));
})();
