// The storefront of `doui serve`: a held tag and a held frame for each purpose of the shop, and what `doui.state` says.

const escaped = (text) => text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);

const STYLE = `
  body { font: 1rem/1.7 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
  section { display: grid; gap: .5rem; margin: 1.5rem 0; padding: 1rem; border: 1px solid #ccc; border-radius: .75rem; }
  h2 { margin: 0; font-size: 1.1rem; }
  iframe { width: 100%; height: 6rem; border: 0; background: #f3f3f3; }
  pre { overflow: auto; padding: 1rem; background: #f3f3f3; border-radius: .75rem; }
  .wrong { white-space: pre-wrap; border-color: #b00020; color: #b00020; }
  button { min-height: 2.75rem; padding: 0 1rem; font: inherit; }`;

/** Where it lies: at the root there may be the centre. */
export const SHOP = "/~shop";

const page = (terms, wrong, path) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<script src="${path}doui.js"></script>
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page of your shop</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>A page of your shop</h1>
<p>Each tag and frame below waits for its purpose. Choose in the banner, or <button data-doui-open>open the settings</button>. This page is made by <code>doui serve</code>; it loads again when your shop file changes. <a href="${path}">The preference centre</a>.</p>
${wrong ? `<section class="wrong">${escaped(wrong)}</section>` : ""}
${terms.purposes
  .map(
    ({ id }) => `<section>
<h2>${escaped(id)}</h2>
<p id="tag-${id}">The tag has not run.</p>
<script type="text/plain" data-doui="${id}">document.getElementById("tag-${id}").textContent = "The tag has run.";</script>
<iframe title="A frame that waits for ${escaped(id)}" data-doui="${id}" data-doui-src="/~frame"></iframe>
</section>`,
  )
  .join("\n")}
<h2>doui.state</h2>
<pre id="state"></pre>
<script>
  const show = () => { document.getElementById("state").textContent = JSON.stringify(window.doui?.state, null, 2) ?? "doui.js is not there"; };
  window.doui?.onChange(show);
  show();
  new EventSource("/~built").onmessage = () => location.reload();
</script>
</body>
</html>
`;

const FRAME = `<!doctype html><meta charset="utf-8"><title>A frame</title><p style="font: 1rem system-ui">This frame was allowed.</p>`;

/** What is at an address; nothing where there is nothing. @param {string} path @param {Map<string, Uint8Array>} files @param {string} wrong what is wrong with the shop file @param {string} mount where the shop serves the files */
export const storefront = (path, files, wrong, mount) => {
  if (path == "/~frame") return { content: FRAME };
  if (path != SHOP && !(path == "/" && mount != "/")) return undefined;
  const terms = files.get("terms.json");
  return { content: page(terms ? JSON.parse(new TextDecoder().decode(terms)) : { purposes: [] }, wrong, mount) };
};
