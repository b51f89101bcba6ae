<?php
/**
 * Serves the pages of the preference centre at the path that they were built for, such as /doui/. `doui.js` itself comes from the
 * folder of uploads, without PHP.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

const DOUI_TYPES = array(
	'css'  => 'text/css; charset=utf-8',
	'html' => 'text/html; charset=utf-8',
	'js'   => 'text/javascript; charset=utf-8',
	'json' => 'application/json',
	'png'  => 'image/png',
	'svg'  => 'image/svg+xml',
	'ts'   => 'text/plain; charset=utf-8',
	'txt'  => 'text/plain; charset=utf-8',
	'wasm' => 'application/wasm',
);

/**
 * The answer to a path of the site.
 *
 * @param string $asked    The path that is asked for, without a query.
 * @param array  $manifest The build's manifest.
 * @return array{0: int, 1: string}|null Status and the file's name; nothing where the path is not of the centre.
 */
function doui_answer( $asked, $manifest ) {
	$path  = $manifest['path'];
	$files = $manifest['files'];
	if ( '/.well-known/gpc.json' === $asked ) {
		return array( 200, '.well-known/gpc.json' );
	}
	if ( rtrim( $path, '/' ) === $asked && '' !== $asked ) {
		return array( 301, $path );
	}
	// At the root of a site, WordPress itself is at home.
	if ( '/' === $path || 0 !== strncmp( $asked, $path, strlen( $path ) ) ) {
		return null;
	}
	$name = substr( $asked, strlen( $path ) );
	$page = rtrim( $name, '/' );
	foreach ( array( $name, $page . '.html', '' === $page ? 'index.html' : $page . '/index.html' ) as $one ) {
		if ( isset( $files[ $one ] ) ) {
			return array( 200, $one );
		}
	}
	return isset( $files['404.html'] ) ? array( 404, '404.html' ) : null;
}

/** Answers a request for the centre, before WordPress looks for a page. */
function doui_serve() {
	$manifest = doui_manifest();
	$uri      = isset( $_SERVER['REQUEST_URI'] ) ? (string) $_SERVER['REQUEST_URI'] : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
	$answer   = $manifest ? doui_answer( strtok( $uri, '?' ), $manifest ) : null;
	if ( ! $answer ) {
		return;
	}
	list( $status, $name ) = $answer;
	if ( 301 === $status ) {
		wp_safe_redirect( $name, 301 );
		exit;
	}
	$content = file_get_contents( doui_folder() . '/' . $name );
	if ( false === $content ) {
		return;
	}
	$tag = '"' . md5( $content ) . '"';
	status_header( $status );
	header( 'Content-Type: ' . DOUI_TYPES[ pathinfo( $name, PATHINFO_EXTENSION ) ] );
	header( 'X-Content-Type-Options: nosniff' );
	header( 'ETag: ' . $tag );
	// What has a hash in its name never changes.
	header( 'Cache-Control: ' . ( preg_match( '/-[0-9a-f]{16}\./', $name ) ? 'public, max-age=31536000, immutable' : 'no-cache' ) );
	if ( isset( $_SERVER['HTTP_IF_NONE_MATCH'] ) && $tag === $_SERVER['HTTP_IF_NONE_MATCH'] ) {
		status_header( 304 );
		exit;
	}
	echo $content; // phpcs:ignore WordPress.Security.EscapeOutput
	exit;
}
add_action( 'init', 'doui_serve', 0 );
