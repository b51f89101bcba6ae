// The purposes of the bench's shop and the words around them, which every contender shows.

import { readFileSync } from "node:fs";

const shop = JSON.parse(readFileSync(new URL("shop.json", import.meta.url), "utf8"));

/** In Japanese, of the length that the shop's own are. */
export const purposes = shop.purposes.map(({ id, label, summary }) => ({ id, label: label.ja, summary: summary.ja }));

export const necessary = { label: shop.necessary.label.ja, summary: shop.necessary.summary.ja };

export const words = {
  title: "クッキーの設定",
  lead: "次の目的のクッキーは、お選びいただくまで使いません。あとからいつでも変えられます。",
  accept: "すべて許可",
  reject: "すべて拒否",
  settings: "選んで決める",
  save: "この内容で保存",
  close: "閉じる",
};
