import { Dialog, DialogPanel, DialogTitle } from "@headlessui/react";
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { content, style } from "./drawer.js";

/** A dialog of Headless UI's: it makes all beside it inert, and closes on a press elsewhere. */
const Cart = () => {
  const [open, setOpen] = useState(true);
  return h(
    Dialog,
    { open, onClose: () => setOpen(false), id: "drawer" },
    h(DialogPanel, { style }, h(DialogTitle, { key: "title" }, "cart"), content()),
  );
};

export const show = () => createRoot(document.querySelector("#root")).render(h(Cart));
