// What Doui shows, in the page's language: built when first asked for, out of the reach of the page's styles.

import { doc } from "./document.js";
import { languageOf } from "./language.js";
import { claim } from "./own.js";
import { keys } from "./safely.js";
import { ids, paths, stamp } from "./shop.js";
import { dress, sheetOf } from "./sheets.js";
import { view } from "./state.js";
import { loadOwn } from "./trust.js";
import { textBefore, unpack } from "./unpack.js";

/** @type {string | undefined} */
let shown;
/** The language that the page wanted when that was found. @type {string | undefined} */
let wanted;
/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The text of each part as the build wrote it, by its name: what stands between two names, or a text with a gap. @type {Record<string, string>} */
export const forms = {};
/** The parts, by the name that the build gives them (`data-doui-part`), once they are built. @type {Record<string, any>} elements */
export const parts = {
  banner: 0,
  settings: 0,
  offer: 0,
  news: 0,
  placeholder: 0,
  asked: 0,
  frame: 0,
  purposes: 0,
  ...(WITH_BUTTON ? { button: 0 } : {}),
};

/** @type {(event: Event) => void} */
let receiver;

/** @param {typeof receiver} receive is told of clicks in what is shown */
export const onClick = (receive) => {
  receiver = receive;
};

/** The page's language, then the one chosen in, then the browser's, then the shop's first. */
const wantedLanguage = () =>
  languageOf(keys(stamp._words), [doc.documentElement.lang, view._decision?.lang, ...navigator.languages]);

/** Once something is shown, its own. */
export const shownLanguage = () => shown || wantedLanguage();

/** Whether the page wants another language than before: what is shown is to be built anew. */
export const hasTurned = () => {
  if (!wanted || wantedLanguage() == wanted) return false;
  shown = undefined;
  for (const name of keys(parts)) parts[name] = 0;
  return true;
};

/** The words of languages that lie in files of their own, on their way. @type {Record<string, Promise<void>>} */
const coming = {};

/**
 * Whether the parts can be built. If their words lie in a file of their own, `retry` is called once those are here, or the
 * first language has to do.
 * @param {() => void} retry
 */
export const hasKit = (retry) => {
  const lang = (shown = shown || (wanted = wantedLanguage()));
  const text = stamp._words[lang];
  if (WITH_LANGUAGES && !text) {
    coming[lang] =
      coming[lang] ||
      new Promise((arrive) => loadOwn(`doui.${lang}.js`, arrive))
        .catch(() => {})
        .then((event) => {
          stamp._words[lang] = event?.target.douiWords;
          if (!stamp._words[lang] && shown == lang) shown = keys(stamp._words)[0];
        });
    coming[lang].then(retry);
    return false;
  }
  return true;
};

const wordsShown = () => stamp._words[/** @type {string} */ (shown)];

/** Builds a part with what is in it, if it is not there: who only answers needs no settings. @param {string} name */
export const build = (name) => {
  if (parts[name]) return;
  const part = unpack(stamp._tree, wordsShown(), name);
  for (const node of [part, ...part.querySelectorAll("[data-doui-part]")]) {
    const named = node.getAttribute("data-doui-part") || "";
    parts[named] = node;
    forms[named] = node.textContent || "";
  }
};

/** What a visitor calls a purpose, or a service with its purpose. Nothing for what the shop does not have. @param {string} name @returns {string | undefined} */
export const labelOf = (name) =>
  WITH_SERVICES && paths.includes(name)
    ? textBefore(stamp._tree, wordsShown(), `<b^title=${name}>`)
    : ids.includes(name)
      ? textBefore(stamp._tree, wordsShown(), `^name=${name}^`)
      : undefined;

/** An element with a part in its shadow, now or later. @param {string} name @param {Element} [content] */
export const attach = (name, content) => {
  const host = doc.createElement(name);
  host.lang = /** @type {string} */ (shown);
  claim(host);
  const shadow = host.attachShadow({ mode: "open", delegatesFocus: name != "doui-placeholder" });
  sheet = sheet || sheetOf(stamp._css);
  dress(shadow, sheet, stamp._css);
  if (content) shadow.append(content);
  // Out of a closed shadow root of the page's the window is not told what was clicked.
  shadow.addEventListener("click", receiver);
  return host;
};
