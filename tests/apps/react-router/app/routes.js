import { index, route } from "@react-router/dev/routes";

export default [index("routes/home.jsx"), route("other", "routes/other.jsx"), route("offers", "routes/offers.jsx")];
