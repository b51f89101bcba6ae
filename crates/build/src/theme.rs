//! The operator's theme, as a style sheet that follows Doui's own.
//!
//! What the theme does not say adds nothing. Everything here serves both doors: `:root` is the centre's page, `:host` the
//! banner and what else has a shadow root of its own.

use std::fmt::Write;

use doui_shop::shop::{Position, Scheme, Theme};

/// What a theme adds to the style sheets: the tokens `--accent` and `--radius`, the fonts, the scheme, and where the banner
/// is. Empty for the default theme.
pub fn css(theme: &Theme) -> String {
    let mut css = String::new();
    if let Some(accent) = theme.accent {
        let _ = write!(
            css,
            ":root, :host {{ --accent: {} }}
             @media (prefers-color-scheme: dark) {{ :root, :host {{ --accent: {} }} }}",
            accent.light, accent.dark
        );
    }
    if let Some(radius) = theme.radius {
        let _ = write!(
            css,
            ":root, :host {{ --radius: {radius}px }}
             .banner, button {{ border-radius: {radius}px }}"
        );
    }
    if let Some(font) = &theme.font {
        let _ = write!(css, ":root, .banner, .held {{ font-family: {font} }}");
    }
    css.push_str(match theme.scheme {
        Scheme::Auto => "",
        Scheme::Light => ":root, :host { color-scheme: light }",
        Scheme::Dark => ":root, :host { color-scheme: dark }",
    });
    css.push_str(match theme.position {
        Position::Bottom => "",
        // The offer to load the page again keeps out of the banner's way.
        Position::Top => {
            ":host(:not(doui-placeholder)) { top: 0 !important; bottom: auto !important }
             :host(doui-offer) { top: auto !important; bottom: 0 !important }"
        }
        // Where the shop has put the banner into its page, it has the width of its place.
        Position::BottomStart => {
            ":host(:not([data-placed])) .banner { max-width: 28em; margin-inline-start: 0 }"
        }
        Position::BottomEnd => {
            ":host(:not([data-placed])) .banner { max-width: 28em; margin-inline-end: 0 }"
        }
    });
    css
}

#[cfg(test)]
mod tests {
    use doui_shop::shop::{Accent, Colour};

    use super::*;
    use crate::css::bundle;

    /// The least of Doui's own sheets that a theme changes.
    const SHEET: &str = ":root, :host { --accent: #111111 }
        @media (prefers-color-scheme: dark) { :root, :host { --accent: #eeeeee } }
        @media (min-width: 40em) { p { top: 0 } }";

    fn dressed(theme: &Theme) -> String {
        bundle(&[("a.css".to_owned(), SHEET.to_owned())], theme).unwrap()
    }

    fn accent() -> Theme {
        let accent = Accent {
            light: Colour([0, 0, 255]),
            dark: Colour([255, 255, 0]),
        };
        Theme {
            accent: Some(accent),
            ..Theme::default()
        }
    }

    #[test]
    fn the_default_theme_adds_nothing() {
        assert_eq!(css(&Theme::default()), "");
    }

    #[test]
    fn an_accent_comes_after_douis_own_in_either_scheme() {
        let css = dressed(&accent());
        let places = ["#eee", "#00f", "#ff0"].map(|colour| css.find(colour));
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{css}"
        );
    }

    #[test]
    fn a_scheme_leaves_out_the_other() {
        let light = dressed(&Theme {
            scheme: Scheme::Light,
            ..accent()
        });
        assert!(
            !light.contains("prefers-color-scheme") && !light.contains("#ff0"),
            "{light}"
        );
        assert!(
            light.contains("#00f") && light.contains("color-scheme:light"),
            "{light}"
        );
        let dark = dressed(&Theme {
            scheme: Scheme::Dark,
            ..accent()
        });
        assert!(!dark.contains("prefers-color-scheme"), "{dark}");
        assert!(dark.rfind("#ff0") > dark.rfind("#00f"), "{dark}");
        assert!(
            dark.contains("min-width") || dark.contains("width>="),
            "{dark}"
        );
    }

    #[test]
    fn fonts_that_are_no_css_are_an_error_that_names_the_theme() {
        let theme = Theme {
            font: Some("a; }".to_owned()),
            ..Theme::default()
        };
        let error = bundle(&[], &theme).unwrap_err().to_string();
        assert!(error.starts_with("theme of shop.json"), "{error}");
    }
}
