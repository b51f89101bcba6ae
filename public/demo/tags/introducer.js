// Stands in for an affiliate network's tag (purpose: affiliate): it notes who sent the visitor. The links through which
// this shop introduces visitors to others are the page's own, in data-doui-href.
// It is not called affiliate.js because ad blockers stop such an address on sight, whatever the visitor chose.
(() => {
  const from = document.referrer ? new URL(document.referrer).host : "direct";
  if (!/(?:^|; )demo_aff=/.test(document.cookie)) {
    document.cookie = `demo_aff=${encodeURIComponent(from)}; Path=/; SameSite=Lax; Max-Age=2592000`;
  }
  (window.demoRan ||= []).push("affiliate:tag");
  document.dispatchEvent(new CustomEvent("demo:ran", { detail: "affiliate:tag" }));
})();
