// The panel: it shows a report, folds, moves out of the way, and hands the report out.

import { doc } from "../document.js";
import { toText } from "../safely.js";
import { act, make } from "./elements.js";
import { reportOf } from "./report.js";
import { SECTIONS } from "./sections.js";
import { stamp } from "./shop.js";
import { fill, lang, words } from "./words.js";

/** @typedef {import("./report.js").Report} Report */

const HOST = "doui-audit";

export const isThere = () => !!doc.querySelector(HOST);

/** @param {string} json */
const download = (json) => {
  const address = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  const time = new Date().toISOString().slice(0, 19).replace(/\D/g, "");
  make("a", { href: address, download: `${HOST}-${location.hostname}-${time}.json` }).click();
  // The browser has taken hold of the data by then; it would otherwise be kept as long as the page.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

/** Opens the panel. Returns what shows in it how things stand now. @param {Doui} doui @param {() => void} onClose */
export const openPanel = (doui, onClose) => {
  const parts = /** @type {(keyof typeof SECTIONS)[]} */ (Object.keys(SECTIONS)).map((name) => ({
    _name: name,
    _body: make("div", {}),
  }));
  const summary = make("p", { class: "summary" });
  const news = make("p", { class: "news", role: "status" });
  const tell = (/** @type {string} */ text) => () => {
    news.textContent = text;
  };
  const toJson = () => toText(reportOf(doui.state), null, 2) + "\n";

  /** The report that is shown. @type {Report | undefined} */
  let shown;
  // What did not change is left alone, and with it what somebody selected.
  const update = () => {
    const report = reportOf(doui.state);
    for (const { _name, _body } of parts) {
      if (toText(shown?.[_name]) == toText(report[_name])) continue;
      _body.replaceChildren(.../** @type {Node[]} */ (SECTIONS[_name](report).filter(Boolean)));
    }
    shown = report;
    const { length: count } = report.findings;
    summary.textContent = fill([words.summaryNone, words.summaryOne][count] || words.summaryMany, { count });
    summary.classList.toggle("alert", !!count);
  };

  const content = make(
    "div",
    { class: "content", role: "group", "aria-label": words.content, tabindex: "0" },
    parts.map(({ _name, _body }) => make("section", { "data-part": _name }, make("h3", {}, words[_name]), _body)),
  );
  const save = act(words.save, () => {
    download(toJson());
    tell(words.saved)();
  });
  const copy = () => {
    navigator.clipboard.writeText(toJson()).then(tell(words.copied), tell(words.notCopied));
  };
  // Where the page is not served over https there is no clipboard.
  const foot = make("div", { class: "tools" }, save, navigator.clipboard && act(words.copy, copy), news);
  const move = act(words.toBottom, () => {
    move.textContent = panel.classList.toggle("low") ? words.toTop : words.toBottom;
  });
  const fold = act(words.fold, () => {
    content.hidden = foot.hidden = !content.hidden;
    fold.textContent = content.hidden ? words.unfold : words.fold;
  });
  const close = act(words.close, () => {
    onClose();
    host.remove();
  });
  const panel = make(
    "section",
    { class: "panel", "aria-labelledby": "title" },
    make(
      "div",
      { class: "head" },
      make("h2", { id: "title" }, words.title),
      summary,
      make("div", { class: "tools" }, move, fold, close),
    ),
    content,
    foot,
  );
  // A way out of the long list: it folds, and the focus stays at hand.
  panel.addEventListener("keydown", ({ key }) => {
    if (key == "Escape" && !content.hidden) {
      fold.click();
      fold.focus();
    }
  });

  const host = make(HOST, { lang });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(stamp._css);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(panel);
  update();
  doc.body.append(host);
  return update;
};
