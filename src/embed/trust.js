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

/** What the shop calls pages such as this one. */
export const ownPage = () => own?.dataset.page;

/** Whether the page says that a framework hydrates all of it. */
export const isToldToHydrate = () => !!own?.hasAttribute("data-hydrates");

export const ownNonce = () => own?.nonce;

const same = (/** @type {string} */ text) => text;
/** They pass only what the shop itself wrote into its page as a gated tag, what such a tag writes, and Doui's own files. @type {TrustedRules} */
const rules = { createHTML: same, createScript: same, createScriptURL: same };
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
  // Frameworks that hydrate overlook what they do not know at the end of <head>.
  (doc.head || doc.documentElement).append(script);
};

/** Whether the page leaves alone what nobody marked. */
export const isToldToLeave = () => own?.dataset.hold == "marked";

/** Whether an address is one of Doui's own files. @param {string} address */
export const isOwnFile = (address) => !!home && address.startsWith(new URL(".", home).href);

/** Scripts that nobody marked, and that the page's policy would have run. @type {WeakSet<Element>} */
const sure = new WeakSet();

/**
 * A script is about to be held that the browser would have run. One that a script inserted it judges again when it is released.
 * For one that markup brought, it would have asked for a nonce that no markup left open had swallowed.
 * Source: https://w3c.github.io/webappsec-csp/#is-element-nonceable
 * @param {HTMLScriptElement} script @param {boolean} isParsed
 */
export const vouchFor = (script, isParsed) => {
  const attributes = [...script.attributes].map(({ name, value }) => name + " " + value);
  if (!isParsed || (script.nonce == own?.nonce && !/<(script|style)/i.test(attributes.join()))) sure.add(script);
};

/** Whether it was said that a nonce is missing: once is enough. */
let isSaid = false;

/** Whether the page's policy knows its scripts by a nonce, and held ones need it. */
const needsNonce = () => own?.nonce && own.dataset.nonceCheck != "off";

/**
 * Whether the page's policy would run a script. Where doui.js has a nonce, a script needs the same one, as it would without
 * us. An attribute `nonce` stands before its condition and its address: markup that was left open swallows what comes after
 * it, the nonce of the page's next script too, but nothing that comes before it.
 * @param {HTMLScriptElement} script
 */
export const isVouched = (script) => {
  const isFine = !needsNonce() || (WITH_DECLARED && sure.has(script)) || (own?.nonce == script.nonce && !/(doui|src|href).*nonce/.test(script.getAttributeNames().join()));
  if (!isFine && !isSaid) warn('held scripts need the nonce of doui.js, before data-doui and src: nonce="…" data-doui="…"');
  isSaid = isSaid || !isFine;
  return isFine;
};
