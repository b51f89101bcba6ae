<?php
/**
 * Reads a zip file in memory. Nothing is ever extracted by the names that it has: what is written is decided elsewhere. PHP's own
 * extension for it is not everywhere.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/** The most files that a folder may have, and the most bytes of all of them together. */
const DOUI_MOST_FILES = 500;
const DOUI_MOST_BYTES = 20000000;

/**
 * The files of a zip file, by name; folders are left out.
 *
 * @param string $zip Its bytes.
 * @return array<string, string> Contents by name.
 * @throws DomainException What is wrong with it.
 */
function doui_unzip( $zip ) {
	$broken = new DomainException( __( 'The file is no zip file, or it is damaged.', 'doui' ) );
	$end    = strrpos( $zip, "PK\x05\x06" );
	if ( false === $end || strlen( $zip ) < $end + 22 ) {
		throw $broken;
	}
	$tail = unpack( 'vcount/Vsize/Vstart', substr( $zip, $end + 10, 10 ) );
	if ( $tail['count'] > 3 * DOUI_MOST_FILES ) {
		throw new DomainException( __( 'The file has more files in it than a build of Doui.', 'doui' ) );
	}
	$files = array();
	$bytes = 0;
	$at    = $tail['start'];
	for ( $left = $tail['count']; $left > 0; $left-- ) {
		if ( substr( $zip, $at, 4 ) !== "PK\x01\x02" || strlen( $zip ) < $at + 46 ) {
			throw $broken;
		}
		$entry = unpack( 'vversion/vneeds/vflags/vmethod/vtime/vdate/Vcrc/Vpacked/Vsize/vname/vextra/vcomment/vdisk/vinner/Vouter/Vstart', substr( $zip, $at + 4, 42 ) );
		$name  = substr( $zip, $at + 46, $entry['name'] );
		$at   += 46 + $entry['name'] + $entry['extra'] + $entry['comment'];
		// The upper half of the outer attributes is the mode that Unix gives; 0120000 is a link.
		if ( 0120000 === ( ( $entry['outer'] >> 16 ) & 0170000 ) ) {
			/* translators: %s: a file's name */
			throw new DomainException( sprintf( __( '%s is a link. A build of Doui has none.', 'doui' ), $name ) );
		}
		if ( '/' === substr( $name, -1 ) ) {
			continue;
		}
		if ( isset( $files[ $name ] ) ) {
			/* translators: %s: a file's name */
			throw new DomainException( sprintf( __( '%s is in it twice.', 'doui' ), $name ) );
		}
		$bytes += $entry['size'];
		if ( $bytes > DOUI_MOST_BYTES ) {
			throw new DomainException( __( 'The files in it are larger than a build of Doui.', 'doui' ) );
		}
		$local = substr( $zip, $entry['start'], 30 );
		if ( strlen( $local ) < 30 || substr( $local, 0, 4 ) !== "PK\x03\x04" ) {
			throw $broken;
		}
		$skip   = unpack( 'vname/vextra', substr( $local, 26, 4 ) );
		$packed = substr( $zip, $entry['start'] + 30 + $skip['name'] + $skip['extra'], $entry['packed'] );
		if ( 8 === $entry['method'] ) {
			// The most that may come of it is what it says of itself, whatever it is made of.
			$content = '' === $packed ? false : @gzinflate( $packed, max( 1, $entry['size'] ) ); // phpcs:ignore WordPress.PHP.NoSilencedErrors
		} else {
			$content = 0 === $entry['method'] ? $packed : false;
		}
		if ( false === $content || strlen( $content ) !== $entry['size'] || crc32( $content ) !== $entry['crc'] ) {
			throw $broken;
		}
		$files[ $name ] = $content;
	}
	return $files;
}
