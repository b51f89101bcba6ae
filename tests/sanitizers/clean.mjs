// Cleans markup as shops' servers do: reads a JSON list of markups, and writes, for each way to clean, the list of results.
import { readFileSync } from "node:fs";
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";
import sanitizeHtml from "sanitize-html";

const { sanitize } = createDOMPurify(new JSDOM("").window);

// What shops let pass that show pictures, films and what they call "data attributes".
const wide = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, "img", "iframe", "video", "audio", "source", "template", "form", "input"],
  allowedAttributes: { "*": ["id", "name", "class", "title", "style", "data-*"], a: ["href"], img: ["src", "alt"], iframe: [] },
};

const ways = {
  "DOMPurify in jsdom": (markup) => sanitize(markup),
  "sanitize-html": (markup) => sanitizeHtml(markup),
  "sanitize-html, wide": (markup) => sanitizeHtml(markup, wide),
};

const markups = JSON.parse(readFileSync(0, "utf8"));
const results = Object.entries(ways).map(([name, clean]) => [name, markups.map(clean)]);
process.stdout.write(JSON.stringify(Object.fromEntries(results)));
