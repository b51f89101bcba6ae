export { default as Swiper } from "swiper";
