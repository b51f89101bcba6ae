// Vendors' functions whose own snippet does nothing where one of that name is there already: so they are told as soon as the
// snippet has made it.

import { given } from "../document.js";
import { attempt } from "../safely.js";

/**
 * Says something to a function of the page's, now or once it is made; what is said then is how things stand by then.
 * @param {string} name
 * @param {boolean} isFirst whether it may still be made
 * @param {(vendor: (...command: unknown[]) => void) => void} say
 */
export const tellOnceMade = (name, isFirst, say) => {
  const there = /** @type {any} a name of a vendor's */ (given)(name);
  if (there) say(there);
  if (there || !isFirst) return;
  /** @type {((...command: unknown[]) => void) | undefined} */
  let made;
  let isSaying = false;
  const meet = () => {
    const vendor = made;
    if (vendor && !isSaying) {
      isSaying = true;
      // A snippet that reads it back has not finished it: it takes nothing yet.
      const isSaid = attempt(() => (say(vendor), true));
      isSaying = false;
      if (isSaid) {
        made = undefined;
        Object.defineProperty(window, name, { value: vendor, writable: true });
      }
    }
    return vendor;
  };
  Object.defineProperty(window, name, {
    get: meet,
    set: (vendor) => {
      made = vendor;
      queueMicrotask(meet);
    },
    configurable: true,
  });
};
