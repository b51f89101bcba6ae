export { default as morphdom } from "morphdom";
