import Swup from "swup";

export const swup = new Swup({ animationSelector: false });
