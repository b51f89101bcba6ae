<?php
/**
 * The script tag, first in the head.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/** What keeps optimisers from moving, delaying or joining a script, each as its plugin or service documents it. */
const DOUI_KEPT = 'data-cfasync="false" data-no-optimize="1" data-no-defer="1" data-noptimize="1" data-nowprocket="1" nowprocket nitro-exclude data-jetpack-boost="ignore" data-pagespeed-no-defer';

/** Prints the tag. A theme that writes into its head before wp_head() comes earlier all the same. */
function doui_print() {
	$manifest = doui_manifest();
	if ( ! $manifest ) {
		return;
	}
	// The name is always the same, so a cache that keeps it for long needs to see when it is another file.
	$version = substr( md5( $manifest['files']['doui.js']['integrity'] ), 0, 8 );
	$src     = doui_url() . '/doui.js?v=' . $version;
	/**
	 * Further attributes of the tag, such as `array( 'nonce' => '…' )` or, on a checkout page, `array( 'data-auto' => 'off' )`.
	 *
	 * @param array<string, string> $attributes By name.
	 */
	$more = '';
	foreach ( apply_filters( 'doui_script_attributes', array() ) as $name => $value ) {
		$more .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	printf( "<script src=\"%s\" %s%s></script>\n", esc_url( $src ), DOUI_KEPT, $more ); // phpcs:ignore WordPress.WP.EnqueuedResources, WordPress.Security.EscapeOutput
}
add_action( 'wp_head', 'doui_print', PHP_INT_MIN );
