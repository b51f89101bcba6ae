import Modal from "@mui/material/Modal";
import * as Dialog from "@radix-ui/react-dialog";
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { content, style } from "./drawer.js";

const show = (dialog) => createRoot(document.querySelector("#root")).render(dialog);

/** A drawer as shadcn/ui and many shops have it. */
export const radix = () =>
  show(
    h(
      Dialog.Root,
      { defaultOpen: true },
      h(
        Dialog.Portal,
        null,
        h(Dialog.Overlay, { style: { position: "fixed", inset: 0, background: "#0008" } }),
        h(
          Dialog.Content,
          { id: "drawer", style, "aria-describedby": undefined },
          h(Dialog.Title, { key: "title" }, "cart"),
          content(),
        ),
      ),
    ),
  );

export const mui = () =>
  show(h(Modal, { open: true }, h("div", { id: "drawer", tabIndex: -1, style: { ...style, zIndex: 1 } }, content())));
