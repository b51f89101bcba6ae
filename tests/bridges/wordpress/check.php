<?php
// Plays the plugin without WordPress: what it takes as an upload, what it prints, what it answers. Arguments: the plugin's folder,
// a dist/, the vectors and the folder of their terms.

error_reporting(E_ALL);
set_error_handler(static function ($level, $text, $file, $line) {
    // A call that says that it may fail is answered by what it returns.
    if (error_reporting() & $level) throw new ErrorException("$text in $file:$line");
});

[, $plugin, $dist, $vectors, $terms] = $argv;
require __DIR__ . '/stand-in.php';
require __DIR__ . '/zip.php';
mkdir(STAND_IN_UPLOADS);
register_shutdown_function(static function () { doui_remove(STAND_IN_UPLOADS); });
require "$plugin/doui.php";

function same($one, $other, string $what): void {
    if ($one !== $other) {
        fwrite(STDERR, "$what: " . var_export($one, true) . ' is not ' . var_export($other, true) . "\n");
        exit(1);
    }
}

function refused(array $entries, string $part): void {
    try {
        doui_put(doui_build_in(zip_of($entries)));
    } catch (DomainException $error) {
        same(strpos($error->getMessage(), $part) !== false, true, "$part in {$error->getMessage()}");
        return;
    }
    same('taken', 'refused', $part);
}

function printed(): string {
    ob_start();
    do_action('wp_head');
    return ob_get_clean();
}

// ---- Without a build nothing happens ----

same(printed(), '', 'the head without a build');
same(apply_filters('wp_has_consent', true, 'marketing', ''), true, 'consent without a build');

// ---- Bad uploads ----

$good = entries_of($dist, 'dist/');
foreach ([
    [['dist/../../evil.php', '<?php'], 'evil.php is not of a build'],
    [['../evil.js', 'x'], 'evil.js is not of a build'],
    [['/etc/evil.js', 'x'], 'evil.js is not of a build'],
    [['dist\\..\\evil.js', 'x'], 'evil.js is not of a build'],
    [['dist/evil.php', '<?php'], 'evil.php is not of a build'],
    [['dist/.htaccess', 'x'], '.htaccess is not of a build'],
    [['dist/more.js', 'x'], 'more.js is not of a build'],
    [['more.js', 'x'], 'more.js is not of a build'],
    [['dist/doui.js', 'x'], 'dist/doui.js is in it twice'],
    [['dist/link.js', '/etc/passwd', 0120777], 'link.js is a link'],
] as [$bad, $part]) {
    refused([...$good, $bad], $part);
}
$with = static function (string $name, callable $change) use ($good): array {
    return array_map(static function ($entry) use ($name, $change) {
        return $entry[0] === $name ? [$name, $change($entry[1])] : $entry;
    }, $good);
};
refused($with('dist/doui.js', static function ($text) { return $text . ';evil()'; }), 'doui.js is not as it was built');
// A manifest that vouches for what a server would run.
refused([...$with('dist/manifest.json', static function ($text) {
    $manifest = json_decode($text, true);
    $manifest['files']['evil.php'] = ['integrity' => 'sha384-' . base64_encode(hash('sha384', '<?php', true))];
    return json_encode($manifest);
}), ['dist/evil.php', '<?php']], 'evil.php is not of a build');
refused($with('dist/manifest.json', static function ($text) {
    $manifest = json_decode($text, true);
    $manifest['path'] = '/../../';
    return json_encode($manifest);
}), 'manifest.json is not of a build');
refused(array_values(array_filter($good, static function ($entry) { return $entry[0] !== 'dist/doui.js'; })), 'doui.js is missing');
refused([['a.txt', 'x']], 'There is no manifest.json');
refused([['manifest.json', '{}']], 'manifest.json is not of a build');
foreach (['', 'PK', "PK\x05\x06" . str_repeat("\xff", 18), substr(zip_of($good), 0, -30), substr_replace(zip_of($good), "\0\0\0\0", 80, 4)] as $damaged) {
    try {
        doui_unzip($damaged);
        same('taken', 'refused', 'a damaged file');
    } catch (DomainException $error) {
    }
}
same(is_dir(STAND_IN_UPLOADS . '/doui'), false, 'a refused upload leaves nothing');
same(glob(STAND_IN_UPLOADS . '/*'), [], 'a refused upload leaves nothing');

// ---- A good one, twice ----

doui_put(doui_build_in(zip_of([...$good, ['__MACOSX/dist/._doui.js', 'x'], ['dist/.DS_Store', 'x']])));
doui_put(doui_build_in(zip_of(entries_of($dist, ''))));
$folder = STAND_IN_UPLOADS . '/doui';
same(file_get_contents("$folder/doui.js"), file_get_contents("$dist/doui.js"), 'doui.js');
same(is_file("$folder/services/index.html"), true, 'a page');
same(glob(STAND_IN_UPLOADS . '/*'), [$folder], 'only the folder is left');
$names = array_column(entries_of($folder, ''), 0);
same(preg_grep('/\.(br|gz|php)$|DS_Store/', $names), [], 'nothing else is in it');

// ---- The head ----

$GLOBALS['order'] = [];
add_action('wp_head', static function () { echo "<link>\n"; }, 1);
add_filter('doui_script_attributes', static function () { return ['nonce' => 'r4"d']; });
$head = printed();
same(preg_match('#^<script src="https://shop\.example/wp-content/uploads/doui/doui\.js\?v=[0-9a-f]{8}" data-cfasync="false" [^>]*nowprocket [^>]*nonce="r4&quot;d"></script>\n<link>#', $head), 1, "the head: $head");

// ---- Optimisers ----

same(apply_filters('rocket_delay_js_exclusions', ['a.js']), ['a.js', '/doui/doui.js', '/doui/bridge.js'], 'a list');
same(apply_filters('autoptimize_filter_js_exclude', 'a.js'), 'a.js, /doui/doui.js, /doui/bridge.js', 'a text');
same(apply_filters('autoptimize_filter_js_exclude', ''), '/doui/doui.js, /doui/bridge.js', 'an empty text');
same(apply_filters('sgo_js_minify_exclude', []), ['doui-bridge'], 'names');

// ---- The centre's pages ----

$manifest = doui_manifest();
foreach ([
    '/doui' => [301, '/doui/'], '/doui/' => [200, 'index.html'], '/doui/services' => [200, 'services/index.html'],
    '/doui/services/' => [200, 'services/index.html'], '/doui/doui.js' => [200, 'doui.js'], '/doui/none' => [404, '404.html'],
    '/doui/../wp-config.php' => [404, '404.html'], '/doui/manifest.json' => [404, '404.html'], '/douix' => null, '/' => null,
    '/.well-known/gpc.json' => [200, '.well-known/gpc.json'],
] as $path => $answer) {
    same(doui_answer($path, $manifest), $answer, $path);
}

// ---- The cookie, by the vectors that every reader is held to ----

$held = 0;
foreach (json_decode(file_get_contents($vectors), true)['decisions'] as $vector) {
    // What local storage has beside the cookie no server sees.
    if (!is_string($vector['cookie']) || $vector['record'] !== null || !empty($vector['quiet'])) continue;
    $of = json_decode(file_get_contents("$terms/{$vector['shop']}.json"), true);
    $allowed = array_keys(array_filter(doui_choices($of, $vector['cookie'], $vector['gpc'], $vector['now'])));
    same($allowed, $vector['expect']['allowed'], $vector['name']);
    $held++;
}
same($held > 30, true, "$held vectors");

// ---- Consent, and page caches ----

$cookie = static function (string $tokens): string {
    return '1.' . str_replace('-', '', doui_terms()['revision']) . '.' . (time() - 60) . ".$tokens";
};
$has = static function (string $category) { return apply_filters('wp_has_consent', true, $category, ''); };
same($has('marketing'), false, 'undecided');
same($has('functional'), true, 'what is necessary');
$_COOKIE['doui'] = $cookie('auth1.ads1.traffic0.affiliate0');
same([$has('marketing'), $has('statistics'), $has('other')], [false, false, true], 'one of two purposes');
same(defined('DONOTCACHEPAGE'), false, 'a page for everybody may be cached');
same($has('preferences'), true, 'allowed');
same(defined('DONOTCACHEPAGE'), true, 'a page for one visitor may not');
$_COOKIE['doui'] = ['no' => 'text'];
same($has('preferences'), false, 'a cookie that is no text');
$options['doui_categories'] = ['marketing' => ['ads', 'unknown']];
$_COOKIE['doui'] = $cookie('auth0.ads1.traffic0.affiliate0');
same($has('marketing'), true, 'another map');
same(apply_filters('wp_get_consent_type', false), 'optin', 'the type');
same(apply_filters('wp_consent_api_registered_doui/doui.php', false), true, 'registered');

echo json_encode(['vectors' => $held, 'files' => count($names)]);
