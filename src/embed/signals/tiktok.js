// TikTok: a method, or before its snippet has made it, the method's name in the queue.

import { given } from "../document.js";

/** @param {string} command @param {string} ad_storage */
export const tellTikTok = (command, ad_storage) => {
  const queue = (window.ttq = given("ttq") || /** @type {any} a queue until the snippet gives it methods */ ([]));
  const name = (ad_storage == "granted" ? "grant" : command == "default" ? "hold" : "revoke") + "Consent";
  if (queue[name]) queue[name]();
  else queue.push([name]);
};
