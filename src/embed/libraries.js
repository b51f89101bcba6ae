// Libraries that copy the page, or make it like other markup, and tell of it.

import { keepsAttribute, putAllBack } from "./gates.js";

/** What tells that a library is about to copy the page, to show the copy later. */
const COPIES = ["turbo:before-cache", "turbolinks:before-cache", "htmx:beforeHistorySave", "livewire:navigating", "alpine:navigating"];

/** @param {any} event Turbo's, which asks before it changes an attribute */
const keepAttribute = (event) => {
  if (keepsAttribute(event.target, event.detail?.attributeName)) event.preventDefault();
};

export const listenToLibraries = () => {
  for (const name of COPIES) addEventListener(name, putAllBack, true);
  addEventListener("turbo:before-morph-attribute", keepAttribute, true);
};
