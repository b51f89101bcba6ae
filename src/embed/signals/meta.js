// Meta's pixel: https://developers.facebook.com/docs/facebook-pixel/implementation/gdpr

import { given } from "../document.js";
import { attempt } from "../safely.js";
import { stamp } from "../shop.js";
import { opens } from "../state.js";

/** @param {string} command */
export const tellMeta = (command) => {
  const say = (/** @type {NonNullable<Window["fbq"]>} */ fbq) =>
    fbq("consent", opens(stamp._types.ad_storage) ? "grant" : "revoke");
  const there = given("fbq");
  if (there) say(there);
  // Meta's own snippet does nothing where `fbq` is there already, so it is told as soon as it has made it: then it is told
  // how things stand by then.
  if (there || command != "default") return;
  /** @type {Window["fbq"]} */
  let made;
  const meet = () => {
    const fbq = made;
    made = undefined;
    if (fbq) {
      Object.defineProperty(window, "fbq", { value: fbq, writable: true });
      attempt(() => say(fbq));
    }
    return fbq;
  };
  Object.defineProperty(window, "fbq", {
    get: meet,
    set: (fbq) => {
      made = fbq;
      queueMicrotask(meet);
    },
    configurable: true,
  });
};
