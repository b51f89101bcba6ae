<?php
// What of WordPress the plugin calls, as far as the tests without it need: hooks, a folder for uploads, options.

define('ABSPATH', __DIR__ . '/');
define('STAND_IN_UPLOADS', sys_get_temp_dir() . '/doui-wordpress-' . getmypid());

$hooks = [];
$options = [];

function add_filter($name, $callback, $priority = 10, $arguments = 1) {
    global $hooks;
    $hooks[$name][] = [$priority, count($hooks[$name] ?? []), $callback, $arguments];
}
function add_action($name, $callback, $priority = 10, $arguments = 1) {
    add_filter($name, $callback, $priority, $arguments);
}
function apply_filters($name, $value, ...$more) {
    global $hooks;
    $callbacks = $hooks[$name] ?? [];
    sort($callbacks);
    foreach ($callbacks as [, , $callback, $arguments]) {
        $value = $callback(...array_slice([$value, ...$more], 0, $arguments));
    }
    return $value;
}
function do_action($name, ...$more) {
    apply_filters($name, ...($more ?: [null]));
}
function __return_true() { return true; }
function __($text) { return $text; }
function is_admin() { return false; }
function wp_upload_dir() { return ['basedir' => STAND_IN_UPLOADS, 'baseurl' => 'http://shop.example/wp-content/uploads']; }
function set_url_scheme($url) { return str_replace('http:', 'https:', $url); }
function wp_mkdir_p($folder) { return is_dir($folder) || mkdir($folder, 0777, true); }
function wp_unslash($text) { return $text; }
function wp_json_encode($data) { return json_encode($data); }
function esc_url($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
function get_option($name) { global $options; return $options[$name] ?? false; }
function plugin_basename($file) { return 'doui/doui.php'; }
