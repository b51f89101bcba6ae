<?php
/**
 * Plugin Name: Doui
 * Description: Puts Doui's banner first on every page, serves the folder that `npx doui build` writes, and keeps the WP Consent API in step.
 * Version: 0.1.1
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT
 * Text Domain: doui
 *
 * @package Doui
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

define( 'DOUI_FILE', __FILE__ );

require __DIR__ . '/inc/folder.php';
require __DIR__ . '/inc/zip.php';
require __DIR__ . '/inc/upload.php';
require __DIR__ . '/inc/choice.php';
require __DIR__ . '/inc/head.php';
require __DIR__ . '/inc/serve.php';
require __DIR__ . '/inc/consent.php';
require __DIR__ . '/inc/optimisers.php';
if ( is_admin() ) {
	require __DIR__ . '/inc/settings.php';
}
