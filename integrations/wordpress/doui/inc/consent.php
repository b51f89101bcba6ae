<?php
/**
 * The WP Consent API: Doui leads, and is the only writer. From outside a refusal is taken over (bridge.js), a grant never.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/** Which purposes must be allowed for a category; `necessary` always is. */
const DOUI_CATEGORIES = array(
	'functional'           => array( 'necessary' ),
	'preferences'          => array( 'auth' ),
	'statistics'           => array( 'traffic' ),
	'statistics-anonymous' => array( 'traffic' ),
	'marketing'            => array( 'ads', 'affiliate' ),
);

/**
 * The categories, each with the purposes that it stands for in this shop. What names no purpose of the shop's stays denied.
 *
 * @return array<string, string[]>
 */
function doui_categories() {
	$saved = get_option( 'doui_categories' );
	$terms = doui_terms();
	$known = $terms ? array_column( $terms['purposes'], 'id' ) : array();
	$known = array_merge( array( 'necessary' ), $known );
	$map   = array_merge( DOUI_CATEGORIES, is_array( $saved ) ? $saved : array() );
	foreach ( $map as $category => $purposes ) {
		$map[ $category ] = array_values( array_intersect( $purposes, $known ) );
	}
	return $map;
}

/** The consent type of the site: `optout` only where the shop grants every purpose before an answer. */
function doui_consent_type() {
	$terms = doui_terms();
	$asks  = $terms && array_filter(
		$terms['purposes'],
		static function ( $purpose ) {
			return 'granted' !== $purpose['before'];
		}
	);
	return ! $terms || $asks ? 'optin' : 'optout';
}

/**
 * The last word on whether there is consent for a category: what the visitor's cookie says now, so that a withdrawal is not
 * outlived by the API's own cookies.
 *
 * @param bool   $has      What the API makes of its own cookies.
 * @param string $category The category.
 */
function doui_has_consent( $has, $category ) {
	$choices = doui_visitor();
	$map     = doui_categories();
	if ( null === $choices || ! isset( $map[ $category ] ) ) {
		return $has;
	}
	$choices['necessary'] = true;
	$is_allowed           = (bool) $map[ $category ];
	foreach ( $map[ $category ] as $purpose ) {
		$is_allowed = $is_allowed && ! empty( $choices[ $purpose ] );
	}
	if ( $is_allowed && array( 'necessary' ) !== $map[ $category ] ) {
		doui_keep_out_of_caches();
	}
	return $is_allowed;
}
add_filter( 'wp_has_consent', 'doui_has_consent', PHP_INT_MAX, 2 );

/**
 * A page that was made for somebody who allowed something is for nobody else. One made for a visitor who allowed nothing may be
 * cached for all: whoever has allowed more is served by the page's scripts.
 */
function doui_keep_out_of_caches() {
	if ( ! defined( 'DONOTCACHEPAGE' ) ) {
		define( 'DONOTCACHEPAGE', true );
	}
	do_action( 'litespeed_control_set_nocache', 'doui: the page depends on a visitor\'s consent' );
	if ( ! headers_sent() ) {
		header( 'Cache-Control: private, no-cache' );
	}
}

add_filter( 'wp_get_consent_type', 'doui_consent_type', PHP_INT_MAX );
add_filter( 'wp_consent_api_registered_' . plugin_basename( DOUI_FILE ), '__return_true' );

/** Adds the script that tells the API in the page, where the API is there. */
function doui_enqueue_bridge() {
	if ( ! doui_terms() || ! wp_script_is( 'wp-consent-api', 'registered' ) ) {
		return;
	}
	wp_enqueue_script( 'doui-bridge', plugins_url( 'bridge.js', DOUI_FILE ), array( 'wp-consent-api' ), '0.1.1', true );
	$data = array(
		'type'       => doui_consent_type(),
		'categories' => doui_categories(),
	);
	wp_add_inline_script( 'doui-bridge', 'window.douiWordPress = ' . wp_json_encode( $data ) . ';', 'before' );
}
// The API registers its script at the usual time.
add_action( 'wp_enqueue_scripts', 'doui_enqueue_bridge', PHP_INT_MAX );

/** Says what Doui's own cookie is for. */
function doui_tell_cookie() {
	$terms = doui_terms();
	if ( $terms && function_exists( 'wp_add_cookie_info' ) ) {
		/* translators: %d: a number of days */
		$days = sprintf( __( '%d days', 'doui' ), $terms['valid_days'] );
		wp_add_cookie_info( $terms['cookie']['name'], 'Doui', 'functional', $days, __( 'Keeps the answer to what cookies may be used for.', 'doui' ) );
	}
}
add_action( 'init', 'doui_tell_cookie' );
