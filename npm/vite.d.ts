import type { Plugin } from "vite";

/**
 * Serves Doui's folder in development, at `/doui/` or where `path` in the shop file says, and writes it with the build. A change
 * of the shop file builds it again and loads the page again; a fault in it is shown on the page.
 *
 * The page itself needs one line, first in `<head>`: `<script src="/doui/doui.js"></script>`.
 */
export default function doui(options?: {
  /** The shop file, from Vite's root. `shop.json` unless said. */
  shop?: string;
}): Plugin;
