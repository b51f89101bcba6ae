// Stands in for the login service (purpose: auth): it knows the member of this invented shop by name.
(() => {
  for (const name of document.querySelectorAll("[data-greeting]")) name.textContent = "おかえりなさい、栞さん";
  (window.demoRan ||= []).push("auth:greeting");
  document.dispatchEvent(new CustomEvent("demo:ran", { detail: "auth:greeting" }));
})();
