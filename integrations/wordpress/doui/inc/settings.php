<?php
/**
 * Settings, Doui: upload dist/, see what is there, say which purposes a category of the WP Consent API stands for.
 *
 * @package Doui
 */

defined( 'ABSPATH' ) || exit;

/** Who may upload what runs on every page. */
const DOUI_RIGHT = 'manage_options';

add_action(
	'admin_menu',
	static function () {
		add_options_page( 'Doui', 'Doui', DOUI_RIGHT, 'doui', 'doui_settings' );
	}
);

/** What an upload came to: an error, or nothing. */
function doui_take_upload() {
	$file = isset( $_FILES['doui_zip'] ) ? $_FILES['doui_zip'] : array(); // phpcs:ignore WordPress.Security
	if ( empty( $file['tmp_name'] ) || UPLOAD_ERR_OK !== $file['error'] || ! is_uploaded_file( $file['tmp_name'] ) ) {
		return __( 'No file arrived. Choose the zip file of dist; the server may take smaller files only.', 'doui' );
	}
	try {
		doui_put( doui_build_in( file_get_contents( $file['tmp_name'] ) ) );
	} catch ( DomainException $error ) {
		return $error->getMessage();
	}
	return null;
}

add_action(
	'admin_post_doui_upload',
	static function () {
		check_admin_referer( 'doui_upload' );
		if ( ! current_user_can( DOUI_RIGHT ) || ! current_user_can( 'unfiltered_html' ) ) {
			wp_die( esc_html__( 'You may not upload scripts to this site.', 'doui' ), 403 );
		}
		$error = doui_take_upload();
		if ( null === $error ) {
			do_action( 'litespeed_purge_all' );
		}
		set_transient( 'doui_said_' . get_current_user_id(), null === $error ? array( 'success', __( 'The build is in its place. Empty your page cache.', 'doui' ) ) : array( 'error', $error ), 60 );
		wp_safe_redirect( admin_url( 'options-general.php?page=doui' ) );
		exit;
	}
);

add_action(
	'admin_post_doui_categories',
	static function () {
		check_admin_referer( 'doui_categories' );
		if ( ! current_user_can( DOUI_RIGHT ) ) {
			wp_die( '', 403 );
		}
		$map = array();
		foreach ( array_keys( DOUI_CATEGORIES ) as $category ) {
			$text = isset( $_POST[ $category ] ) ? sanitize_text_field( wp_unslash( $_POST[ $category ] ) ) : '';
			preg_match_all( '/[a-z][a-z0-9-]{0,23}/', $text, $ids );
			$map[ $category ] = $ids[0];
		}
		update_option( 'doui_categories', $map );
		wp_safe_redirect( admin_url( 'options-general.php?page=doui' ) );
		exit;
	}
);

/** The page. */
function doui_settings() {
	$manifest = doui_manifest();
	$said     = get_transient( 'doui_said_' . get_current_user_id() );
	delete_transient( 'doui_said_' . get_current_user_id() );
	$action = admin_url( 'admin-post.php' );
	?>
	<div class="wrap">
		<h1>Doui</h1>
		<?php if ( $said ) : ?>
			<div class="notice notice-<?php echo esc_attr( $said[0] ); ?>"><p><?php echo esc_html( $said[1] ); ?></p></div>
		<?php endif; ?>
		<p>
		<?php
		if ( $manifest ) {
			/* translators: 1: a version, 2: a day, 3: a path */
			echo esc_html( sprintf( __( 'Built by Doui %1$s, revision %2$s, for %3$s.', 'doui' ), $manifest['version'], $manifest['revision'], $manifest['path'] ) );
		} else {
			esc_html_e( 'No build yet: pages have no banner.', 'doui' );
		}
		?>
		</p>
		<form method="post" enctype="multipart/form-data" action="<?php echo esc_url( $action ); ?>">
			<input type="hidden" name="action" value="doui_upload">
			<?php wp_nonce_field( 'doui_upload' ); ?>
			<p><label><?php esc_html_e( 'The folder dist, as a zip file', 'doui' ); ?> <input type="file" name="doui_zip" accept=".zip" required></label></p>
			<?php submit_button( __( 'Upload', 'doui' ) ); ?>
		</form>
		<h2>WP Consent API</h2>
		<form method="post" action="<?php echo esc_url( $action ); ?>">
			<input type="hidden" name="action" value="doui_categories">
			<?php wp_nonce_field( 'doui_categories' ); ?>
			<?php foreach ( doui_categories() as $category => $purposes ) : ?>
				<p><label><?php echo esc_html( $category ); ?> <input name="<?php echo esc_attr( $category ); ?>" value="<?php echo esc_attr( implode( ' ', $purposes ) ); ?>"></label></p>
			<?php endforeach; ?>
			<?php submit_button( __( 'Save', 'doui' ) ); ?>
		</form>
	</div>
	<?php
}
