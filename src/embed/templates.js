// How the content of a held template comes and goes: copies of it, right after the template.

import { doc } from "./document.js";
import { warn } from "./safely.js";
import { isCode, runScript } from "./scripts.js";

/**
 * @param {HTMLTemplateElement} template @param {() => void} then called when no script is waited for any more
 * @returns {ChildNode[]} what stands in the page now
 */
export const openTemplate = (template, then) => {
  const content = doc.importNode(template.content, true);
  const scripts = content.querySelectorAll("script");
  const shown = [...content.childNodes];
  if (!shown[0]) warn("a template is empty, its children are no content: " + template.outerHTML.slice(0, 99));
  // In a document that runs nothing each script counts as started, in closed shadow roots too, and never runs by itself.
  doc.implementation.createHTMLDocument("").body.append(content);
  template.after(...shown);
  for (const script of scripts) if (isCode(script.type)) runScript(script, script.type, true, then);
  return shown;
};

/** What stands after a template that was copied while it was open: a copy of its content. @param {HTMLTemplateElement} template */
export const copiedContent = (template) => {
  /** @type {ChildNode | null} */
  let at = template;
  const copies = [];
  for (const part of template.content.childNodes) {
    at = at.nextSibling;
    if (!at || !part.isEqualNode(at)) return [];
    copies.push(at);
  }
  return copies;
};
