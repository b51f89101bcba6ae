// `window.doui` (doui.d.ts).

import { hideBanner, openSettings } from "./banner.js";
import { reset, save } from "./choose.js";
import { given } from "./document.js";
import { onChange, tell, when } from "./events.js";
import { watch } from "./roots.js";
import { attempt, bare, guard, warn } from "./safely.js";
import { paths } from "./shop.js";
import { allows, isKnown, state } from "./state.js";

/** @type {Doui} */
const doui = Object.freeze({
  get state() {
    return state;
  },
  allows: WITH_SERVICES
    ? (/** @type {string} */ name, /** @type {string | undefined} */ service) =>
        allows(service === undefined ? name : attempt(() => name + "/" + service))
    : allows,
  when,
  onChange,
  save: (/** @type {any} whatever a page gives */ choices) => {
    choices = bare(choices);
    for (const name in choices) {
      if (isKnown(name) && typeof choices[name] != "boolean") warn(name + " must be true or false");
      if (WITH_SERVICES && paths.includes(name) && !(name in (state.services || {}))) warn(name + " can't be refused alone");
    }
    return save((name) => choices[name], "api");
  },
  acceptAll: () => save(() => true, "api"),
  rejectAll: () => save(() => false, "api"),
  reset,
  open: openSettings,
  close: hideBanner,
  watch: (/** @type {ShadowRoot} */ root) => guard("watch", () => watch(root)),
});

/** Calls back each who waits, and says that all is there. */
export const publish = () => {
  Object.defineProperty(window, "doui", bare({ value: doui }));
  const early = given("douiOnReady");
  const greet = (/** @type {(doui: Doui) => void} */ callback) => {
    try {
      callback(doui);
    } catch (error) {
      reportError(error);
    }
  };
  window.douiOnReady = { push: (...callbacks) => callbacks.forEach(greet) };
  /** @type {any} a page may have put anything there */ (early)?.forEach?.(greet);
  tell("ready");
};
