// Choosing: the one writer of this document, and what follows a change.

import { ask, askAgain, asker, isDismissed, isOpen, putAway, showDecided } from "./banner.js";
import { beginButton, keepButton } from "./button.js";
import { changedBetween, choose } from "./decide.js";
import { doc } from "./document.js";
import { tell } from "./events.js";
import { obeyAll, shut } from "./gates.js";
import { shownLanguage } from "./kit.js";
import { offerReload } from "./offer.js";
import { reportAnswered } from "./report.js";
import { bare, guard, keys, toText } from "./safely.js";
import { purposeOf } from "./shop.js";
import { signal } from "./signals.js";
import { forget, heal, keep, look } from "./store.js";
import { enter, setLeftovers, state, unkept, view } from "./state.js";
import { sweep } from "./sweep.js";
import { afterPaint, now, whenIdle } from "./time.js";
import { followHold } from "./declared/declared.js";
import { releaseLoose } from "./declared/hold.js";

/** @typedef {import("./decide.js").View} View */

/** Sweeps after what is refused. Whether that changed what is left. @param {boolean} isThorough */
const tidy = (isThorough) => {
  if (!WITH_SWEEP || doc.prerendering) return false;
  const isRefused = (/** @type {string} */ name) => !(purposeOf(name) in view._asked) && !view._standings[name];
  const names = guard("sweeping", () => sweep(isRefused, isThorough));
  return !!names && setLeftovers(names);
};

/** The same, and the page is told if something else is left than before. @param {boolean} isThorough */
const tidyAndTell = (isThorough) => {
  if (tidy(isThorough)) tell("change", []);
};

/** After any change: signals to the page, then the banner, then the tags. @param {View} before @param {boolean} isHere whether the change was made here */
const follow = (before, isHere) => {
  if (WITH_DECLARED) guard("holding", followHold);
  tidy(isHere);
  signal("update");
  tell("change", changedBetween(view, before));
  // What fails in what is shown never keeps a gate from going as it should.
  guard("the banner", () => {
    offerReload(isHere);
    if (state.decided && !unkept) putAway(!isHere);
    else if (!isDismissed) showDecided();
    if (WITH_BUTTON) keepButton();
  });
  shut();
  // The answer to the visitor's tap is painted before tags take the thread.
  afterPaint(obeyAll);
  if (WITH_DECLARED) afterPaint(releaseLoose);
};

/** Saves what `pick` says of each purpose and service. @param {(name: string) => unknown} pick @param {string} by */
export const save = (pick, by) => {
  const before = view;
  const door = WITH_REPORT && isOpen && by == "banner" ? "settings" : by;
  const decision = choose(view, pick, now(), by, shownLanguage());
  if (decision) {
    enter({ _decision: decision, _isNew: false }, keep(decision) ? undefined : decision);
    follow(before, true);
    if (WITH_REPORT && keys(before._asked)[0] && !asker()) guard("the report", () => reportAnswered(door, decision));
  }
  return state;
};

/** Where only some purposes are asked again, the first layer answers for those; with all switches in view, for all. @param {boolean} allowed */
export const answer = (allowed) =>
  save((id) => (view._isPartial && !isOpen && !(id in view._asked) ? undefined : allowed), "banner");

/** Forgets the decision, and deletes what services left. */
export const reset = () => {
  const before = view;
  askAgain();
  if (WITH_SWEEP) guard("sweeping", () => sweep(() => true));
  forget();
  enter(look());
  follow(before, true);
  return state;
};

/** Takes over what the browser holds. Whether things stand otherwise than before. @param {ReturnType<typeof look>} found */
const takeOver = (found) => {
  const textOf = () => toText(bare({ ...view, _isNew: 0 }));
  const before = textOf();
  enter(found);
  return textOf() != before;
};

/** Another tab, or the centre, may have decided since, or a tag written again: reads again what the browser holds. */
export const reread = () => {
  const before = view;
  if (doc.prerendering) return;
  if (unkept || !takeOver(look())) return tidyAndTell(false);
  // A decision withdrawn elsewhere is asked for here as well.
  if (!keys(before._asked)[0]) askAgain();
  follow(before, false);
};

/** What can wait for the page's first frame: all that is written, and all that is shown. */
export const settleIn = () => {
  guard("the cookie", heal);
  guard("the banner", ask);
  if (WITH_BUTTON) guard("the button", beginButton);
  tidyAndTell(false);
  whenIdle(() => tidyAndTell(true));
};

/** From here on what is allowed may run. */
export const begin = () => {
  if (view._decision) signal("update");
  obeyAll();
};

/** What was prerendered has not been seen until now, and what was kept may have changed meanwhile. */
export const beginSeen = () => {
  const before = view;
  const isOther = takeOver(look());
  begin();
  if (isOther) tell("change", changedBetween(view, before));
};
