// The tags of HTML and of templates, with their places. What is code in a template is covered, so that it is part of the text
// around it and of nothing else.

/**
 * @typedef {{ name: string, value: string, at: number, valueAt: number, end: number }} Attribute
 * @typedef {{ name: string, attributes: Attribute[], at: number, nameEnd: number, text: string, within: string }} Tag
 */

/**
 * The code of PHP, whose texts and comments may have its end in them, of ERB, EJS and JSP, of Twig, Liquid, Jinja, Handlebars and
 * Blade.
 */
const CODE =
  /<\?(?:[^'"/#?<]+|'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|\/\*[^]*?\*\/|(?:\/\/|#)(?:(?!\?>).)*|<<<\s*(["']?)(\w+)\1\r?\n[^]*?\n\s*\2\b|[^])*?(?:\?>|$)|@php\b(?!\s*\()[^]*?@endphp\b|\{%-?\s*comment\b[^]*?\bendcomment\s*-?%\}|<%[^]*?%>|\{\{--[^]*?--\}\}|\{\{[^]*?\}\}|\{%[^]*?%\}|\{!![^]*?!!\}|\{#[^]*?#\}/g;

/** What covers it. */
const COVER = "\uE000";

/** An attribute, by https://html.spec.whatwg.org/multipage/syntax.html#attributes-2. */
const ATTRIBUTE = /([^\s"'<>/=]+)(\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?/g;

/** A comment, or a tag that begins or ends. */
const MARKUP = /<!--(?:-?>|[^]*?(?:--!?>|$))|<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;

/** What has a text in it, and no tags. */
const RAW = /^(script|style|textarea|title|xmp)$/;

/** @param {string} text */
const attributesOf = (text, at) =>
  [...text.matchAll(ATTRIBUTE)].map((found) => {
    const [whole, name, after, quoted] = found;
    const start = at + found.index;
    const isQuoted = /^["']/.test(quoted ?? "");
    return {
      name: name.toLowerCase(),
      value: quoted === undefined ? "" : isQuoted ? quoted.slice(1, -1) : quoted,
      at: start,
      valueAt: after === undefined ? -1 : start + whole.length - quoted.length + (isQuoted ? 1 : 0),
      end: start + whole.length,
    };
  });

/** @param {string} text */
export const tagsOf = (text) => {
  /** @type {{ at: number, text: string }[]} */
  const code = [];
  const covered = text.replace(CODE, (part, _quote, _end, at) => {
    code.push({ at, text: part });
    return COVER.repeat(part.length);
  });
  /** @type {Tag[]} */
  const tags = [];
  const markup = new RegExp(MARKUP);
  let noscript = 0;
  for (let found; (found = markup.exec(covered)); ) {
    const [whole, isEnd, given = "", rest = ""] = found;
    const name = given.toLowerCase();
    if (name == "noscript") noscript += isEnd ? -1 : 1;
    if (!name || isEnd) continue;
    const nameEnd = found.index + 1 + given.length;
    let content = "";
    if (RAW.test(name)) {
      const end = new RegExp(`</${name}(?=[\\s/>])|$`, "ig");
      end.lastIndex = markup.lastIndex;
      const close = end.exec(covered);
      content = covered.slice(found.index + whole.length, close?.index);
      markup.lastIndex = close?.index ?? covered.length;
    }
    tags.push({ name, attributes: attributesOf(rest, nameEnd), at: found.index, nameEnd, text: content, within: noscript > 0 ? "noscript" : "" });
  }
  return { tags, code };
};
