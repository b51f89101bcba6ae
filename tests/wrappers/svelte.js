import { hydrate } from "svelte";
import App from "./svelte-app.svelte";

export const recovered = [];
hydrate(App, { target: document.querySelector("#root") });
