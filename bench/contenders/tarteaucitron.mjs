// tarteaucitron, as its README installs it: the script, then its init, in the head. It then fetches its style sheet, its
// words and its services itself. A service of the shop's own stands for each purpose, and its code adds the tags.

import { shipped } from "../packages.mjs";
import { purposes, words } from "../purposes.mjs";

const TYPES = { auth: "other", ads: "ads", traffic: "analytic", affiliate: "api" };

const options = {
  privacyUrl: "",
  orientation: "bottom",
  showIcon: false,
  groupServices: false,
  googleConsentMode: false,
  bingConsentMode: false,
  pianoConsentMode: false,
  removeCredit: true,
};

const init = `
var tarteaucitronForceLanguage = "ja";
var tarteaucitronCustomText = ${JSON.stringify({ alertBigPrivacy: words.lead, acceptAll: words.accept, denyAll: words.reject, personalize: words.settings })};
tarteaucitron.init(${JSON.stringify(options)});
tarteaucitron.job = tarteaucitron.job || [];
for (const [id, name, type] of ${JSON.stringify(purposes.map(({ id, label }) => [id, label, TYPES[id]]))}) {
  tarteaucitron.services[id] = {
    key: id, type, name, needConsent: true, cookies: [],
    js: () => {
      for (const [purpose, src, text] of window.shopTags) {
        if (purpose != id) continue;
        const script = document.createElement("script");
        if (src) script.src = src;
        else script.text = text;
        document.head.append(script);
      }
    },
  };
  tarteaucitron.job.push(id);
}`;

export default {
  name: "tarteaucitron",
  title: "tarteaucitron",
  package: "tarteaucitronjs",
  files: () =>
    Object.fromEntries([
      ...["tarteaucitron.min.js", "tarteaucitron.services.min.js", "lang/tarteaucitron.ja.min.js", "css/tarteaucitron.min.css"].map(
        (path) => [path, shipped(`tarteaucitronjs/${path}`)],
      ),
      ["init.js", init],
    ]),
  head: `
  <script src="/tarteaucitron/tarteaucitron.min.js"></script>
  <script src="/tarteaucitron/init.js"></script>`,
  tags: (tags) => `<script>var shopTags = ${JSON.stringify(tags.map(({ purpose, src, text }) => [purpose, src, text]))};</script>\n`,
  button: (act) => document.querySelector(act == "accept" ? "#tarteaucitronPersonalize2" : "#tarteaucitronAllDenied2"),
  // Its buttons take clicks half a second after they show.
  ready: () => new Promise((resolve) => setTimeout(resolve, 600)),
  allows: () => (purpose) => tarteaucitron.state[purpose] === true,
  keeps: { time: false, revision: false },
};
