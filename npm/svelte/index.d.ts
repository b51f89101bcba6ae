import type { Component, Snippet } from "svelte";
import type { HTMLButtonAttributes, HTMLIframeAttributes } from "svelte/elements";
import type {} from "../client.js";

/** A purpose of the shop, `"necessary"`, or a service, such as `"ads/yahoo-ads"`. */
export type Condition = DouiPurpose | "necessary" | DouiService;

/**
 * How things stand now, in `current`. `null` on a server, until the component is mounted, and before `doui.js` has run. To be
 * called while a component is made.
 */
export function useDoui(): { readonly current: DouiState | null };

/** Whether a purpose or service is allowed now, in `current`. To be called while a component is made. */
export function useAllowed(purpose: Condition | (() => Condition)): { readonly current: boolean };

/** Its children where the purpose is allowed, else its snippet `otherwise`. */
export const Allowed: Component<{ purpose: Condition; children?: Snippet; otherwise?: Snippet }>;

/**
 * A script that runs once its purpose is allowed: from `src`, or of this `text`. It runs once on a page, however often the
 * component comes; scripts are told apart by `id`, else by `src`.
 */
export const DouiScript: Component<{
  purpose: string;
  src?: string;
  id?: string;
  nonce?: string;
  text?: string;
  onload?: (event: Event) => void;
  onerror?: (event: Event) => void;
  [attribute: string]: unknown;
}>;

/** A frame that loads once its purpose is allowed. */
export const DouiFrame: Component<{ purpose: string; src: string } & Omit<HTMLIframeAttributes, "src">>;

/** A button that opens the settings. */
export const DouiSettings: Component<{ children?: Snippet } & HTMLButtonAttributes>;
