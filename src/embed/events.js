// How the page hears of changes.

import { doc } from "./document.js";
import { allows, state } from "./state.js";

/** @param {"ready" | "change"} name @param {string[]} [changed] */
export const tell = (name, changed) =>
  doc.dispatchEvent(new CustomEvent("doui:" + name, { detail: { state, changed } }));

/** Listening through the document's event keeps a failing listener from stopping the others. @param {(state: DouiState, changed: string[]) => void} listener */
export const onChange = (listener) => {
  const relay = (/** @type {any} an event of ours */ event) => listener(state, event.detail.changed);
  doc.addEventListener("doui:change", relay);
  return () => doc.removeEventListener("doui:change", relay);
};

/** Those that wait, by name: a page that asks at each rendering waits once. @type {Map<unknown, Promise<DouiState>>} */
const awaited = new Map();

/** @param {unknown} name */
export const when = (name) => {
  const promise =
    awaited.get(name) ||
    new Promise((resolve) => {
      const check = () => {
        if (!allows(name)) return;
        stop();
        awaited.delete(name);
        resolve(state);
      };
      const stop = onChange(check);
      check();
    });
  if (!allows(name)) awaited.set(name, promise);
  return promise;
};
