// Pinterest's tag: https://help.pinterest.com/en/business/article/install-the-base-code

import { stamp } from "../shop.js";
import { opens } from "../state.js";
import { tellOnceMade } from "./made.js";

/** @param {string} command */
export const tellPinterest = (command) =>
  tellOnceMade("pintrk", command == "default", (pintrk) => pintrk("setconsent", opens(stamp._types.ad_storage)));
