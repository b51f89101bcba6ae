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

/** Tags that wait for a purpose, taking turns. A page of a real shop has a few external ones; the many are inline. */
export const tags = (count, kind) =>
  Array.from({ length: count }, (_, at) => {
    const purpose = purposes[at % purposes.length].id;
    return kind == "external" ? { purpose, src: `/tags/${at}.js` } : { purpose, text: TAG };
  });

/** What a tag does: it tells when it ran. */
export const TAG = "(window.ran ||= []).push(performance.now());";

export const page = (contender, tags) => `<!doctype html>
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
  <main>
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
    </section>
  </main>
${contender.tags(tags)}${contender.body ?? ""}
</body>
</html>
`;
