// The demo's covers as pictures of pixels, as a shop's are. Those are decoded beside the page's own work; an SVG is laid out in
// it, ahead of every script that waits.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../public/demo/covers", import.meta.url));

/** In pixels, twice what the page gives them. */
const [WIDTH, HEIGHT] = [420, 592];

/** The covers in WebP, by name, and `hero.webp`. */
export const draw = async (browser) => {
  const page = await browser.newPage();
  const files = {};
  for (const name of readdirSync(folder)) {
    const svg = readFileSync(join(folder, name), "utf8");
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${WIDTH}px;height:${HEIGHT}px}</style>${svg}`);
    const clip = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
    files[name.replace(".svg", ".webp")] = await page.screenshot({ type: "webp", quality: 80, clip });
  }
  // A picture as wide as a page, of all covers side by side.
  const all = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const clip = { x: 0, y: 0, width: 1200, height: 800 };
  await page.setViewport(clip);
  await page.setContent(`<style>body{margin:0;display:flex;flex-wrap:wrap}svg{width:150px;height:200px}</style>${all.join("").repeat(4)}`);
  files["hero.webp"] = await page.screenshot({ type: "webp", quality: 80, clip });
  await page.close();
  return files;
};
