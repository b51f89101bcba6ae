// Consent in Svelte 5.

export { useAllowed, useDoui } from "./state.svelte.js";
export { default as Allowed } from "./Allowed.svelte";
export { default as DouiFrame } from "./DouiFrame.svelte";
export { default as DouiScript } from "./DouiScript.svelte";
export { default as DouiSettings } from "./DouiSettings.svelte";
