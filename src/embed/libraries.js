// Libraries that copy the page, or make it like other markup, and tell of it.

import { doc } from "./document.js";
import { keepsAttribute, putAllBack } from "./gates.js";
import { isOwn } from "./own.js";

/** What tells that a library is about to copy the page, to show the copy later. */
const COPIES = ["turbo:before-cache", "turbolinks:before-cache", "htmx:beforeHistorySave", "livewire:navigating", "alpine:navigating"];

/** Has the page stand as the server sent it. What is Doui's own is back in the same task: the observer sees it leave. */
const undress = () => {
  putAllBack();
  const all = "doui-banner,doui-offer,doui-news,doui-placeholder" + (WITH_BUTTON ? ",doui-button" : "");
  for (const node of doc.querySelectorAll(all)) if (isOwn(node)) node.remove();
};

/** @param {any} event Turbo's, which asks before it changes an attribute */
const keepAttribute = (event) => {
  if (keepsAttribute(event.target, event.detail?.attributeName)) event.preventDefault();
};

export const listenToLibraries = () => {
  for (const name of COPIES) addEventListener(name, undress, true);
  addEventListener("turbo:before-morph-attribute", keepAttribute, true);
};
