// What is in the basket: ids of the catalogue, kept for this tab only and written only when the visitor puts something in.
const key = "yotsuyudo-basket";
let ids = stored();

function stored() {
  try {
    const value = JSON.parse(sessionStorage.getItem(key));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function change(next) {
  ids = next;
  try {
    sessionStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // The browser refuses storage: the basket then lasts as long as the page.
  }
  showCount();
}

function showCount() {
  for (const count of document.querySelectorAll("[data-basket-count]")) count.textContent = ids.length;
}

export const contents = () => [...ids];
export const has = (id) => ids.includes(id);
export const add = (id) => change([...ids.filter((other) => other !== id), id]);
export const remove = (id) => change(ids.filter((other) => other !== id));

showCount();
