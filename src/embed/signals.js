// What tags that listen are told, each in its vendor's words.

import { consentOf } from "./consent.js";
import { guard } from "./safely.js";
import { state, view } from "./state.js";
import { tellClarity } from "./signals/clarity.js";
import { tellGoogle } from "./signals/google.js";
import { tellMeta } from "./signals/meta.js";
import { tellTikTok } from "./signals/tiktok.js";
import { tellUet } from "./signals/uet.js";

/**
 * A decision comes as an update. Without one, what holds before the first answer is the default itself.
 * @param {"default" | "update"} command
 */
export const signal = (command) => {
  if (!WITH_SIGNALS) return;
  const consent = command == "default" && view._decision ? consentOf((need) => need == "necessary") : state.consent;
  const { ad_storage, analytics_storage } = consent;
  if (WITH_GOOGLE) guard("a signal", () => tellGoogle(command, consent));
  if (WITH_UET) guard("a signal", () => tellUet(command, ad_storage));
  if (WITH_CLARITY) guard("a signal", () => tellClarity(ad_storage, analytics_storage));
  if (WITH_TIKTOK) guard("a signal", () => tellTikTok(command, ad_storage));
  if (WITH_META) guard("a signal", () => tellMeta(command));
};
