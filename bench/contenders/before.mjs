// Doui 0.1.0, as it was stamped for the bench's shop: the banner came in the page's own first frame.

import { readFileSync } from "node:fs";
import doui from "./doui.mjs";

export default {
  ...doui,
  name: "before",
  title: "Doui 0.1.0",
  files: () => ({ "doui.js": readFileSync(new URL("before/doui.js", import.meta.url)) }),
  first: `\n  <script src="/before/doui.js"></script>`,
};
