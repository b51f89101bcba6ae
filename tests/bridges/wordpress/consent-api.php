<?php
/**
 * Plugin Name: WP Consent API (stand-in)
 *
 * The hooks of the WP Consent API, written from its description: nothing is known of consent until a type is given.
 */

function wp_has_consent( $category, $requested_by = false ) {
	$type  = apply_filters( 'wp_get_consent_type', false );
	$value = isset( $_COOKIE[ "wp_consent_$category" ] ) ? $_COOKIE[ "wp_consent_$category" ] : '';
	$has   = ! $type || ( 'optout' === $type && ! $value ) || 'allow' === $value;
	return apply_filters( 'wp_has_consent', $has, $category, $requested_by );
}

function wp_add_cookie_info( $name, $plugin_or_service, $category, $expires, $function ) {
	$GLOBALS['consent_cookies'][ $name ] = $category;
}

add_action(
	'wp_enqueue_scripts',
	function () {
		wp_enqueue_script( 'wp-consent-api', plugins_url( 'wp-consent-api.js', __FILE__ ), array(), '1', true );
	}
);

// What a shop's plugin might do with it.
add_action(
	'wp_footer',
	function () {
		printf( '<p id="marketing">%s</p>', wp_has_consent( 'marketing' ) ? 'marketing' : 'none' );
		printf( '<p id="cached">%s</p>', defined( 'DONOTCACHEPAGE' ) ? 'not to be cached' : 'may be cached' );
		printf( '<p id="cookies">%s</p>', esc_html( wp_json_encode( $GLOBALS['consent_cookies'] ?? array() ) ) );
	}
);
