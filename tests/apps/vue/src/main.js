import { createWebHistory } from "vue-router";
import { createShop } from "./app.js";

const { app, router } = createShop(createWebHistory());
router.isReady().then(() => app.mount("#root"));
