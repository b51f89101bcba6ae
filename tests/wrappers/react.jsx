import { hydrateRoot } from "react-dom/client";
import { App } from "./react-app.jsx";

export const recovered = [];
hydrateRoot(document.querySelector("#root"), <App />, { onRecoverableError: (error) => recovered.push(error.message) });
