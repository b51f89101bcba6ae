<?php
/**
 * Keeps optimisers off doui.js, the held tags' script and the bridge: what is joined, delayed or moved runs after the tags.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/**
 * Adds what the addresses of our scripts have in them to a list, or to a text with commas, as Autoptimize has.
 *
 * @param string[]|string $excluded What is excluded so far.
 */
function doui_exclude( $excluded ) {
	$own = array( '/doui/doui.js', '/doui/bridge.js' );
	if ( is_array( $excluded ) ) {
		return array_merge( $excluded, $own );
	}
	return implode( ', ', array_filter( array_merge( array( trim( (string) $excluded ) ), $own ) ) );
}

/**
 * The same for what knows scripts by the names that WordPress gives them.
 *
 * @param string[] $excluded What is excluded so far.
 */
function doui_exclude_handle( $excluded ) {
	return array_merge( (array) $excluded, array( 'doui-bridge' ) );
}

foreach ( array(
	'rocket_exclude_js',
	'rocket_exclude_defer_js',
	'rocket_delay_js_exclusions',
	'autoptimize_filter_js_exclude',
	'litespeed_optimize_js_excludes',
	'litespeed_optm_js_defer_exc',
	'litespeed_optm_gm_js_exc',
	'perfmatters_delay_js_exclusions',
	'wp-optimize-minify-default-exclusions',
) as $doui_filter ) {
	add_filter( $doui_filter, 'doui_exclude' );
}
foreach ( array( 'sgo_js_minify_exclude', 'sgo_js_async_exclude', 'sgo_javascript_combine_exclude' ) as $doui_filter ) {
	add_filter( $doui_filter, 'doui_exclude_handle' );
}
unset( $doui_filter );
