// The least that a script first in <head> costs: the page with an empty one in Doui's place. It stands in the table twice, so
// that the table says how exact its figures are. Who has decided gets the same tags, which nobody holds.

const floor = (name, title) => ({
  name,
  title,
  folder: "floor",
  files: () => ({ "doui.js": "" }),
  first: `\n  <script src="/floor/doui.js"></script>`,
  tags: (tags, isDecided) =>
    tags
      .map(({ src, text }) => `<script ${isDecided ? "async" : `type="text/plain"`}${src ? ` src="${src}"` : ""}>${text ?? ""}</script>\n`)
      .join(""),
});

export const floors = [floor("floor", "floor"), floor("floor-again", "floor again")];
