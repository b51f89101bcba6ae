// Style sheets. They are adopted: a policy may forbid others, and frameworks that hydrate find no attribute and no element.

import { doc } from "./document.js";
import { attempt } from "./safely.js";
import { ownNonce } from "./trust.js";

const ADOPTED = "adoptedStyleSheets";

/** @param {string} text @returns {CSSStyleSheet | undefined} nothing in Safari before 16.4 and Firefox before 101 */
export const sheetOf = (text) =>
  attempt(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });

/** Has a document or a shadow root adopt a sheet, once. @param {Node} root @param {CSSStyleSheet} sheet */
const adopt = (root, sheet) => {
  // Markup can take the name.
  const kind = Object.getPrototypeOf(root);
  const adopted = [...Reflect.get(kind, ADOPTED, root)];
  if (!adopted.includes(sheet)) Reflect.set(kind, ADOPTED, [...adopted, sheet], root);
};

/** Dresses a shadow root of Doui's own. @param {ShadowRoot} root @param {CSSStyleSheet | undefined} sheet @param {string} text the sheet's */
export const dress = (root, sheet, text) => {
  if (sheet) return adopt(root, sheet);
  const style = doc.createElement("style");
  style.nonce = ownNonce();
  style.textContent = text;
  root.append(style);
};

/**
 * A frame follows its placeholder, and is hidden by that; to be measured it is not. Against what the page says the rule has
 * the weight of three ids.
 */
const HIDES =
  "doui-placeholder:not([hidden]):not(#a):not(#a):not(#a)+:is(iframe,embed){display:none!important}" +
  "doui-placeholder[hidden=line]+:is(iframe,embed){display:inline-block!important}";

/** What Doui says of the page's own elements. @type {CSSStyleSheet | undefined} */
let ofPage;
let heights = "";

/** What it says. */
const textOfPage = () => (WITH_PLACEHOLDERS ? HIDES : "") + `@media screen{:root{--doui-height:0px;${heights}}}`;

/** Tells a document or a shadow root of the page's how tall what floats is and which frames are hidden. Whether it can be told. @param {Node} [root] */
export const tellPage = (root = document) => {
  ofPage = ofPage || sheetOf(textOfPage());
  return attempt(() => {
    adopt(root, /** @type {CSSStyleSheet} */ (ofPage));
    return true;
  });
};

/** Tells the document again, if the page has dropped it. The first time the whole page gets its styles anew. */
export const tellPageAgain = () => {
  if (ofPage) tellPage();
};

/** @param {number} banner its height, in pixels: what is offered stands above it @param {number} offer */
export const tellHeights = (banner, offer) => {
  heights = `--doui-height:${banner + offer}px}doui-offer{--doui-below:${banner}px`;
  ofPage?.replaceSync(textOfPage());
  tellPage();
};
