// The shop page's script, from its first byte on: a classic script, first in <head>, so that the state is there before any
// tag. `xtask` joins the modules, puts the shop in the place of DOUI_STAMP, true or false in that of each WITH_…, and minifies.

import { publish } from "./api.js";
import { askAgain, stand, stayOnTop } from "./banner.js";
import { listenForButton } from "./button.js";
import { begin, beginSeen, reread, settleIn } from "./choose.js";
import { doc, given } from "./document.js";
import { seeFocus } from "./float.js";
import { onCookies } from "./jar.js";
import { onClick } from "./kit.js";
import { listenToLibraries } from "./libraries.js";
import { onGivenUp } from "./own.js";
import { refitAll } from "./placeholders.js";
import { listenToClicks, listenToVisitor, receive } from "./receive.js";
import { findAllRoots } from "./roots.js";
import { attempt, guard, warn } from "./safely.js";
import { signal } from "./signals.js";
import { look } from "./store.js";
import { enter } from "./state.js";
import { isOfInterest } from "./sweep.js";
import { whenPainted } from "./time.js";
import { loadOwn, readOwn } from "./trust.js";
import { tend, watchPage } from "./watch.js";
import { beginHold } from "./declared/declared.js";

/** Another tab decides, the page comes back from the back/forward cache, or is looked at again. @param {Event} event */
const rereadThen = (event) => {
  if (/** @type {PageTransitionEvent} */ (event).persisted !== false) lookAgain();
};

/** The page may have changed what no event tells of. */
const lookAgain = () => {
  reread();
  guard("the banner", tend);
};

/** What must be heard from the first byte on. */
const listen = () => {
  listenToClicks();
  addEventListener("focusin", seeFocus, true);
  addEventListener("DOMContentLoaded", findAllRoots);
  for (const name of ["pageshow", "visibilitychange"]) addEventListener(name, rereadThen);
};

/** What can only come once the page has painted. */
const listenLater = () => {
  // Browsers open the session's storage for it.
  addEventListener("storage", rereadThen);
  listenToVisitor();
  listenToLibraries();
  addEventListener("toggle", stayOnTop, true);
  addEventListener("fullscreenchange", stand, true);
  if (WITH_BUTTON) listenForButton();
  // A frame's size may follow the window's. Browsers tell of that once a frame:
  // https://html.spec.whatwg.org/multipage/webappapis.html#update-the-rendering (the resize steps).
  if (WITH_PLACEHOLDERS) addEventListener("resize", refitAll);
};

/** Adds the listeners of the window that are not there: `document.open()` takes all of them away. */
const listenAgain = () => {
  listen();
  listenLater();
};

/** The page is seen, or about to be. */
const appear = () =>
  whenPainted(() => {
    listenLater();
    settleIn();
  });

const start = () => {
  readOwn();
  askAgain();
  onClick(receive);
  onGivenUp(tend);
  enter(look());
  if (WITH_DECLARED) guard("holding", beginHold);
  signal("default");
  publish();
  listen();
  watchPage(listenAgain);
  if (doc.prerendering) {
    doc.addEventListener("prerenderingchange", () => {
      beginSeen();
      appear();
    });
  } else {
    begin();
    appear();
  }
  if (/[?&]doui-audit/.test(location.search)) attempt(() => loadOwn("audit.js"));
  onCookies(isOfInterest, lookAgain);
};

if (given("doui")?.allows) warn("included twice");
else start();
