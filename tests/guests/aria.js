import { createElement as h } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { content, style } from "./drawer.js";

/** A modal of React Aria's: it keeps the focus, and hides all beside it from those who listen. */
export const show = () =>
  createRoot(document.querySelector("#root")).render(
    h(
      ModalOverlay,
      { defaultOpen: true, isDismissable: true },
      h(Modal, { style }, h(Dialog, { id: "drawer", "aria-label": "cart" }, content())),
    ),
  );
