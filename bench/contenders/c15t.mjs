// c15t's core for pages without a framework, bundled by esbuild as a shop would. It has no interface of its own: the banner
// and its dialog are after the example of its documentation (frameworks/javascript/building-ui). It runs offline, which is
// its mode without a server; with one, it asks that before it shows anything. Scripts are given to its script loader.

import { buildSync } from "esbuild";
import { fileURLToPath } from "node:url";
import { necessary, purposes, words } from "../purposes.mjs";

/** Its categories are fixed; these are the nearest. */
const CATEGORIES = { auth: "functionality", ads: "marketing", traffic: "measurement", affiliate: "experience" };

const row = ({ id, label, summary }) => `<label><input type="checkbox" ${id ? `name="${CATEGORIES[id]}"` : "checked disabled"}> <b>${label}</b> ${summary}</label>`;
const markup = `<h2>${words.title}</h2><p>${words.lead}</p>
<div id="c15t-choices" hidden>${[necessary, ...purposes].map(row).join("")}<button id="c15t-save">${words.save}</button></div>
<button id="c15t-accept">${words.accept}</button> <button id="c15t-reject">${words.reject}</button> <button id="c15t-settings">${words.settings}</button>`;

const style = `#c15t-banner{position:fixed;inset:auto 0 0;padding:1rem;background:#fff;color:#222;box-shadow:0 0 1rem #0004;z-index:9}
#c15t-banner button{padding:.6rem 1rem;border:0;border-radius:4px;background:#00457c;color:#fff;font:inherit}#c15t-banner label{display:block;padding:.3rem 0}`;

const entry = `
import { getOrCreateConsentRuntime } from "c15t";
const { consentStore } = getOrCreateConsentRuntime({
  mode: "offline",
  consentCategories: ${JSON.stringify(["necessary", ...Object.values(CATEGORIES)])},
  scripts: window.shopTags.map(([category, src, textContent], at) => ({ id: "tag-" + at, category, src, textContent })),
});
window.shopStore = consentStore;
const banner = document.createElement("div");
banner.id = "c15t-banner";
banner.setAttribute("role", "dialog");
banner.setAttribute("aria-label", ${JSON.stringify(words.title)});
banner.innerHTML = ${JSON.stringify(markup)};
banner.hidden = true;
document.body.append(banner);
const on = (id, action) => banner.querySelector(id).addEventListener("click", action);
on("#c15t-accept", () => consentStore.getState().saveConsents("all"));
on("#c15t-reject", () => consentStore.getState().saveConsents("necessary"));
on("#c15t-settings", () => consentStore.getState().setActiveUI("dialog"));
on("#c15t-save", () => {
  for (const { name, checked } of banner.querySelectorAll("[name]")) consentStore.getState().setSelectedConsent(name, checked);
  consentStore.getState().saveConsents("custom");
});
const show = ({ activeUI }) => {
  banner.hidden = activeUI == "none";
  banner.querySelector("#c15t-choices").hidden = activeUI != "dialog";
};
show(consentStore.getState());
consentStore.subscribe(show);
`;

const bundle = () =>
  buildSync({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  }).outputFiles[0].text;

export default {
  name: "c15t",
  title: "c15t (core)",
  package: "c15t",
  files: () => ({ "shop.js": bundle(), "shop.css": style }),
  head: `\n  <link rel="stylesheet" href="/c15t/shop.css">\n  <script defer src="/c15t/shop.js"></script>`,
  tags: (tags) =>
    `<script>var shopTags = ${JSON.stringify(tags.map(({ purpose, src, text }) => [CATEGORIES[purpose], src, text]))};</script>\n`,
  button: (act) => document.querySelector(`#c15t-${act}`),
  allows: () => {
    const category = { auth: "functionality", ads: "marketing", traffic: "measurement", affiliate: "experience" };
    return (purpose) => shopStore.getState().has(category[purpose]);
  },
  // Of its policy it keeps a fingerprint.
  keeps: { time: true, revision: true },
};
