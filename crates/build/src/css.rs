//! Style sheets: several read, one minified.

use std::mem;

use anyhow::{Result, anyhow};
use doui_shop::shop::{Scheme, Theme};
use lightningcss::{
    printer::PrinterOptions,
    rules::{CssRule, CssRuleList},
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
    targets::{Browsers, Features, Targets},
    traits::ToCss,
};

use crate::theme;

/// The oldest browsers the styles are written for: those that have constructable style sheets, which the banner needs
/// to live under a strict policy. Source: <https://caniuse.com/mdn-api_document_adoptedstylesheets>.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(version(99, 0)),
    edge: Some(version(99, 0)),
    firefox: Some(version(101, 0)),
    ie: None,
    ios_saf: Some(version(16, 4)),
    opera: None,
    safari: Some(version(16, 4)),
    samsung: None,
};

const fn version(major: u32, minor: u32) -> u32 {
    major << 16 | minor << 8
}

/// Bundles style sheets, each a file's name and its text, into one minified sheet that keeps their order and ends with what
/// the theme adds.
pub fn bundle(sheets: &[(String, String)], theme: &Theme) -> Result<String> {
    let themed = ("theme of shop.json".to_owned(), theme::css(theme));
    let mut bundled: Option<StyleSheet> = None;
    for (name, text) in sheets.iter().chain([&themed]) {
        let options = ParserOptions {
            filename: name.clone(),
            ..ParserOptions::default()
        };
        let sheet = StyleSheet::parse(text, options).map_err(|error| {
            let at = error.loc.as_ref().map_or_else(
                || name.clone(),
                |at| format!("{name}:{}:{}", at.line + 1, at.column),
            );
            anyhow!("{at}: {}", error.kind)
        })?;
        match &mut bundled {
            Some(bundled) => bundled.rules.0.extend(sheet.rules.0),
            None => bundled = Some(sheet),
        }
    }
    let Some(mut bundled) = bundled else {
        return Ok(String::new());
    };
    keep_scheme(&mut bundled.rules, theme.scheme);
    // The sheets ask for the scheme with a media query. What stands in for light-dark() would be written beside each
    // `color-scheme`, used or not.
    let targets = Targets {
        exclude: Features::LightDark,
        ..Targets::from(BROWSERS)
    };
    bundled
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    Ok(bundled
        .to_css(PrinterOptions {
            minify: true,
            targets,
            ..PrinterOptions::default()
        })?
        .code)
}

/// Where the theme is light or dark whatever the visitor's system is, the rules for the dark go, or hold always.
fn keep_scheme(rules: &mut CssRuleList, scheme: Scheme) {
    if scheme == Scheme::Auto {
        return;
    }
    for rule in mem::take(&mut rules.0) {
        match rule {
            CssRule::Media(media)
                if media
                    .query
                    .to_css_string(PrinterOptions::default())
                    .as_deref()
                    == Ok("(prefers-color-scheme: dark)") =>
            {
                if scheme == Scheme::Dark {
                    rules.0.extend(media.rules.0);
                }
            }
            rule => rules.0.push(rule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::tests::own;

    fn sheet(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn sheets_are_one_in_their_order() {
        let sheets = [
            sheet("a.css", "b { top: 0px }\n\na { color: #ff0000 }"),
            sheet("b.css", "a { color: blue; }"),
        ];
        assert_eq!(
            bundle(&sheets, &Theme::default()).unwrap(),
            "b{top:0}a{color:#00f}"
        );
    }

    #[test]
    fn a_fault_names_its_file_and_line() {
        let sheets = [
            sheet("a.css", "a { color: red }"),
            sheet("style/b.css", "\n\na { color red }\nb }"),
        ];
        let error = bundle(&sheets, &Theme::default()).unwrap_err().to_string();
        assert!(error.starts_with("style/b.css:3:"), "{error}");
    }

    /// `light-dark()` was left as it is, and browsers that Doui supports have it only since 2024: in the others the centre had
    /// neither tint nor borders.
    #[test]
    fn supported_browsers_did_not_know_the_colours_of_the_centre() {
        let sheets = own().sheets(&crate::STYLES).unwrap();
        let css = bundle(&sheets, &Theme::default()).unwrap();
        assert!(
            css.contains("--tint:") && !css.contains("light-dark("),
            "{css}"
        );
    }
}
