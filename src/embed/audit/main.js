// The audit of a shop page, for its developers: which tags are held or run and why, whom the page sent requests to, what is
// kept in the browser, and what of all that shop.json does not declare. It is fetched only when the page's address asks for
// it; docs/audit.md describes what it says. `xtask` joins the modules, puts the shop in the place of DOUI_AUDIT, and minifies.
//
// It observes: it writes nothing to the browser, sends nothing, and wraps no function of the page's.

import { doc, given } from "../document.js";
import { isThere, openPanel } from "./panel.js";
import { countRequests } from "./requests.js";
import { HELD_NAMES } from "../held.js";
import { chooseLanguage } from "./words.js";

/** @param {Doui} doui */
const audit = (doui) => {
  // Who included it twice sees it once.
  if (isThere()) return;
  chooseLanguage();
  /** @type {(() => void)[]} */
  const stops = [];
  const update = openPanel(doui, () => stops.forEach((stop) => stop()));
  /** Many things come at once: they are looked at together. @type {number | undefined} */
  let due;
  const soon = () => {
    due =
      due ||
      setTimeout(() => {
        due = undefined;
        update();
      }, 100);
  };
  const arrivals = new MutationObserver(soon);
  arrivals.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ["data-doui", "data-doui-link", "type", ...HELD_NAMES],
  });
  // No event tells, in every browser, of a cookie or a key that a tag writes.
  const ticks = setInterval(() => doc.hidden || soon(), 1000);
  stops.push(
    doui.onChange(soon),
    countRequests(doui, soon),
    () => arrivals.disconnect(),
    () => clearInterval(ticks),
    () => clearTimeout(due),
  );
};

// It starts once the page has a body and doui.js has run, in whichever order the three come.
const start = () => (window.douiOnReady = given("douiOnReady") || []).push(audit);
if (doc.body) start();
else doc.addEventListener("DOMContentLoaded", start);
