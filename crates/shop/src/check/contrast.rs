//! How well two colours are told apart.

use crate::shop::Colour;

/// The contrast ratio of two colours, 1 to 21, by [WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
pub(super) fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance, 0 to 1, by [WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
fn luminance(Colour(channels): Colour) -> f64 {
    let [red, green, blue] = channels.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_pairs_have_their_known_ratios() {
        let white = "#ffffff";
        for (colour, paper, expected) in [
            ("#000000", white, 21.0),
            (white, white, 1.0),
            // The lightest grey that may be text on white, and the next.
            ("#767676", white, 4.54),
            ("#777777", white, 4.48),
            // The other way round it is the same.
            (white, "#767676", 4.54),
        ] {
            let [one, other] = [colour, paper].map(|hex| Colour::from_hex(hex).unwrap());
            let found = ratio(one, other);
            assert!(
                (found - expected).abs() < 0.005,
                "{colour} {paper}: {found}"
            );
        }
    }
}
