// What `<ClientRouter />` does with the clicks of a page.
import { navigate } from "./astro/router.js";

document.addEventListener("click", (event) => {
  const link = event.composedPath()[0].closest?.("a[href]");
  if (!link || event.defaultPrevented || link.origin != location.origin) return;
  event.preventDefault();
  navigate(link.href);
});
export { navigate };
