// Everyone in the bench, in the order of the tables.

import c15t from "./c15t.mjs";
import doui from "./doui.mjs";
import { floors } from "./floor.mjs";
import klaro from "./klaro.mjs";
import none from "./none.mjs";
import osano from "./osano.mjs";
import tarteaucitron from "./tarteaucitron.mjs";
import vanilla from "./vanilla.mjs";

export default [none, floors[0], doui, vanilla, klaro, c15t, tarteaucitron, osano];
