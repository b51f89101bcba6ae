// What Doui shows, built from the tree of marks that crates/build/src/tree.rs packs: no markup sink, so that it works under
// Trusted Types. Each part is built by itself, once it is needed.

import { doc } from "./document.js";

/** How many words come up to a place. @param {string} before the tree up to there */
const countWords = (before) => before.split("$").length - 1;

/** @param {string} tree @param {string} text the words of a language, each after their separator @param {string} name a part's */
export const unpack = (tree, text, name) => {
  const start = tree.lastIndexOf("!", tree.indexOf("^data-doui-part=" + name)) + 1;
  const words = text.split(text[0]).slice(countWords(tree.slice(0, start)) + 1);
  const word = (/** @type {string} */ text) => (text == "$" ? /** @type {string} */ (words.shift()) : text);
  /** @type {any} */
  let at = doc.createDocumentFragment();
  for (const part of tree.slice(start).split("!")[0].split(/(?=[<>^~])/)) {
    const [name, value = ""] = part.slice(1).split("=");
    if (part[0] == "<") at = at.appendChild(doc.createElement(name));
    else if (part[0] == ">") at = at.parentNode;
    else if (part[0] == "~") at.append(word(name));
    else at.setAttribute(name, word(value));
  }
  return /** @type {Element} */ (at.firstChild);
};

/** The last text before a mark, without building anything. @param {string} tree @param {string} text @param {string} mark */
export const textBefore = (tree, text, mark) => {
  const [before] = tree.split(mark);
  const [last] = before.slice(before.lastIndexOf("~") + 1).split(/[<>^]/);
  return last == "$" ? text.split(text[0])[countWords(before)] : last;
};
