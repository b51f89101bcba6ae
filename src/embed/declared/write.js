// `document.write` of what is to be held. Its markup goes to the parser, so it is changed as text.

import { trusted } from "../trust.js";
import { WRITTEN } from "./hold.js";
import { closedAddress, closedText, isSuspect } from "./hosts.js";
import { wrap } from "./wrap.js";

/** A tag, with its name and its attributes. */
const TAG = /<(script|img|iframe|embed|object|link|source|video|audio|track|input)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;

/** A tag that may go on in what is written next. */
const TAIL = /<(?:[a-z](?:"[^"]*"|'[^']*'|[^'">])*(?:"[^"]*|'[^']*)?)?$/i;

/** An address within a tag. */
const ADDRESS = /(\s|["'/])(src|srcset|srcdoc|href|data|poster|imagesrcset)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/gi;

/**
 * Markup with its tags held. Only names are changed and put in, and no mark that could end or begin anything: whatever the text
 * is a part of stays what it was.
 * @param {string} markup
 */
const marked = (markup) =>
  markup.replace(TAG, (tag, /** @type {string} */ name, /** @type {string} */ attributes) => {
    if (/\sdata-doui[\s=]/i.test(attributes)) return tag;
    let need = "";
    const isScript = /^s.r/i.test(name);
    let rest = attributes.replace(ADDRESS, (whole, before, attribute, equals, /** @type {string} */ value) => {
      const text = value.replace(/^["']|["']$/g, "");
      const closed = /src./i.test(attribute) ? closedText(text) : closedAddress(text);
      need = need || closed;
      if (!closed || isScript || /^srcdoc$/i.test(attribute)) return whole;
      return `${before}data-doui-${attribute}${equals}${value}`;
    });
    if (!need) return tag;
    if (isScript) rest = " type=text/plain" + rest.replace(/(\s)type(\s*=)/i, "$1data-type$2");
    return `<${name} data-doui=${need} ${WRITTEN}${rest}>`;
  });

/** The parser is given markup in parts, which may end within a tag. */
export const wrapWriting = () => {
  let tail = "";
  for (const name of ["write", "writeln"]) {
    wrap(Document, [name], "value", (native, self, args) => {
      if (self != document) return Reflect.apply(native, self, args);
      const text = tail + args.join("") + (name == "writeln" ? "\n" : "");
      const [end = ""] = TAIL.exec(text) || [];
      const isSame = !tail && !end;
      // Who has a policy of Trusted Types and allows none of Doui's writes what it trusts.
      const isForeign = typeof args[0] == "object" && typeof trusted().createHTML("") == "string";
      if (isForeign || (isSame && !isSuspect(text))) return Reflect.apply(native, self, args);
      tail = end;
      const put = (/** @type {string} */ markup) => Reflect.apply(native, self, [trusted().createHTML(markup)]);
      put(marked(text.slice(0, text.length - end.length)));
      // What nobody goes on with is written as it is.
      if (end) {
        queueMicrotask(() => {
          const left = tail;
          tail = "";
          if (left) put(left);
        });
      }
    });
  }
};
