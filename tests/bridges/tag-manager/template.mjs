// A template of Google Tag Manager read into its sections.

import { readFileSync } from "node:fs";

/** The sections in the order of the editor's export. */
export const SECTIONS = [
  "TERMS_OF_SERVICE",
  "INFO",
  "TEMPLATE_PARAMETERS",
  "SANDBOXED_JS_FOR_WEB_TEMPLATE",
  "WEB_PERMISSIONS",
  "TESTS",
  "NOTES",
];

/** @param {string} file */
export const readTemplate = (file) => {
  const parts = readFileSync(file, "utf8").split(/^___([A-Z_]+)___\n\n/m).slice(1);
  const names = parts.filter((_, at) => at % 2 == 0);
  if (`${names}` != `${SECTIONS}`) throw Error(`${file}: the sections are ${names}, and not ${SECTIONS}`);
  return Object.fromEntries(names.map((name, at) => [name, parts[2 * at + 1]]));
};
