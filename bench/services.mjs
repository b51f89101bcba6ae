// Doui for shops with more and more services: each can be refused alone and declares two cookies, which is the most that a
// service adds to doui.js.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import doui from "./contenders/doui.mjs";
import { purposes } from "./purposes.mjs";
import { stamp } from "./stamp.mjs";

const COUNTS = [4, 40, 400];

const folder = fileURLToPath(new URL("../target/bench/shops", import.meta.url));
const shop = JSON.parse(readFileSync(new URL("shop.json", import.meta.url), "utf8"));

const withServices = (count) => ({
  ...shop,
  services: Array.from({ length: count }, (_, at) => ({
    // A digit at the end could be read as the answer.
    id: `s${at}x`,
    purpose: purposes[at % purposes.length].id,
    choosable: true,
    label: { ja: `サービス${at}`, en: `Service ${at}` },
    cookies: [`_service${at}`, `_s${at}_*`],
  })),
});

const made = COUNTS.map((count) => {
  const name = `services-${count}`;
  return {
    ...doui,
    name,
    title: `Doui, ${count} services`,
    count,
    files: () => {
      mkdirSync(folder, { recursive: true });
      const file = `${folder}/${name}.json`;
      writeFileSync(file, JSON.stringify(withServices(count)));
      return { "doui.js": readFileSync(`${stamp(file, name)}/doui.js`) };
    },
    first: `\n  <script src="/${name}/doui.js"></script>`,
  };
});

export const shops = () => made;
