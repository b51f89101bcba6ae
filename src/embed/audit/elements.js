// The elements that the panel is made of. What the page says is only ever their text: no markup sink, and no inline style,
// so that the panel shows under a strict policy with Trusted Types.

import { doc } from "../document.js";
import { fill, words } from "./words.js";

/** @typedef {Node | string | false | null | undefined} Part what is nothing is left out */

/** The most rows that a table shows. The export has all. */
const ROWS = 200;

/** @param {string} name @param {Record<string, string>} attributes @param {...(Part | Part[])} parts */
export const make = (name, attributes, ...parts) => {
  const made = doc.createElement(name);
  for (const attribute in attributes) made.setAttribute(attribute, attributes[attribute]);
  made.append(.../** @type {(Node | string)[]} */ (parts.flat().filter(Boolean)));
  return made;
};

/** @param {string} text @param {() => void} action */
export const act = (text, action) => {
  const button = make("button", { type: "button" }, text);
  button.addEventListener("click", action);
  return button;
};

/** @param {string} text */
export const code = (text) => make("code", {}, text);

/** @param {string} text */
export const line = (text, kind = "") => make("p", { class: kind }, text);

/** @param {string} text */
export const subject = (text) => make("span", { class: "subject" }, text);

/**
 * The first of many, and how many more there are.
 * @template T
 * @param {readonly T[]} many @param {(one: T) => Node} show @returns {[Node[], Part]}
 */
export const first = (many, show) => [
  many.slice(0, ROWS).map(show),
  many.length > ROWS && line(fill(words.more, { count: many.length - ROWS }), "quiet"),
];

/**
 * A table that keeps its meaning where the style sheet lays its rows out as a list: hence the roles.
 * @param {string} caption @param {readonly string[]} columns @param {(Part | Part[])[][]} rows
 * @returns {Part[]}
 */
export const table = (caption, columns, rows) => {
  const header = (/** @type {string} */ text) => make("th", { scope: "col", role: "columnheader" }, text);
  const [shown, more] = first(rows, ([head, ...rest]) =>
    make(
      "tr",
      { role: "row" },
      make("th", { scope: "row", role: "rowheader" }, head),
      rest.map((cell, at) => make("td", { role: "cell", "data-column": columns[at + 1] }, cell)),
    ),
  );
  return [
    make(
      "table",
      { role: "table" },
      make("caption", {}, caption),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, columns.map(header))),
      make("tbody", { role: "rowgroup" }, shown),
    ),
    more,
  ];
};
