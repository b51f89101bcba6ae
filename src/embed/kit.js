// What Doui shows, in the page's language: built when first asked for, out of the reach of the page's styles.

import { doc } from "./document.js";
import { languageOf } from "./language.js";
import { claim } from "./own.js";
import { keys } from "./safely.js";
import { ids, paths, purposeOf, stamp } from "./shop.js";
import { view } from "./state.js";
import { loadOwn } from "./trust.js";
import { unpack } from "./unpack.js";

/** @type {string | undefined} */
let shown;
/** @type {CSSStyleSheet} */
let sheet;

/** The parts, by the name that the build gives them (`data-doui-part`), once they are built. @type {Record<string, any>} elements */
export const parts = { banner: 0, offer: 0, placeholder: 0, asked: 0, frame: 0, purposes: 0 };
/** What is left of the kit when its parts are in use: the services' names. @type {DocumentFragment} */
let kit;

/** @type {Record<string, (host: HTMLElement, event: Event) => void>} */
let handlers;

/** @param {typeof handlers} acts what each button does, by `data-doui-act` */
export const onAct = (acts) => {
  handlers = acts;
};

/** The page's language, then the one chosen in, then the browser's, then the shop's first; once something is shown, its own. */
export const shownLanguage = () =>
  shown ||
  languageOf(keys(stamp._words), [doc.documentElement.lang, view._decision?.lang, ...navigator.languages]);

/** The words of a language that lies in a file of its own, on their way. @type {Promise<void>} */
let coming;

/**
 * Whether the parts are there. If their words lie in a file of their own, `retry` is called once those are here, or the
 * first language has to do.
 * @param {() => void} retry
 */
export const hasKit = (retry) => {
  if (kit) return true;
  const lang = (shown = shownLanguage());
  const text = stamp._words[lang];
  if (WITH_LANGUAGES && !text) {
    coming =
      coming ||
      new Promise((arrive) => loadOwn(`doui.${lang}.js`, arrive))
        .catch(() => {})
        .then((event) => {
          stamp._words[lang] = event?.target.douiWords;
          if (!stamp._words[lang]) shown = keys(stamp._words)[0];
        });
    coming.then(retry);
    return false;
  }
  sheet = new CSSStyleSheet();
  sheet.replaceSync(stamp._css);
  kit = unpack(stamp._tree, text);
  for (const name of keys(parts)) parts[name] = kit.querySelector(`[data-doui-part=${name}]`);
  return true;
};

/** What a visitor calls a purpose, or a service with its purpose. Nothing for what the shop does not have. @param {string} name @returns {string | undefined} */
export const labelOf = (name) =>
  WITH_SERVICES && paths.includes(name)
    ? `${labelOf(purposeOf(name))} · ${kit.querySelector(`[title="${name}"]`)?.textContent}`
    : ids.includes(name)
      ? parts.banner.querySelector(`[name=${name}]`).parentNode.textContent
      : undefined;

/** An element with a part in its shadow. @param {string} name @param {Element} content */
export const attach = (name, content) => {
  const host = doc.createElement(name);
  host.lang = /** @type {string} */ (shown);
  claim(host);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(content);
  shadow.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-doui-act]");
    if (button) handlers[/** @type {HTMLElement} */ (button).dataset.douiAct || ""](host, event);
  });
  return host;
};
