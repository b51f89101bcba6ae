// The banner: where it stands, when it shows, what of it shows.

import { OFF, doc } from "./document.js";
import { float, leaveRoom, raise } from "./float.js";
import { attach, build, forms, hasKit, labelOf, parts } from "./kit.js";
import { CHOSEN, CLOSED, readyNews, say, sayText } from "./news.js";
import { reportShown } from "./report.js";
import { attempt, keys } from "./safely.js";
import { state, unkept, view } from "./state.js";
import { isQuiet } from "./trust.js";

/** @type {HTMLElement | undefined} */
export let host;
/** Whether it is to be seen. */
export let isShown = false;
/** Whether the settings are open. */
export let isOpen = false;
/** Whether the visitor put it away, or this page asks nobody. */
export let isDismissed = false;

/** What had the focus before. @type {HTMLElement | undefined} */
let cameFrom;
/** What was in full screen when the settings were opened. @type {Element | null | undefined} */
let openedOver;

/** Is told when the banner comes or goes. @type {() => void} */
let turned = () => {};

/** @param {typeof turned} action */
export const onTurn = (action) => {
  turned = action;
};

/** The Doui that asks the visitor of this page, if that is in a frame of it. @returns {Doui | undefined} */
export const asker = () => {
  /** @type {Doui | undefined} */
  let found;
  for (let at = /** @type {Window} */ (window); at != at.parent; ) {
    at = at.parent;
    // Of another origin it tells nothing.
    found = attempt(() => (typeof at.doui.open == "function" ? at.doui : found)) || found;
  }
  return found;
};

/** What a purpose's switch says, or a service's; nothing where it has none. @param {string} name */
export const switched = (name) => parts.settings.querySelector(`[name="${name}"]`)?.checked;

/** Whether a switch is on. A service's tells whether it is refused alone: it is not with its purpose. @param {string} name */
const isOn = (name) =>
  WITH_SERVICES && name.includes("/") ? view._decision?.choices[name.split("/")[1]] !== false : view._standings[name];

/** Sets the switches to what holds: as the settings open, and after a decision. In between they are the visitor's. */
const setSwitches = () => {
  if (parts.settings) for (const input of parts.settings.querySelectorAll("input")) input.checked = isOn(input.name);
};

/** Builds the settings: few visitors open them. */
const addSettings = () => {
  if (parts.settings) return;
  build("settings");
  parts.banner.lastChild.before(parts.settings);
  setSwitches();
};

/** Sets which parts show. */
const refresh = () => {
  const asked = keys(view._asked);
  const held = asked.filter((name) => view._asked[name]);
  // What the browser's signal alone holds is named in the note on it.
  const isNews = held.length < asked.length;
  /** @type {Record<string, unknown>} */
  const flags = {
    expired: !unkept && view._isExpired,
    all: !unkept && isNews && !view._isPartial,
    some: isNews && view._isPartial,
    decided: !unkept && !asked[0],
    open: isOpen,
    closed: !isOpen,
    unkept,
    gpc: view._isHeeded,
    conflict: held[0],
  };
  parts.asked.textContent = isNews ? asked.map(labelOf).join(forms.asked) : "";
  for (const node of parts.banner.querySelectorAll("[data-doui-when]")) node.hidden = !flags[node.dataset.douiWhen];
};

/** Where the shop wants the banner: in an element that is no copy of its host, and that the page has not made inert. */
const PLACE = `doui-banner:not(#doui-banner,${OFF} *,[inert] *)`;

/** Has the banner stand where it belongs. A film in full screen is not covered, but by settings that were opened over it. */
export const stand = () => {
  if (!isShown || !host) return;
  const film = doc.fullscreenElement;
  const wasHidden = host.hidden;
  host.hidden = !!film && film != openedOver && !film.contains(host);
  const isMoved = float(host, doc.querySelector(PLACE), host.hidden ? null : film);
  // What came to the top layer meanwhile is above it.
  if (wasHidden && !host.hidden && !isMoved) raise(host);
};

const make = () => {
  const made = attach("doui-banner");
  made.id = "doui-banner";
  leaveRoom(made);
  return made;
};

/** Shows the banner as soon as there is a body to show it in. */
const showBanner = () => {
  const isNew = !isShown;
  isShown = true;
  if (WITH_BUTTON) turned();
  const isThere = doc.body && hasKit(() => isShown && !host && (isOpen ? openSettings() : showBanner()));
  if (!isThere) return;
  build("banner");
  if (isOpen) addSettings();
  if (isNew || !host) setSwitches();
  host = host || make();
  readyNews();
  refresh();
  // It came up while somebody reads, and takes no focus.
  if (isNew && !isOpen) sayText(parts.banner.firstChild.textContent);
  stand();
  if (WITH_REPORT) reportShown(host);
  // The browser lays it out when it comes to the top layer: what is in it can wait for the frame.
  if (!parts.banner.isConnected) /** @type {ShadowRoot} */ (host.shadowRoot).append(parts.banner);
};

/** Asks the visitor who has not answered. */
export const ask = () => {
  if (!state.decided && !isDismissed) showBanner();
};

/** The shop's place for the banner is there. It is filled before it is painted, so that the page does not jump. */
export const takePlace = () => {
  ask();
  stand();
};

/** Another popover was opened after the banner, or the page's markup closed the banner's: it is on top again. @param {any} event TypeScript knows no toggle of popovers */
export const stayOnTop = ({ target, newState }) => {
  if (isShown && host && (target == host) == (newState == "closed")) raise(host);
};

/** Builds the banner in the page's new language. What the visitor switched stays. */
export const speakBanner = () => {
  const before = host;
  if (!before) return;
  const { activeElement } = /** @type {ShadowRoot} */ (before.shadowRoot);
  host = undefined;
  before.remove();
  if (!isShown) return;
  showBanner();
  for (const { name, checked } of /** @type {ShadowRoot} */ (before.shadowRoot).querySelectorAll("input")) {
    addSettings();
    parts.settings.querySelector(`[name="${name}"]`).checked = checked;
  }
  if (activeElement) parts.banner.focus();
};

/** Puts the banner away, as who has answered does. @param {boolean} [isNews] whether the answer was given elsewhere */
export const putAway = (isNews) => {
  const hadFocus = host?.shadowRoot?.activeElement || (isOpen && doc.activeElement == doc.body);
  isShown = isOpen = false;
  // The focus may go back to what stands in for the banner.
  if (WITH_BUTTON) turned();
  if (!host) return;
  host.hidden = true;
  attempt(() => /** @type {HTMLElement} */ (host).hidePopover());
  if (hadFocus) {
    if (isNews) say(CHOSEN);
    attempt(() => /** @type {HTMLElement} */ (cameFrom).focus());
  }
  cameFrom = undefined;
};

/** Puts the banner away without an answer. */
export const hideBanner = () => {
  if (isShown) say(CLOSED);
  isDismissed = true;
  putAway();
};

/** Shows the settings, with what holds in their switches, and moves the focus there. */
export const openSettings = () => {
  const around = asker();
  if (around) return around.open();
  const from = doc.activeElement;
  // A host takes no focus: what has it within does.
  if (from != host) cameFrom = /** @type {HTMLElement | undefined} */ (from?.shadowRoot?.activeElement || from || undefined);
  if (host && !isOpen) setSwitches();
  isDismissed = false;
  isOpen = true;
  openedOver = doc.fullscreenElement;
  showBanner();
  if (host) parts.banner.focus();
};

/** Opens the settings within the banner, and moves the focus to their heading: the button that opened them goes away. */
export const unfoldSettings = () => {
  isOpen = true;
  showBanner();
  parts.settings.firstChild.focus();
};

/** Whoever put the banner away is asked again, but where the page asks nobody. */
export const askAgain = () => {
  isDismissed = isQuiet() || !!asker();
};

/** Shows the banner with what was decided just now. */
export const showDecided = () => {
  if (host) setSwitches();
  showBanner();
};

/** A blocker or the page may have taken the banner away, or may have moved it: it comes back. */
export const putBack = () => {
  if (isShown && !host) showBanner();
  else stand();
};
