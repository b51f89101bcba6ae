// klaro, as its README installs it: a configuration and the script, both deferred. It has no Japanese of its own, so the
// build without translations, which is the smaller one, gets the shop's. One of its services stands for one purpose.

import { shipped } from "../packages.mjs";
import { purposes, words } from "../purposes.mjs";

const config = {
  version: 1,
  lang: "ja",
  acceptAll: true,
  mustConsent: false,
  disablePoweredBy: true,
  translations: {
    ja: {
      acceptAll: words.accept,
      acceptSelected: words.save,
      decline: words.reject,
      ok: words.accept,
      save: words.save,
      close: words.close,
      consentNotice: { description: words.lead, learnMore: words.settings },
      consentModal: { title: words.title, description: words.lead },
      purposeItem: { service: "件", services: "件" },
      service: { purpose: "目的", purposes: "目的", disableAll: { title: words.accept, description: words.lead } },
      ...Object.fromEntries(purposes.map(({ id, label, summary }) => [id, { title: label, description: summary }])),
      purposes: Object.fromEntries(purposes.map(({ id, label }) => [id, { title: label }])),
    },
  },
  services: purposes.map(({ id }) => ({ name: id, purposes: [id] })),
};

export default {
  name: "klaro",
  title: "klaro",
  package: "klaro",
  files: () => ({
    "klaro.js": shipped("klaro/dist/klaro-no-translations.js"),
    "config.js": `var klaroConfig = ${JSON.stringify(config)};`,
  }),
  head: `
  <script defer src="/klaro/config.js"></script>
  <script defer src="/klaro/klaro.js"></script>`,
  tags: (tags) =>
    tags
      .map(
        ({ purpose, src, text }) =>
          `<script type="text/plain" data-type="text/javascript" data-name="${purpose}"${src ? ` data-src="${src}"` : ""}>${text ?? ""}</script>\n`,
      )
      .join(""),
  button: (act) => document.querySelector(`#klaro .cookie-notice .${act == "accept" ? "cm-btn-success" : "cn-decline"}`),
  allows: () => {
    // The build without translations goes by its file's name.
    const manager = window["klaro-no-translations"].getManager();
    return (purpose) => manager.getConsent(purpose);
  },
  keeps: { time: false, revision: false },
};
