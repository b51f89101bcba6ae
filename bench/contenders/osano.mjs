// cookieconsent (Osano): the style sheet in the head, the script at the end of the body, as its wizard writes them. It keeps
// an answer and holds no tag back, so the tags stand in the page as they are.

import { shipped } from "../packages.mjs";
import { words } from "../purposes.mjs";

const config = {
  type: "opt-in",
  palette: { popup: { background: "#ffffff", text: "#222222" }, button: { background: "#00457c", text: "#ffffff" } },
  content: { message: words.lead, allow: words.accept, deny: words.reject, link: words.settings, href: "#" },
};

export default {
  name: "osano",
  title: "cookieconsent (Osano)",
  package: "cookieconsent",
  files: () => ({
    "cookieconsent.min.css": shipped("cookieconsent/build/cookieconsent.min.css"),
    "cookieconsent.min.js": shipped("cookieconsent/build/cookieconsent.min.js"),
    "init.js": `cookieconsent.initialise(${JSON.stringify(config)});`,
  }),
  head: `\n  <link rel="stylesheet" href="/osano/cookieconsent.min.css">`,
  body: `
  <script src="/osano/cookieconsent.min.js"></script>
  <script src="/osano/init.js"></script>`,
  tags: (tags) => tags.map(({ src, text }) => `<script${src ? ` src="${src}" async` : ""}>${text ?? ""}</script>\n`).join(""),
  button: (act) => document.querySelector(`.cc-window .cc-${act == "accept" ? "allow" : "deny"}`),
  keeps: { time: false, revision: false },
};
