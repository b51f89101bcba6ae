// A real WordPress in PHP, both as WebAssembly, with a database of its own in memory: serves a shop on loopback with the plugin and
// the stand-in of the WP Consent API. Arguments: the folder with the npm packages, versions of PHP and of WordPress, the plugin's
// folder. Says where it listens once it does; logs in whoever asks for /?log-in.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [home, phpVersion, wordPressVersion, plugin] = process.argv.slice(2);
// The other build of these packages looks for its files beside their folder.
const load = (name) => import(pathToFileURL(join(home, "node_modules", name, "index.js")).href);
const { loadNodeRuntime } = await load("@php-wasm/node");
const { bootWordPress, getFileNotFoundActionForWordPress } = await load("@wp-playground/wordpress");
const builds = join(home, "node_modules/@wp-playground/wordpress-builds/src");
const zip = (path) => new File([readFileSync(join(builds, path))], "file.zip");
const here = dirname(fileURLToPath(import.meta.url));

const server = createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}`;

const wordPress = await bootWordPress({
  createPhpRuntime: () => loadNodeRuntime(phpVersion),
  siteUrl: address,
  wordPressZip: zip(`wordpress/wp-${wordPressVersion}.zip`),
  sqliteIntegrationPluginZip: zip("sqlite-database-integration/sqlite-database-integration.zip"),
  getFileNotFoundAction: getFileNotFoundActionForWordPress,
  // Its server keeps the cookies of one visitor itself. Here the browser does.
  createFiles: {
    "/internal/shared/preload/cookies.php": `<?php $_COOKIE = [];
      foreach (array_filter(explode('; ', $_SERVER['HTTP_X_COOKIE'] ?? '')) as $pair) {
        [$name, $value] = explode('=', $pair, 2) + [1 => ''];
        $_COOKIE[$name] = urldecode($value);
      }`,
  },
  constants: { WP_HTTP_BLOCK_EXTERNAL: true, WP_AUTO_UPDATE_CORE: false, DISABLE_WP_CRON: true, WP_DEBUG: true, WP_DEBUG_DISPLAY: true },
});
const php = await wordPress.getPrimaryPhp();

/** @param {string} from @param {string} to */
const copy = (from, to) => {
  php.mkdirTree(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copy(join(from, entry.name), `${to}/${entry.name}`);
    else php.writeFile(`${to}/${entry.name}`, readFileSync(join(from, entry.name)));
  }
};
const plugins = "/wordpress/wp-content/plugins";
copy(plugin, `${plugins}/doui`);
php.mkdirTree(`${plugins}/wp-consent-api`);
for (const file of ["consent-api.php", "wp-consent-api.js"]) {
  php.writeFile(`${plugins}/wp-consent-api/${file}`, readFileSync(join(here, file)));
}
// The theme's head begins with a script of its own by wp_head, which Doui has to come before.
php.mkdirTree("/wordpress/wp-content/themes/shop");
php.writeFile("/wordpress/wp-content/themes/shop/style.css", "/* Theme Name: Shop */");
php.writeFile(
  "/wordpress/wp-content/themes/shop/index.php",
  `<!doctype html><html <?php language_attributes(); ?>><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><?php wp_head(); ?></head>
   <body><p>shop</p><script type="text/plain" data-doui="ads">window.ran = true;</script><?php wp_footer(); ?></body></html>`,
);
php.writeFile(
  "/wordpress/wp-content/themes/shop/functions.php",
  `<?php remove_action('wp_head', 'print_emoji_detection_script', 7);
   add_action('wp_head', function () { echo "<script>window.first = !!window.doui;</script>"; }, -1000);`,
);
const { text, errors } = await php.run({
  code: `<?php require '/wordpress/wp-load.php'; require_once ABSPATH . 'wp-admin/includes/plugin.php';
    foreach (['wp-consent-api/consent-api.php', 'doui/doui.php'] as $one) { $error = activate_plugin($one); if ($error) print_r($error); }
    update_option('permalink_structure', '/%postname%/'); flush_rewrite_rules(); update_option('show_avatars', 0); switch_theme('shop');
    echo PHP_VERSION, ' ', get_bloginfo('version');`,
});
if (errors) console.error(errors);

// The database of a shop takes one request after the other.
let last = Promise.resolve();
server.on("request", async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  last = last.then(async () => {
    if (request.url == "/?log-in") {
      const login = await php.run({
        code: `<?php require '/wordpress/wp-load.php'; $until = time() + 3600;
          $token = WP_Session_Tokens::get_instance(1)->create($until);
          foreach ([AUTH_COOKIE => 'auth', LOGGED_IN_COOKIE => 'logged_in'] as $name => $scheme)
            echo $name, '=', rawurlencode(wp_generate_auth_cookie(1, $until, $scheme, $token)), "\\n";`,
      });
      const cookies = login.text.trim().split("\n").map((pair) => `${pair}; Path=/`);
      response.writeHead(200, { "Set-Cookie": cookies, "Content-Type": "text/html" });
      return response.end("<title>in</title>");
    }
    // The styles, scripts and pictures of WordPress itself are not in its zip file.
    const file = join(builds, `../public/wp-${wordPressVersion}`, new URL(request.url, address).pathname);
    const kind = { ".css": "text/css", ".js": "text/javascript", ".png": "image/png" }[extname(file)];
    if (kind && existsSync(file)) {
      response.writeHead(200, { "Content-Type": kind });
      return response.end(readFileSync(file));
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, `${value}`]));
    headers["x-cookie"] = headers.cookie ?? "";
    const answer = await wordPress.request({ method: request.method, url: request.url, headers, body: new Uint8Array(Buffer.concat(chunks)) });
    delete answer.headers["content-length"];
    response.writeHead(answer.httpStatusCode, answer.headers);
    response.end(Buffer.from(answer.bytes));
  });
  await last.catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
    last = Promise.resolve();
  });
});
console.log(`${address} ${text}`);
