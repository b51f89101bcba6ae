import { createSSRApp } from "vue";
import { createRouter } from "vue-router";
import App from "./App.vue";
import Home from "./pages/Home.vue";
import Other from "./pages/Other.vue";

export const createShop = (history) => {
  const routes = [
    { path: "/", component: Home },
    { path: "/other", component: Other },
  ];
  const router = createRouter({ history, routes });
  return { app: createSSRApp(App).use(router), router };
};
