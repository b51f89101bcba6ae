// What tags that listen are told, each in its vendor's words.

import { consentOf } from "./consent.js";
import { guard, toText } from "./safely.js";
import { state, view } from "./state.js";
import { tellClarity } from "./signals/clarity.js";
import { tellGoogle } from "./signals/google.js";
import { tellHubSpot } from "./signals/hubspot.js";
import { tellMatomo } from "./signals/matomo.js";
import { tellMeta } from "./signals/meta.js";
import { tellPinterest } from "./signals/pinterest.js";
import { tellShopify } from "./signals/shopify.js";
import { tellTikTok } from "./signals/tiktok.js";
import { tellUet } from "./signals/uet.js";
import { tellUniversal } from "./signals/universal.js";

/** What was last told as an update. @type {string | undefined} */
let lastTold;

/**
 * A decision comes as an update. Without one, what holds before the first answer is the default itself.
 * @param {"default" | "update"} command
 */
export const signal = (command) => {
  if (!WITH_SIGNALS) return;
  // The same answer given again is no news.
  if (command == "update" && lastTold == (lastTold = toText(state.choices))) return;
  const consent = command == "default" && view._decision ? consentOf((need) => need == "necessary") : state.consent;
  const { ad_storage, analytics_storage } = consent;
  if (WITH_GOOGLE) guard("a signal", () => tellGoogle(command, consent));
  if (WITH_UET) guard("a signal", () => tellUet(command, ad_storage));
  if (WITH_CLARITY) guard("a signal", () => tellClarity(ad_storage, analytics_storage));
  if (WITH_TIKTOK) guard("a signal", () => tellTikTok(command, ad_storage));
  if (WITH_META) guard("a signal", () => tellMeta(command));
  if (WITH_PINTEREST) guard("a signal", () => tellPinterest(command));
  if (WITH_MATOMO) guard("a signal", () => tellMatomo(command, analytics_storage));
  if (WITH_HUBSPOT) guard("a signal", () => tellHubSpot(command, consent));
  if (WITH_UNIVERSAL) guard("a signal", () => tellUniversal(command));
  if (WITH_SHOPIFY) guard("a signal", tellShopify);
};
