// Some addresses change what the page shows (?id=…, ?q=…), which the page's modules do before DOMContentLoaded.
// Until then the page stays unseen, so that nothing jumps before the visitor's eyes.
if (location.search) {
  const page = document.documentElement;
  page.classList.add("settling");
  document.addEventListener("DOMContentLoaded", () => page.classList.remove("settling"));
}
