// What the shop's own endpoint is told: that the banner was seen, and how it was answered. Each once at most on a page, and
// nothing of who it was. src/report.rs is the same for the preference centre.

import { doc } from "./document.js";
import { shownLanguage } from "./kit.js";
import { attempt, warn } from "./safely.js";
import { ids, stamp } from "./shop.js";
import { state, view } from "./state.js";
import { isQuiet, ownPage } from "./trust.js";

/** @typedef {import("./grammar.js").Decision} Decision */

/** What was told. @type {Set<string>} */
const toldOf = new Set();

/** The class of the page that the shop names on the script tag. It is never made of the address. */
const pageClass = () => {
  const name = ownPage();
  if (!name) return "";
  if (/^[a-z][a-z0-9-]{0,23}$/.test(name)) return "&p=" + name;
  warn("data-page must be like [a-z][a-z0-9-]{0,23}");
  return "";
};

/** Tells once of an event. What becomes of it changes nothing here. @param {string} event @param {string} [more] */
const report = (event, more = "") => {
  const { _url, _heeds } = stamp._report;
  if (toldOf.has(event) || doc.prerendering || isQuiet() || (_heeds && view._gpc)) return;
  toldOf.add(event);
  attempt(() => {
    const width = matchMedia("(max-width:40em)").matches ? "narrow" : "wide";
    const query = `?e=${event}${more}&rev=${stamp._revision}&lang=${shownLanguage()}&w=${width}${pageClass()}`;
    // A `<base>` of the page's is not to lead it elsewhere, nor is the endpoint.
    fetch(new URL(_url, location.href).href + query, {
      method: "POST",
      mode: "same-origin",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      keepalive: true,
    }).catch(() => {});
  });
};

const reportSeen = () => report("shown");

/** Tells that the banner asks, as soon as it is seen: not in a tab in the background, nor below the fold. @param {Element} host */
export const reportShown = (host) => {
  if (state.decided || toldOf.has("shown")) return;
  attempt(() =>
    new IntersectionObserver((entries, observer) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      // The frame in question is the page's first where the shop has a place for the banner.
      if (!state.decided) setTimeout(reportSeen);
    }).observe(host),
  );
};

/** Tells how who was asked has answered. @param {string} door @param {Decision} decision */
export const reportAnswered = (door, { choices }) => {
  // What was answered was seen, even if no frame has told of that yet.
  if (door != "api") reportSeen();
  const answers = Object.values(choices);
  const is = (/** @type {boolean} */ allowed) =>
    ids.every((id) => choices[id] === allowed) && answers.every((answer) => answer == allowed);
  const act = is(true) ? "all" : is(false) ? "refused" : "chosen";
  const tokens = ids.filter((id) => id in choices).map((id) => id + (choices[id] ? 1 : 0));
  report("answered", `&by=${door}&act=${act}&c=${tokens.join(".")}`);
};
