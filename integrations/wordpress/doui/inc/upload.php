<?php
/**
 * Takes an uploaded dist/: all of it, or nothing.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/** What a build of Doui has, by the ends of its names: nothing that a server would run. */
const DOUI_ENDS = array( 'css', 'html', 'js', 'json', 'png', 'svg', 'ts', 'txt', 'wasm' );

/**
 * The files of a build out of a zip file: those that its manifest names, each held to the hash that it gives. The compressed
 * copies are left out, since servers that serve uploads look for none.
 *
 * @param string $zip The bytes of the zip file.
 * @return array<string, string> Contents by path.
 * @throws DomainException What is wrong with it, and what to do.
 */
function doui_build_in( $zip ) {
	$found    = doui_unzip( $zip );
	$top      = doui_top( array_keys( $found ) );
	$manifest = json_decode( $found[ $top . 'manifest.json' ], true );
	$named    = is_array( $manifest ) && isset( $manifest['files'] ) && is_array( $manifest['files'] ) ? $manifest['files'] : array();
	$path     = isset( $manifest['path'] ) ? $manifest['path'] : '';
	if ( ! isset( $named['doui.js'], $named['terms.json'] ) || ! is_string( $path ) || ! preg_match( '#^/(?:(?!\.+/)[A-Za-z0-9._~-]+/)*$#D', $path ) ) {
		throw new DomainException( __( 'Its manifest.json is not of a build of Doui. Run `npx doui build` and zip the folder dist.', 'doui' ) );
	}
	$files = array( 'manifest.json' => $found[ $top . 'manifest.json' ] );
	foreach ( $found as $name => $content ) {
		// What a Mac puts beside what it zips.
		if ( 0 === strpos( $name, '__MACOSX/' ) || '.DS_Store' === basename( $name ) ) {
			continue;
		}
		$inner = 0 === strncmp( $name, $top, strlen( $top ) ) ? substr( $name, strlen( $top ) ) : null;
		$plain = null === $inner ? '' : preg_replace( '/\.(?:br|gz)$/D', '', $inner );
		if ( 'manifest.json' === $inner || ( $plain !== $inner && isset( $named[ $plain ] ) ) ) {
			continue;
		}
		if ( null === $inner || ! doui_is_safe( $inner ) || ! isset( $named[ $inner ] ) ) {
			/* translators: %s: a file's name */
			throw new DomainException( sprintf( __( '%s is not of a build of Doui. Nothing was taken over. Zip the folder dist as `npx doui build` writes it, with nothing else in it.', 'doui' ), $name ) );
		}
		$integrity = isset( $named[ $inner ]['integrity'] ) ? $named[ $inner ]['integrity'] : '';
		if ( 'sha384-' . base64_encode( hash( 'sha384', $content, true ) ) !== $integrity ) {
			/* translators: %s: a file's name */
			throw new DomainException( sprintf( __( '%s is not as it was built. Nothing was taken over. Build again, and do not edit what is in dist.', 'doui' ), $name ) );
		}
		$files[ $inner ] = $content;
	}
	foreach ( $named as $name => $about ) {
		if ( ! isset( $files[ $name ] ) ) {
			/* translators: %s: a file's name */
			throw new DomainException( sprintf( __( '%s is missing. Nothing was taken over. Zip all of dist.', 'doui' ), $name ) );
		}
	}
	return $files;
}

/**
 * The folder within a zip file that the build lies in, with its slash: nothing, or the name of the folder that was zipped.
 *
 * @param string[] $names The names in the zip file.
 * @throws DomainException Where there is no build.
 */
function doui_top( $names ) {
	foreach ( $names as $name ) {
		if ( preg_match( '#^((?:[A-Za-z0-9_-]+/)?)manifest\.json$#D', $name, $part ) ) {
			return $part[1];
		}
	}
	throw new DomainException( __( 'There is no manifest.json in it. Run `npx doui build` and zip the folder dist.', 'doui' ) );
}

/**
 * Whether a name stays within its folder and is of a kind that a build has.
 *
 * @param string $name A path.
 */
function doui_is_safe( $name ) {
	if ( '.well-known/gpc.json' === $name ) {
		return true;
	}
	$is_path = preg_match( '#^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$#D', $name );
	// A server may run `a.php.js`.
	return $is_path && ! preg_match( '/\.(?:ph|cgi|pl|py|sh|asp|jsp|hta|htp)/i', $name ) && in_array( pathinfo( $name, PATHINFO_EXTENSION ), DOUI_ENDS, true );
}

/**
 * Puts a build in the place of the one before.
 *
 * @param array<string, string> $files Contents by path.
 * @throws DomainException Where the disk refuses.
 */
function doui_put( $files ) {
	$folder = doui_folder();
	$stage  = $folder . '.new';
	$old    = $folder . '.old';
	doui_remove( $stage );
	doui_remove( $old );
	foreach ( $files as $name => $content ) {
		$file = $stage . '/' . $name;
		if ( ! wp_mkdir_p( dirname( $file ) ) || file_put_contents( $file, $content ) !== strlen( $content ) ) {
			doui_remove( $stage );
			/* translators: %s: a folder */
			throw new DomainException( sprintf( __( '%s cannot be written. The build before stays.', 'doui' ), $folder ) );
		}
	}
	if ( ( is_dir( $folder ) && ! rename( $folder, $old ) ) || ! rename( $stage, $folder ) ) {
		if ( is_dir( $old ) && ! is_dir( $folder ) ) {
			rename( $old, $folder );
		}
		/* translators: %s: a folder */
		throw new DomainException( sprintf( __( '%s cannot be replaced. The build before stays.', 'doui' ), $folder ) );
	}
	doui_remove( $old );
}

/**
 * Removes a folder with all that is in it; a link is removed, not followed.
 *
 * @param string $folder A folder of the plugin's.
 */
function doui_remove( $folder ) {
	if ( is_link( $folder ) || is_file( $folder ) ) {
		unlink( $folder );
	} elseif ( is_dir( $folder ) ) {
		foreach ( array_diff( scandir( $folder ), array( '.', '..' ) ) as $name ) {
			doui_remove( $folder . '/' . $name );
		}
		rmdir( $folder );
	}
}
