/// <reference path="./doui.d.ts" />

/** Resolves with `window.doui` once `doui.js` has run. On a server it never resolves. */
export function ready(): Promise<Doui>;

/** How things stand now. `null` on a server, and before `doui.js` has run. */
export function getState(): DouiState | null;

/** Whether a purpose, or a service of it, is allowed now. `false` on a server, and before `doui.js` has run. */
export function allows(purpose: DouiPurpose | "necessary" | DouiService, service?: string): boolean;

/** Resolves with the state once the purpose or service is allowed. It never rejects; on a server it never resolves. */
export function when(purpose: DouiPurpose | "necessary" | DouiService): Promise<DouiState>;

/**
 * Calls back after each change; and once when `doui.js` has run, where it had not yet, with no `changed`. On a server never.
 * @returns the function that stops it
 */
export function subscribe(
  listener: (state: DouiState, changed: readonly (DouiPurpose | DouiService)[]) => void,
): () => void;
