// The least that a script first in <head> costs: the page with an empty one in Doui's place. It stands in the table twice, so
// that the table says how exact its figures are. Who has decided gets the same tags, which nobody holds.

import doui from "./doui.mjs";

const floor = (name, title, folder = "floor", script = () => "") => ({
  name,
  title,
  folder,
  files: () => ({ "doui.js": script() }),
  first: `\n  <script src="/${folder}/doui.js"></script>`,
  tags: (tags, isDecided) =>
    tags
      .map(({ src, text }) => `<script ${isDecided ? "async" : `type="text/plain"`}${src ? ` src="${src}"` : ""}>${text ?? ""}</script>\n`)
      .join(""),
});

export const floors = [floor("floor", "floor"), floor("floor-again", "floor again")];

/** The least that a manager of Doui's bytes costs: it reads what was chosen, and has all of `doui.js` in a comment. */
export const least = floor("least", "the least", "least", () => {
  const script = doui.files()["doui.js"].toString();
  return `document.cookie;localStorage.getItem("doui");/*${script.replaceAll("*/", "* /")}*/`;
});
