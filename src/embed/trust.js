// What the page trusts: its own script tag, the nonce of its policy, Trusted Types.

import { doc } from "./document.js";
import { attempt, warn } from "./safely.js";

/** This script's own element: beside its file lie those that are loaded when they are needed. @type {HTMLScriptElement | null} */
let own;
/** Where its file lies. A `<base>` that comes later does not move it. @type {string | undefined} */
let home;

/** Must be called while the script runs. */
export const readOwn = () => {
  own = /** @type {HTMLScriptElement | null} */ (doc.currentScript);
  home = own?.src;
};

/** A page such as a checkout keeps the banner down: nobody is asked there, and what nobody decided is denied. */
export const isQuiet = () => own?.dataset.auto == "off";

const same = (/** @type {string} */ text) => text;
/** They pass only what the shop itself wrote into its page as a gated tag, and Doui's own files. @type {TrustedRules} */
const rules = { createScript: same, createScriptURL: same };
/** @type {TrustedRules} */
let policy;

/** The policy of Trusted Types, made when it is first needed; the rules alone where there is none. */
export const trusted = () =>
  (policy = policy || attempt(() => window.trustedTypes?.createPolicy("doui", rules)) || rules);

/** Runs a file of Doui's own folder. Whether it came or not, `arrive` is called. @param {string} name @param {(event: Event) => void} [arrive] */
export const loadOwn = (name, arrive) => {
  const script = doc.createElement("script");
  script.src = trusted().createScriptURL(new URL(name, home).href);
  script.nonce = own?.nonce;
  if (arrive) for (const type of ["load", "error"]) script.addEventListener(type, arrive);
  doc.documentElement.append(script);
};

/**
 * Whether the page's policy would run a script. Where doui.js has a nonce, a script needs the same one, as it would without
 * us. An attribute `nonce` stands before `data-doui`, and none has the beginning of another tag in it: markup that was left
 * open swallows what comes after it, the nonce of the page's next script too.
 * Source: https://www.w3.org/TR/CSP3/#is-element-nonceable.
 * @param {HTMLScriptElement} script
 */
export const isVouched = (script) => {
  const written = script.getAttributeNames().map((name) => name + "=" + script.getAttribute(name));
  const isFine =
    !own?.nonce ||
    own.dataset.nonceCheck == "off" ||
    (own.nonce == script.nonce && !/<s(cript|tyle)|(^|,)data-doui=(.*,)?nonce=/is.test(written.join()));
  if (!isFine) warn('held scripts need the nonce of doui.js, before data-doui: nonce="…" data-doui="…"');
  return isFine;
};
