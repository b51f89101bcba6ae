import { createMemoryHistory } from "vue-router";
import { renderToString } from "vue/server-renderer";
import { createShop } from "./app.js";

const { app, router } = createShop(createMemoryHistory());
await router.push("/");
export const html = await renderToString(app);
