// vanilla-cookieconsent, as https://cookieconsent.orestbida.com/essential/getting-started.html installs it in a page:
// the style sheet in the head, the script and its configuration after it. Its scripts are marked with data-category.

import { shipped } from "../packages.mjs";
import { necessary, purposes, words } from "../purposes.mjs";

const section = ({ label, summary }, linkedCategory) => ({ title: label, description: summary, linkedCategory });

const config = {
  guiOptions: { consentModal: { layout: "bar", position: "bottom" } },
  categories: Object.fromEntries([["necessary", { enabled: true, readOnly: true }], ...purposes.map(({ id }) => [id, {}])]),
  language: {
    default: "ja",
    translations: {
      ja: {
        consentModal: {
          title: words.title,
          description: words.lead,
          acceptAllBtn: words.accept,
          acceptNecessaryBtn: words.reject,
          showPreferencesBtn: words.settings,
        },
        preferencesModal: {
          title: words.title,
          acceptAllBtn: words.accept,
          acceptNecessaryBtn: words.reject,
          savePreferencesBtn: words.save,
          closeIconLabel: words.close,
          sections: [section(necessary, "necessary"), ...purposes.map((purpose) => section(purpose, purpose.id))],
        },
      },
    },
  },
};

export default {
  name: "vanilla",
  title: "vanilla-cookieconsent",
  package: "vanilla-cookieconsent",
  files: () => ({
    "cookieconsent.css": shipped("vanilla-cookieconsent/dist/cookieconsent.css"),
    "cookieconsent.umd.js": shipped("vanilla-cookieconsent/dist/cookieconsent.umd.js"),
    "cookieconsent-config.js": `CookieConsent.run(${JSON.stringify(config)});`,
  }),
  head: `
  <link rel="stylesheet" href="/vanilla/cookieconsent.css">
  <script defer src="/vanilla/cookieconsent.umd.js"></script>
  <script defer src="/vanilla/cookieconsent-config.js"></script>`,
  tags: (tags) =>
    tags
      .map(({ purpose, src, text }) => `<script type="text/plain" data-category="${purpose}"${src ? ` data-src="${src}"` : ""}>${text ?? ""}</script>\n`)
      .join(""),
  button: (act) => document.querySelector(`#cc-main .cm [data-role=${act == "accept" ? "all" : "necessary"}]`),
  allows: () => CookieConsent.acceptedCategory,
  keeps: { time: true, revision: true },
};
