// What a server reads of a decision (npm/server.js): the rules of the shop page's script, without the page.

import { holds } from "./condition.js";
import { consentOf } from "./consent.js";
import { decide } from "./decide.js";
import { toCookie } from "./grammar.js";
import { ownDomain } from "./names.js";
import { settle } from "./settle.js";

DOUI_READER({ settle, decide, holds, consentOf, toCookie, ownDomain });
