import { createRoot, hydrateRoot } from "react-dom/client";
import { App, Whole } from "./react-app.jsx";

/** What React says that it had to put right. */
export const recovered = [];
const options = { onRecoverableError: (error) => recovered.push(error.message) };

/** A node of what the parser made, to know later whether it is still the page's. */
window.parsed = document.querySelector("#end");

const own = document.currentScript;
const root = document.querySelector("#root");

export const mount = () => createRoot(root).render(<App hasTemplate />);

export const hydrate = () =>
  root
    ? hydrateRoot(root, <App />, options)
    : hydrateRoot(document, <Whole script={own.getAttribute("src")} isTold={location.search == "?told"} />, options);

if (root ? location.search == "?at-once" : true) hydrate();
