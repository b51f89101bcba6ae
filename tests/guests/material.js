import "@material/web/dialog/dialog.js";

/** A web component with the browser's own dialog in its shadow root, around what is the page's. */
export const show = () => {
  const dialog = document.querySelector("#drawer");
  // Without its animation.
  dialog.quick = true;
  dialog.open = true;
};
