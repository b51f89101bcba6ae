import morph from "@alpinejs/morph";
import Alpine from "alpinejs";

Alpine.plugin(morph);
Alpine.start();
export { Alpine };
