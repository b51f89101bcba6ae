import { createSSRApp } from "vue";
import { App } from "./vue-app.js";

export const recovered = [];
createSSRApp(App).mount("#root");
