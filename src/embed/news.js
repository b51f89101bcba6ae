// What an act has done, said to those who do not see it.

import { doc } from "./document.js";
import { attach, build, hasKit, parts } from "./kit.js";
import { isOwn } from "./own.js";
import { unkept } from "./state.js";
import { whenIdle } from "./time.js";

/** What can be said, in the order of crates/pages/src/news.rs. */
export const ALLOWED = 0;
export const REFUSED = 1;
export const CHOSEN = 2;
export const CLOSED = 3;
export const GRANTED = 4;
const UNKEPT = 5;

/** @type {HTMLElement | undefined} */
let region;
/** @type {string[]} */
let sayable;

const placeNews = () => {
  if ((region?.isConnected && parts.news) || !hasKit(placeNews)) return;
  region?.remove();
  parts.news = 0;
  build("news");
  sayable = [...parts.news.children].map((child) => child.textContent);
  parts.news.textContent = "";
  region = attach("doui-news", parts.news);
  // In a page that is hydrated whole the banner is the last.
  const { lastChild } = doc.body;
  doc.body.insertBefore(region, isOwn(lastChild) ? lastChild : null);
};

/**
 * Has the region stand in the page before there is anything to say: what comes together with its words is not spoken. A
 * framework that compares the page with what it rendered has had its turn by then.
 */
export const readyNews = () => whenIdle(placeNews);

/** Says a text, and what is offered beside it. @param {string} text */
export const sayText = (text) => {
  if (!region) return;
  const { offer } = parts;
  if (offer && !offer.parentNode?.host.hidden) text += " " + offer.firstChild.textContent;
  // The same words again would not be spoken: a space that nobody sees makes them others.
  parts.news.textContent = text + (parts.news.textContent == text ? "\u00a0" : "");
};

/** @param {number} what @param {string} [names] of what was allowed */
export const say = (what, names = "") => {
  if (region) sayText(sayable[unkept && what != CLOSED ? UNKEPT : what].replace("{list}", names));
};
