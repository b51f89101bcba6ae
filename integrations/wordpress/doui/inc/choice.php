<?php
/**
 * The visitor's choice, read from the cookie by the shop's terms. What is undecided, unreadable, expired or forged is denied.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

const DOUI_GRAMMAR = '/^1\.([0-9]{8})\.([1-9][0-9]{0,10})((?:\.[a-z][a-z0-9-]{0,23}[01])+)(\.gpc)?$/D';

/**
 * Whether each purpose is allowed.
 *
 * @param array  $terms  What terms.json says.
 * @param string $cookie The cookie's value, empty without one.
 * @param bool   $gpc    Whether the request has `Sec-GPC: 1`.
 * @param int    $now    Unix seconds.
 * @return array<string, bool> By the purposes' ids.
 */
function doui_choices( $terms, $cookie, $gpc, $now ) {
	$answers = doui_answers( $cookie, $terms, $now );
	$choices = array();
	foreach ( $terms['purposes'] as $purpose ) {
		$id      = $purpose['id'];
		$revised = str_replace( '-', '', $purpose['revised'] );
		$is_said = $answers && isset( $answers['tokens'][ $id ] ) && $revised <= $answers['revision'];
		// What a shop grants before the first answer ends with anything that might be one.
		$choice = $is_said ? '1' === $answers['tokens'][ $id ] : '' === $cookie && 'granted' === $purpose['before'];
		// An answer that knew of the signal counts; none before it, and no default, does.
		if ( $gpc && $purpose['gpc'] && ! ( $is_said && $answers['gpc'] ) ) {
			$choice = false;
		}
		$choices[ $id ] = $choice;
	}
	return $choices;
}

/**
 * What a cookie says, or nothing where it is no decision in force.
 *
 * @param string $cookie Its value.
 * @param array  $terms  What terms.json says.
 * @param int    $now    Unix seconds.
 */
function doui_answers( $cookie, $terms, $now ) {
	if ( ! is_string( $cookie ) || strlen( $cookie ) > 4096 || ! preg_match( DOUI_GRAMMAR, $cookie, $parts ) ) {
		return null;
	}
	$at = (int) $parts[2];
	if ( $at > $now + 86400 || $now - $at > $terms['valid_days'] * 86400 || ! doui_is_date( $parts[1] ) ) {
		return null;
	}
	$tokens = array();
	foreach ( explode( '.', substr( $parts[3], 1 ) ) as $token ) {
		$id = substr( $token, 0, -1 );
		if ( isset( $tokens[ $id ] ) ) {
			return null;
		}
		$tokens[ $id ] = substr( $token, -1 );
	}
	return array(
		'revision' => $parts[1],
		'tokens'   => $tokens,
		'gpc'      => ! empty( $parts[4] ),
	);
}

/**
 * Whether eight digits are a day.
 *
 * @param string $day As yyyymmdd.
 */
function doui_is_date( $day ) {
	return checkdate( (int) substr( $day, 4, 2 ), (int) substr( $day, 6, 2 ), max( 1, (int) substr( $day, 0, 4 ) ) );
}

/** The choices of this request's visitor, or nothing where no build was uploaded. */
function doui_visitor() {
	$terms = doui_terms();
	if ( ! $terms ) {
		return null;
	}
	$name   = $terms['cookie']['name'];
	$cookie = isset( $_COOKIE[ $name ] ) ? wp_unslash( $_COOKIE[ $name ] ) : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
	// Whoever sends a list sends no answer, but something.
	$cookie = is_string( $cookie ) ? $cookie : '?';
	$gpc    = isset( $_SERVER['HTTP_SEC_GPC'] ) && '1' === $_SERVER['HTTP_SEC_GPC'];
	return doui_choices( $terms, $cookie, $gpc, time() );
}
