// What the dialogs of React's libraries show here.
import { createElement as h } from "react";

export const content = () => [
  h("p", { key: "p", style: { height: 2000 } }, "a cart"),
  h("button", { key: "open", "data-doui-open": "" }, "settings"),
];

export const style = { position: "fixed", top: 0, right: 0, width: 300, height: 300, overflow: "auto", background: "white" };
