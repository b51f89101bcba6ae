// Microsoft Advertising: each command is three entries of the queue.

import { given } from "../document.js";

/** @param {string} command @param {string} ad_storage */
export const tellUet = (command, ad_storage) => {
  const queue = (window.uetq = given("uetq") || []);
  queue.push("consent", command, { ad_storage });
};
