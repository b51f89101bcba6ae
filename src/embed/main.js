// The shop page's script, from its first byte on: a classic script, first in <head>, so that the state is there before any
// tag. `xtask` joins the modules, puts the shop in the place of DOUI_STAMP, true or false in that of each WITH_…, and minifies.

import { acts } from "./acts.js";
import { publish } from "./api.js";
import { askAgain, countReturns, openSettings, stayOnTop } from "./banner.js";
import { begin, beginSeen, reread, tidy } from "./choose.js";
import { OFF, closest, doc, given } from "./document.js";
import { tell } from "./events.js";
import { onAct } from "./kit.js";
import { refit } from "./placeholders.js";
import { attempt, warn } from "./safely.js";
import { signal } from "./signals.js";
import { arrive, look } from "./store.js";
import { enter } from "./state.js";
import { loadOwn, readOwn } from "./trust.js";
import { watchLibraries, watchPage } from "./watch.js";

const start = () => {
  readOwn();
  askAgain();
  onAct(acts);
  enter(doc.prerendering ? look() : arrive());
  signal("default");
  publish();
  if (doc.prerendering) doc.addEventListener("prerenderingchange", beginSeen);
  watchPage();
  watchLibraries();
  if (!doc.prerendering) begin();
  if (/[?&]doui-audit/.test(location.search)) attempt(() => loadOwn("audit.js"));
  doc.addEventListener("click", (event) => {
    if (attempt(() => closest(/** @type {Element} */ (event.target), `[data-doui-open]:not(${OFF} *)`))) {
      event.preventDefault();
      openSettings();
    }
  });
  addEventListener("toggle", stayOnTop, true);
  if (WITH_PLACEHOLDERS) {
    // A frame's size may follow the window's. Browsers tell of that once a frame:
    // https://html.spec.whatwg.org/multipage/webappapis.html#update-the-rendering (the resize steps).
    addEventListener("resize", () => refit(doc.querySelectorAll("doui-placeholder")));
  }
  // No event tells of a decision made on another host, nor, in every browser, of a cookie that a tag writes again.
  let isFirst = true;
  setInterval(() => {
    if (doc.hidden) return;
    reread();
    countReturns();
    if (tidy(isFirst)) tell("change", []);
    isFirst = false;
  }, 1000);
  // Another tab decides, the page comes back from the back/forward cache, or is looked at again.
  for (const name of ["storage", "pageshow", "visibilitychange"]) {
    addEventListener(name, (event) => {
      if (/** @type {PageTransitionEvent} */ (event).persisted !== false) reread();
    });
  }
};

if (given("doui")?.allows) warn("included twice");
else start();
