import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { App } from "./vue-app.js";

export const html = renderToString(createSSRApp(App));
