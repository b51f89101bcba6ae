// Doui with what few shops switch on: the button that leads back, the counts of answers, and the hold of what nobody marked.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stamp } from "../stamp.mjs";
import doui from "./doui.mjs";

const folder = fileURLToPath(new URL("../../target/bench/shops", import.meta.url));

/** Writes the scripts of the bench's shop with more in its file, and returns the folder. */
export const stampWith = (name, more) => {
  const shop = JSON.parse(readFileSync(new URL("../shop.json", import.meta.url), "utf8"));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${name}.json`;
  writeFileSync(file, JSON.stringify({ ...shop, ...more }));
  return stamp(file, name);
};

/** Services whose hosts are held; nothing in the bench comes from them. */
export const services = Array.from({ length: 20 }, (_, at) => ({
  id: `s${at}x`,
  purpose: "ads",
  label: { ja: `サービス${at}`, en: `Service ${at}` },
  hosts: { value: [`*.service-${at}.example`], source: "bench", checked: "2026-01-05" },
}));

export default {
  ...doui,
  name: "full",
  title: "Doui with button, report and declared hosts",
  files: () => {
    const more = { services, button: "bottom-left", report: { url: "/counted" }, hold: "declared" };
    return { "doui.js": readFileSync(`${stampWith("full", more)}/doui.js`) };
  },
  first: `\n  <script src="/full/doui.js"></script>`,
};
