// Doui, stamped for the bench's shop and installed as the README says: first in the head, without async or defer.

import { readFileSync } from "node:fs";
import { stamp } from "../stamp.mjs";

export default {
  name: "doui",
  title: "Doui",
  files: () => ({ "doui.js": readFileSync(`${stamp(new URL("../shop.json", import.meta.url).pathname, "shop")}/doui.js`) }),
  first: `\n  <script src="/doui/doui.js"></script>`,
  tags: (tags) =>
    tags
      .map(({ purpose, src, text }) => `<script type="text/plain" data-doui="${purpose}"${src ? ` src="${src}"` : ""}>${text ?? ""}</script>\n`)
      .join(""),
  button: (act) => document.querySelector("#doui-banner")?.shadowRoot.querySelector(`[data-doui-act=${act}]`),
  allows: () => doui.allows,
  keeps: { time: true, revision: true },
};
