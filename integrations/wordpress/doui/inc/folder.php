<?php
/**
 * Where the uploaded dist/ lies, and what it says of itself.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/** The folder on the disk. */
function doui_folder() {
	return wp_upload_dir( null, false )['basedir'] . '/doui';
}

/** Its address, without a slash at its end. */
function doui_url() {
	return set_url_scheme( wp_upload_dir( null, false )['baseurl'] . '/doui' );
}

/**
 * A JSON file of the folder, read once a request.
 *
 * @param string $name Its name.
 * @return array|null Nothing where there is no folder yet.
 */
function doui_json( $name ) {
	static $read = array();
	$file        = doui_folder() . '/' . $name;
	if ( ! isset( $read[ $file ] ) ) {
		$text = is_file( $file ) ? file_get_contents( $file ) : false;
		$json = false === $text ? null : json_decode( $text, true );

		$read[ $file ] = is_array( $json ) ? $json : null;
	}
	return $read[ $file ];
}

/** The manifest of the folder, or nothing. */
function doui_manifest() {
	return doui_json( 'manifest.json' );
}

/** The terms of the shop, which decide what a cookie means, or nothing. */
function doui_terms() {
	return doui_json( 'terms.json' );
}
