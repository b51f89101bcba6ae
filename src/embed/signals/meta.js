// Meta's pixel: https://developers.facebook.com/docs/facebook-pixel/implementation/gdpr

import { stamp } from "../shop.js";
import { opens } from "../state.js";
import { tellOnceMade } from "./made.js";

/** @param {string} command */
export const tellMeta = (command) =>
  tellOnceMade("fbq", command == "default", (fbq) => fbq("consent", opens(stamp._types.ad_storage) ? "grant" : "revoke"));
