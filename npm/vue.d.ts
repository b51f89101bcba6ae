import type { ComputedRef, DefineComponent, MaybeRefOrGetter, ShallowRef } from "vue";
import type {} from "./client.js";

/** A purpose of the shop, `"necessary"`, or a service, such as `"ads/yahoo-ads"`. */
export type Condition = DouiPurpose | "necessary" | DouiService;

/** How things stand now. `null` on a server, until the component is mounted, and before `doui.js` has run. */
export function useDoui(): Readonly<ShallowRef<DouiState | null>>;

/** Whether a purpose or service is allowed now. */
export function useAllowed(purpose: MaybeRefOrGetter<Condition>): ComputedRef<boolean>;

/** Its default slot where the purpose is allowed, else its slot `otherwise`. */
export const Allowed: DefineComponent<{ purpose: string }>;

/**
 * A script that runs once its purpose is allowed: from `src`, or of this `text`. It runs once on a page, however often the
 * component comes; scripts are told apart by `id`, else by `src`. It emits `load` and `error`.
 */
export const DouiScript: DefineComponent<{ purpose: string; src?: string; id?: string; nonce?: string; text?: string }>;

/** A frame that loads once its purpose is allowed. */
export const DouiFrame: DefineComponent<{ purpose: string; src: string }>;

/** A button that opens the settings. */
export const DouiSettings: DefineComponent<{}>;
