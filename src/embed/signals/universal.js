// Microsoft's Universal Pixel: https://learn.microsoft.com/en-us/xandr/curate/set-up-consent-mode-in-universal-pixel

import { state } from "../state.js";
import { tellOnceMade } from "./made.js";

/** @param {string} command */
export const tellUniversal = (command) =>
  tellOnceMade("pixie", command == "default", (pixie) => pixie("consent", command, { ad_storage: state.consent.ad_storage }));
