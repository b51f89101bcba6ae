// What the parser finds. A browser lets observers speak before it prepares a script, so that it can still be held; its file has
// been asked for by then.
// Source: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-incdata ("perform a microtask checkpoint").

import { doc } from "../document.js";
import { keptFor } from "../held.js";
import { isCode } from "../scripts.js";
import { closedText } from "./hosts.js";
import { holdArrival, holdPart, holdScript } from "./hold.js";

/** What is a text of a script's. It may be cut off by a mark within a comment: then the script runs, and what it inserts is held. */
const TEXTS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`/g;

/** What a script says that inserts what is held. */
const INSERTS = /createElement|\bImage\b|\bsrc\b|\bsrcdoc\b|\bhref\b|\bwrite(ln)?\b|\bimport\b(?!\s*\()|HTML\b/;

/** The condition of what an inline script loads, or nothing. @param {string} text */
const closedInline = (text) => {
  const need = closedText(text);
  return need && INSERTS.test(text.replace(TEXTS, "")) ? need : "";
};

/** @param {HTMLScriptElement} script */
const holdInline = (script) => {
  const need = isCode(script.type) && !script.hasAttribute("data-doui") && closedInline(script.text);
  if (need) holdScript(script, need, true);
};

/** Looks at an inline script as it grows: its end is no change. @param {HTMLScriptElement} script */
const watchInline = (script) => {
  holdInline(script);
  new MutationObserver((_, observer) => {
    if (doc.readyState != "loading" || keptFor(script)) observer.disconnect();
    else holdInline(script);
  }).observe(script, { childList: true, subtree: true, characterData: true });
};

/** Whether anything is to be held. */
let isExpecting = false;

/** @param {boolean} isNeeded */
export const expectParsed = (isNeeded) => {
  isExpecting = isNeeded;
};

/** Holds what arrived, before the gates look at it. @param {MutationRecord[]} records */
export const holdArrivals = (records) => {
  if (!isExpecting) return;
  const isParsing = doc.readyState == "loading";
  for (const { addedNodes } of records) {
    for (const node of addedNodes) {
      if (node.nodeType != 1) continue;
      const { localName } = /** @type {Element} */ (node);
      // A script that comes otherwise than by the parser and was not seen to be inserted has begun, or never runs.
      if (localName != "script") holdArrival(/** @type {Element} */ (node));
      else if (isParsing) {
        const script = /** @type {HTMLScriptElement} */ (node);
        if (script.hasAttribute("src")) holdPart(script, true);
        else watchInline(script);
      }
    }
  }
};
