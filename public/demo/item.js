// The item page shows こころ as written; /item.html?id=… shows another work of the catalogue in its place.
import { add, has } from "/basket.js";
import { catalogue, yen } from "/catalogue.js";

const shelves = { 古本: "/#books", CD: "/#music", DVD: "/#films", ゲーム: "/#games" };
const id = new URLSearchParams(location.search).get("id") ?? "kokoro";
const item = Object.hasOwn(catalogue, id) ? catalogue[id] : null;

if (item) {
  show();
  sell();
} else {
  location.replace("/");
}

function show() {
  document.title = `${item.title}（${item.by}）｜ネットオフ（見本）`;
  const words = { ...item, price: yen(item.price) };
  for (const field of document.querySelectorAll("[data-field]")) field.textContent = words[field.dataset.field];
  document.querySelector("[data-shelf]").href = shelves[item.kind];

  const cover = document.querySelector("[data-cover]");
  if (id !== "kokoro") {
    cover.src = `/covers/${id}.svg`;
    cover.alt = `『${item.title}』の表紙`;
    cover.height = item.kind === "CD" ? cover.width : cover.height;
  }
  // The shop does not recommend the work that is being looked at.
  for (const link of document.querySelectorAll(".related a")) {
    link.closest("li").hidden = new URL(link.href).searchParams.get("id") === id;
  }
}

function sell() {
  const button = document.querySelector("[data-add]");
  const message = document.querySelector("[data-added]");
  const tell = () => {
    button.textContent = "カートに入っています";
    message.hidden = false;
  };
  if (has(id)) tell();
  button.addEventListener("click", () => {
    add(id);
    tell();
  });
}
