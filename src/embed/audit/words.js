// What the panel says, in the page's language.

import { doc } from "../document.js";
import { languageOf } from "../language.js";
import { stamp } from "./shop.js";

/** @type {string} */
export let lang;
/** @type {AuditWords} */
export let words;

export const chooseLanguage = () => {
  lang = languageOf(Object.keys(stamp._words), [doc.documentElement.lang || navigator.language, "en"]);
  words = stamp._words[lang];
};

/** A text of the shop's: the stamp has it in each language of the panel. @param {Readonly<Record<string, string>>} text */
export const inWords = (text) => text[lang];

/** A text of Doui's with its gaps filled. @param {string} text @param {Record<string, unknown>} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
