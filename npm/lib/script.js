// Held scripts that a component brings. The element is the page's, not the framework's: a script that has run cannot be taken
// back, so it stays where the component goes, and runs once on a page however often the component comes.

import { allows } from "../client.js";

/** The elements by what they load. @type {Map<string, HTMLScriptElement>} */
const elements = new Map();

/**
 * Inserts a held script into the head, if the page does not have it already.
 * @param {{ purpose: string, src?: string, text?: string, id?: string, nonce?: string, onLoad?: (event: Event) => void, onError?: (event: Event) => void, attributes?: Record<string, string | boolean | undefined> }} script
 * @returns takes it out again, if it was never allowed
 */
export const insertScript = ({ purpose, src, text, id, nonce, onLoad, onError, attributes = {} }) => {
  const key = id ?? src ?? text ?? "";
  let element = elements.get(key);
  if (!element?.isConnected) {
    element = document.createElement("script");
    element.type = "text/plain";
    // Under a policy of nonces all scripts have the same one, doui.js first. Before `data-doui`, as in markup.
    element.nonce = nonce ?? document.querySelector("script[nonce]")?.nonce ?? "";
    if (id) element.id = id;
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) element.setAttribute(name == "type" ? "data-type" : name, value === true ? "" : value);
    }
    if (src) element.setAttribute("data-doui-src", src);
    // Not `textContent`, which Trusted Types close.
    else element.append(text ?? "");
    element.setAttribute("data-doui", purpose);
    if (onLoad) element.addEventListener("load", onLoad);
    if (onError) element.addEventListener("error", onError);
    document.head.append(element);
    elements.set(key, element);
  }
  return () => {
    const isOpen = purpose.split(" ").every((part) => (part[0] == "!" ? !allows(part.slice(1)) : allows(part)));
    if (isOpen) return;
    element.remove();
    if (elements.get(key) == element) elements.delete(key);
  };
};
