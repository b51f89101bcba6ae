// The cart page: lists what the basket holds, and adds it up.
import { contents, remove } from "/basket.js";
import { catalogue, yen } from "/catalogue.js";

const rows = document.querySelector("[data-rows]");
const pattern = document.querySelector("#row");

function show() {
  const ids = contents().filter((id) => Object.hasOwn(catalogue, id));
  rows.replaceChildren(...ids.map(row));
  document.querySelector("[data-total]").textContent = yen(ids.reduce((sum, id) => sum + catalogue[id].price, 0));
  document.querySelector("[data-full]").hidden = ids.length === 0;
  document.querySelector("[data-empty]").hidden = ids.length > 0;
}

function row(id) {
  const item = catalogue[id];
  const node = pattern.content.cloneNode(true);
  const link = node.querySelector("a");
  link.href = `/item.html?id=${id}`;
  link.textContent = item.title;
  node.querySelector("img").src = `/covers/${id}.svg`;
  node.querySelector("[data-by]").textContent = item.by;
  node.querySelector("[data-price]").textContent = yen(item.price);
  const button = node.querySelector("button");
  button.setAttribute("aria-label", `『${item.title}』をカートから取り出す`);
  button.addEventListener("click", () => {
    remove(id);
    show();
    // The button that had the focus is gone: hand it to the heading.
    document.querySelector("h1").focus();
  });
  return node;
}

show();
