// What a released script writes by `document.write`: it stands after the script, where a parser would have put it. Written
// plainly, it would be lost, or wipe the page.
// Source: https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document.write()

import { doc } from "./document.js";
import { attempt, guard } from "./safely.js";
import { trusted } from "./trust.js";

/**
 * @typedef {object} Writer
 * @property {Text} _end an empty text that stands where the next part comes
 * @property {Element} _held where the script stands
 * @property {string} _text what was written and is not in the page yet
 * @property {(script: HTMLScriptElement) => void} _run runs a script that was written
 */

/** The scripts that may write, each by the element that runs. @type {WeakMap<Element, Writer>} */
const writers = new WeakMap();
let isReady = false;

/** Puts what was written into the page, unless an element or a tag is still open that may go on. @param {Writer} writer @param {boolean} isEnd */
const put = (writer, isEnd) => {
  const template = doc.createElement("template");
  template.innerHTML = trusted().createHTML(writer._text + (isEnd ? "" : "<wbr>"));
  const { content } = template;
  /** @type {any} */
  const mark = content.lastChild;
  if (!isEnd) {
    if (mark?.localName != "wbr") return;
    mark.remove();
  }
  writer._text = "";
  // A template takes what is for browsers without scripts for elements, which fetch.
  if (WITH_DECLARED) for (const node of content.querySelectorAll("noscript")) node.remove();
  const scripts = content.querySelectorAll("script");
  if (!writer._end.isConnected) writer._held.after(writer._end);
  writer._end.before(content);
  for (const script of scripts) writer._run(script);
};

/** @param {HTMLScriptElement} script the element that is about to run @param {Element} held where it stands @param {Writer["_run"]} run */
export const expectWrites = (script, held, run) => {
  writers.set(script, { _held: held, _end: new Text(), _text: "", _run: run });
  if (isReady) return;
  isReady = true;
  for (const name of /** @type {const} */ (["write", "writeln"])) {
    const write = (/** @type {string[]} */ ...texts) => {
      const script = /** @type {HTMLScriptElement | null} */ (doc.currentScript);
      const writer = script && writers.get(script);
      if (!writer) return doc[name](...texts);
      writer._text += texts.join("") + (name == "write" ? "" : "\n");
      guard("what is written by " + (script.src || "an inline tag"), () => put(writer, false));
    };
    attempt(() => {
      document[name] = write;
    });
  }
};

/** A script is at its end: what is still open ends with it. @param {HTMLScriptElement} script */
export const finishWrites = (script) => {
  const writer = writers.get(script);
  if (writer?._text) guard("what was written", () => put(writer, true));
  writer?._end.remove();
};
