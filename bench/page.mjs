// The storefront that every contender stands on: a page of a bookshop's catalogue, with the demo's covers and styles.

import { purposes } from "./purposes.mjs";

const BOOKS = [
  ["kokoro", "こころ", "夏目漱石", 320],
  ["ginga", "銀河鉄道の夜", "宮沢賢治", 450],
  ["remon", "檸檬", "梶井基次郎", 380],
  ["kakinotane", "柿の種", "寺田寅彦", 520],
  ["takekurabe", "たけくらべ", "樋口一葉", 420],
  ["sangetsuki", "山月記", "中島敦", 300],
  ["ningen", "人間失格", "太宰治", 280],
  ["rashomon", "羅生門", "芥川龍之介", 250],
];

const card = ([id, title, author, price], at) => `
        <li class="card">
          <div class="stage"><img src="/covers/${id}.webp" width="210" height="296" alt=""></div>
          <h3><a href="#item-${at}">${title}</a></h3>
          <p class="by">${author}</p>
          <p class="price">¥${price} <span class="grade">状態 良い</span></p>
        </li>`;

/** A page with one large picture, which is what it is judged by. */
const PICTURE = `
    <section class="hero">
      <h1>夏の一冊</h1>
      <img src="/covers/hero.webp" width="1200" height="800" alt="" style="width: 100%; height: auto">
    </section>`;

const LISTING = `
    <section class="hero">
      <div>
        <h1>読みおえた本が、<br>つぎの夜を照らす。</h1>
        <p>文庫から音楽、映画、ゲームまで。一点ずつ状態を確かめて、棚にならべています。</p>
      </div>
    </section>
    <section class="shelf" id="books">
      <div class="shelf-head"><h2>新しく入った古本</h2><p>価格はすべて税込です</p></div>
      <ul class="cards">${[...BOOKS, ...BOOKS, ...BOOKS].map(card).join("")}
      </ul>
    </section>`;

/** Thumbnails of 170 pixels with short names: nothing in the page is large. */
const GRID = `
    <section class="shelf" id="books">
      <h1 style="font-size: 1.25rem">新しく入った古本</h1>
      <ul style="display: flex; flex-wrap: wrap; gap: 12px; padding: 0; list-style: none">${[...BOOKS, ...BOOKS, ...BOOKS]
        .map(([id, title]) => `
        <li style="width: 170px"><img src="/covers/${id}.webp" width="170" height="170" alt="" style="object-fit: cover"><br><a href="#">${title}</a></li>`)
        .join("")}
      </ul>
    </section>`;

const LINE = "本の状態は、届いた日に一冊ずつ確かめています。書きこみや日やけのあるものは、そのことを値札に書きます。";

/** A page of text. */
const TEXT = `
    <section>
      <h1 style="font-size: 1.25rem">本の買いとりについて</h1>${Array(14).fill(`
      <p style="max-width: 40em">${LINE.repeat(3)}</p>`).join("")}
    </section>`;

/** What the pages look like, by name. */
export const LOOKS = { listing: LISTING, picture: PICTURE + LISTING, grid: GRID, text: TEXT };

/** Tags that wait for a purpose, taking turns. A page of a real shop has a few external ones; the many are inline. */
export const tags = (count, kind) =>
  Array.from({ length: count }, (_, at) => {
    const purpose = purposes[at % purposes.length].id;
    return kind == "external" ? { purpose, src: `/tags/${at}.js` } : { purpose, text: TAG };
  });

/** What a tag does: it tells when it ran. */
export const TAG = "(window.ran ||= []).push(performance.now());";

export const page = (contender, tags, { look = "listing", isDecided = false } = {}) => `<!doctype html>
<html lang="ja">
<head>
  <meta charset="utf-8">${contender.first ?? ""}
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>古本の新着｜古書 よつゆ堂</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/shop.css">${contender.head ?? ""}
</head>
<body>
  <header class="masthead">
    <div class="bar">
      <a class="brand" href="#"><span><small>古書</small>よつゆ堂</span></a>
    </div>
    <nav class="shelves"><ul><li><a href="#books">古本</a></li><li><a href="#music">CD</a></li><li><a href="#films">DVD</a></li></ul></nav>
  </header>
  <main>${LOOKS[look]}
  </main>
${contender.tags(tags, isDecided)}${contender.body ?? ""}
</body>
</html>
`;
