import { renderToString } from "react-dom/server";
import { App, Whole } from "./react-app.jsx";

const part = (script, markup) => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,">
<script src="/witness.js"></script><script src="/doui/doui.js"></script></head>
<body><div id="root">${markup}</div><script src="${script}"></script></body></html>`;

/** The pages of one version, by their file names: rendered by a server and not, in part and whole, for both builds. */
export const pages = (version) => {
  const all = {};
  for (const mode of ["production", "development"]) {
    const script = `/react-${version}-${mode}.js`;
    const name = `react-${version}-${mode}`;
    all[`${name}.html`] = part(script, "");
    all[`${name}-part.html`] = part(script, renderToString(<App />));
    for (const isTold of [false, true]) {
      all[`${name}-whole${isTold ? "-told" : ""}.html`] =
        "<!doctype html>" + renderToString(<Whole script={script} isTold={isTold} />);
    }
  }
  return all;
};
