import { flushSync, mount } from "svelte";
import App from "./svelte.svelte";

const app = mount(App, { target: document.querySelector("#root") });

export const set = (change) => flushSync(() => app.set(change));
