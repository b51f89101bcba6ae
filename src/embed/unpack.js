// What Doui shows, built from the tree of marks that crates/build/src/tree.rs packs: no markup sink, so that it works under
// Trusted Types.

import { doc } from "./document.js";

/** @param {string} tree @param {string} text the words of a language, each after their separator */
export const unpack = (tree, text) => {
  const [, ...words] = text.split(text[0]);
  const word = (/** @type {string} */ text) => (text == "$" ? /** @type {string} */ (words.shift()) : text);
  /** @type {any} */
  let at = doc.createDocumentFragment();
  for (const part of tree.split(/(?=[<>^~])/)) {
    const [name, value = ""] = part.slice(1).split("=");
    if (part[0] == "<") at = at.appendChild(doc.createElement(name));
    else if (part[0] == ">") at = at.parentNode;
    else if (part[0] == "~") at.append(word(name));
    else at.setAttribute(name, word(value));
  }
  return /** @type {DocumentFragment} */ (at);
};
