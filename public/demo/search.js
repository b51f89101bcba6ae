// The home page's search: /?q=… shows the cards that contain the words, or stand on a shelf of that name.
const words = new URLSearchParams(location.search).get("q")?.trim();

if (words) {
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  let found = 0;
  for (const card of document.querySelectorAll(".card")) {
    const shelf = card.closest(".shelf").querySelector("h2, h3");
    card.hidden = !plain(card.textContent + shelf.textContent).includes(plain(words));
    if (!card.hidden) found += 1;
  }
  for (const shelf of document.querySelectorAll(".shelf")) shelf.hidden = !shelf.querySelector(".card:not([hidden])");
  document.querySelector("#q").value = words;
  const result = document.querySelector("[data-search-result]");
  result.querySelector("h1").textContent = found
    ? `「${words}」に合う商品は ${found} 点です。`
    : `「${words}」に合う商品は見つかりませんでした。`;
  result.hidden = false;
  document.querySelector(".hero").hidden = true;
}
