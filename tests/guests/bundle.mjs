// Makes each library that the tests put beside Doui one classic script, in the folder that is named: `NAME.js`, which leaves
// what its source exports as `window.guest`. Beside them lie what servers rendered of React's pages, and the tags of the
// fixtures.
import { copyFileSync, cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile, compileModule } from "svelte/compiler";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];

const LIBRARIES = "alpine aria astro barba dialogs focus-trap headless htmx idiomorph jquery lazysizes material morphdom newrelic screen-reader sentry svelte swiper swup turbo vue zone".split(" ");
const FIXTURES = "witness.js tag.js tag.css frame.html dot.svg".split(" ");

/** Svelte's components and modules are compiled by Svelte. */
const svelte = (generate, dev) => ({
  name: "svelte",
  setup: ({ onLoad }) => {
    const compiled = (compiler) => ({ path }) => ({
      contents: compiler(readFileSync(path, "utf8"), { filename: path, generate, dev }).js.code,
      resolveDir: dirname(path),
    });
    onLoad({ filter: /\.svelte$/ }, compiled(compile));
    onLoad({ filter: /\.svelte\.js$/ }, compiled(compileModule));
  },
});

/** What Astro's own build puts in the place of its adapter's module. */
const astro = {
  name: "astro",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^virtual:astro:/ }, ({ path }) => ({ path, namespace: "astro" }));
    onLoad({ filter: /./, namespace: "astro" }, () => ({ contents: "export const internalFetchHeaders = {};" }));
  },
};

/** Another test may be reading the file that was there. */
const write = (name, text) => {
  const draft = join(out, `${name}.${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(out, name));
};

const bundle = async (source, { mode = "production", ...options }) => {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [source],
    bundle: true,
    write: false,
    charset: "utf8",
    logLevel: "error",
    jsx: "automatic",
    conditions: ["browser"],
    define: { "process.env.NODE_ENV": `"${mode}"`, "import.meta.env.SSR": "false", "import.meta.env.DEV": "false" },
    plugins: [svelte(options.platform == "node" ? "server" : "client", mode == "development"), astro],
    nodePaths: [join(here, "../node_modules")],
    ...options,
  });
  return outputFiles[0].text;
};

const script = async (name, source, options = {}) =>
  write(`${name}.js`, await bundle(source, { format: "iife", globalName: "guest", minify: true, ...options }));

/** React's two versions in its two builds, and the pages that a server of that version sends. */
const react = async (version) => {
  const alias = version == 18 ? { react: "react-18", "react-dom": "react-dom-18" } : {};
  for (const mode of ["production", "development"]) await script(`react-${version}-${mode}`, "react.jsx", { alias, mode });
  const server = { exports: {} };
  const code = await bundle("react-server.jsx", { alias, format: "cjs", platform: "node", conditions: [] });
  new Function("module", "exports", "require", code)(server, server.exports, createRequire(import.meta.url));
  for (const [name, page] of Object.entries(server.exports.pages(version))) write(name, page);
};

/** What the package for npm has for each library, as their own source. */
const WRAPPERS = Object.fromEntries(
  ["client", "react", "vue"].map((name) => [`doui/${name}`, join(here, `../../npm/${name}.js`)]).concat([["doui/svelte", join(here, "../../npm/svelte/index.js")]]),
);

/** A page made of Doui's components for a library, as its server sends it, and the script that takes it over. */
const wrapped = async (name, files, more = {}) => {
  const source = (part) => join(here, "../wrappers", files.replace("*", part));
  const alias = { ...WRAPPERS, ...more };
  // The development builds say where a page is not what they expect.
  await script(`wrapped-${name}`, source(""), { alias, mode: "development", minify: false });
  const server = { exports: {} };
  const code = await bundle(source("-server"), { alias, format: "cjs", platform: "node", conditions: [] });
  new Function("module", "exports", "require", code)(server, server.exports, createRequire(import.meta.url));
  write(
    `wrapped-${name}.html`,
    `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title><link rel="icon" href="data:,">
<script src="/witness.js"></script><script src="/doui/doui.js"></script><script src="/watch.js"></script></head>
<body><div id="root">${await server.exports.html}</div><script src="/wrapped-${name}.js"></script></body></html>`,
  );
};

mkdirSync(out, { recursive: true });
for (const name of FIXTURES) copyFileSync(join(here, "../fixtures", name), join(out, name));
await Promise.all([...LIBRARIES.map((name) => script(name, `${name}.js`)), react(18), react(19)]);
// Partytown is served as it is published.
cpSync(join(here, "../node_modules/@qwik.dev/partytown/lib"), join(out, "partytown"), { recursive: true });
copyFileSync(join(here, "../wrappers/watch.js"), join(out, "watch.js"));
await Promise.all([
  wrapped("react-18", "react*.jsx", { react: "react-18", "react-dom": "react-dom-18" }),
  wrapped("react-19", "react*.jsx"),
  wrapped("vue", "vue*.js"),
  wrapped("svelte", "svelte*.js"),
]);
