import type { ButtonHTMLAttributes, IframeHTMLAttributes, ReactElement, ReactNode, ScriptHTMLAttributes } from "react";
import type {} from "./client.js";

/** A purpose of the shop, `"necessary"`, or a service, such as `"ads/yahoo-ads"`. */
export type Condition = DouiPurpose | "necessary" | DouiService;

/** How things stand now. `null` on a server, in the render that hydrates, and before `doui.js` has run. */
export function useDoui(): DouiState | null;

/** Whether a purpose or service is allowed now. */
export function useAllowed(purpose: Condition): boolean;

/** Its children where the purpose is allowed, else `otherwise`. */
export function Allowed(props: { purpose: Condition; otherwise?: ReactNode; children?: ReactNode }): ReactNode;

/**
 * A script that runs once its purpose is allowed: from `src`, or its text as the child. It runs once on a page, however often
 * the component comes; scripts are told apart by `id`, else by `src`.
 */
export function DouiScript(
  props: { purpose: DouiPurpose | DouiService | (string & {}); src?: string; children?: string; onLoad?: (event: Event) => void; onError?: (event: Event) => void } & Omit<
    ScriptHTMLAttributes<HTMLScriptElement>,
    "src" | "children" | "onLoad" | "onError"
  >,
): null;

/** A frame that loads once its purpose is allowed. */
export function DouiFrame(
  props: { purpose: DouiPurpose | DouiService | (string & {}); src: string } & Omit<IframeHTMLAttributes<HTMLIFrameElement>, "src">,
): ReactElement;

/** A button that opens the settings. */
export function DouiSettings(props: ButtonHTMLAttributes<HTMLButtonElement>): ReactElement;
