//! Dark patterns that an operator can write into a shop file. Each finding names the rule that it breaks.

use jsonc_parser::ast::{Object, ObjectProp, StringLit, Value};

use super::across::objects;
use super::contrast::ratio;
use super::phrases::{CLAIMS, REFUSALS};
use super::sources::{CONTRAST, EQUAL, PLAIN};
use super::text::{below, quoted};
use super::{Report, values};
use crate::shop::Colour;

/// The least contrast of text. WCAG 1.4.3 asks for it; 1.4.11 asks for less, of the edges of controls.
const LEAST_CONTRAST: f64 = 4.5;

/// The paper of each scheme, `--paper` in `style/tokens.css`.
const PAPERS: [(&str, Colour); 2] = [
    ("light", Colour([0xff, 0xff, 0xff])),
    ("dark", Colour([0x19, 0x1d, 0x1b])),
];

/// Finds the dark patterns in the shop file whose root this is.
pub(super) fn deceptive(root: &Value<'_>, report: &mut Report) {
    let Some(shop) = root.as_object() else {
        return;
    };
    claims(shop, report);
    buttons(shop, report);
    accent(shop, report);
}

/// No text claims what is not so.
fn claims(shop: &Object<'_>, report: &mut Report) {
    let necessary = shop.get_object("necessary");
    let necessary = necessary.map(|necessary| ("necessary".to_owned(), necessary));
    let speaking = objects(shop, "purposes")
        .chain(objects(shop, "services"))
        .chain(necessary);
    for (path, object) in speaking {
        for key in ["label", "summary", "detail", "example", "use_here"] {
            for property in members(object.get_object(key)) {
                claims_of(property.name.as_str(), &below(&path, key), property, report);
            }
        }
    }
    for language in members(shop.get_object("texts")) {
        let lang = language.name.as_str();
        for property in members(language.value.as_object()) {
            claims_of(lang, &below("texts", lang), property, report);
        }
    }
}

/// Finds what a text in this language claims.
fn claims_of(lang: &str, parent: &str, property: &ObjectProp<'_>, report: &mut Report) {
    let Some(text) = property.value.as_string_lit() else {
        return;
    };
    let spoken = plain(&text.value);
    let sentences = spoken.split(['.', '!', '?', ';', '。', '！', '？', '；', '\n']);
    for sentence in sentences.map(|sentence| format!(" {} ", sentence.trim())) {
        let claims = |claim: &&super::phrases::Claim| {
            let has = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
            claim.lang == primary(lang)
                && claim.all.iter().all(|group| has(group))
                && !has(claim.unless)
        };
        if let Some(claim) = CLAIMS.iter().find(claims) {
            report.deceptive(
                text.range.start,
                &below(parent, property.name.as_str()),
                format!("{} {}", quoted(sentence.trim()), claim.problem),
                claim.remedy,
                claim.source,
            );
        }
    }
}

/// Refusing reads as plainly as allowing.
fn buttons(shop: &Object<'_>, report: &mut Report) {
    for language in members(shop.get_object("texts")) {
        let lang = language.name.as_str();
        let Some(texts) = language.value.as_object() else {
            continue;
        };
        let path = below("texts", lang);
        let (accept, reject) = (texts.get_string("accept"), texts.get_string("reject"));
        match (accept, reject) {
            (Some(accept), Some(reject)) => weigh(&path, accept, reject, report),
            (Some(one), None) => alone(&path, one, "accept", "reject", report),
            (None, Some(one)) => alone(&path, one, "reject", "accept", report),
            (None, None) => {}
        }
        if let Some(reject) = reject {
            refuses(&path, primary(lang), reject, report);
        }
    }
}

/// Two buttons side by side are worded by one hand.
fn alone(path: &str, text: &StringLit<'_>, given: &str, other: &str, report: &mut Report) {
    report.deceptive(
        text.range.start,
        &below(path, given),
        format!("{} is worded without {}", quoted(given), quoted(other)),
        format!("Word {} too, so that one answers the other", quoted(other)),
        PLAIN,
    );
}

fn weigh(path: &str, accept: &StringLit<'_>, reject: &StringLit<'_>, report: &mut Report) {
    let path = below(path, "reject");
    let length = |text: &StringLit<'_>| text.value.trim().chars().count();
    // Twice as long, and a little for languages where the words themselves differ.
    let most = 2 * length(accept) + 10;
    if plain(&accept.value).trim() == plain(&reject.value).trim() {
        report.deceptive(
            reject.range.start,
            &path,
            "it says the same as `accept`",
            "Say on each button what it does",
            PLAIN,
        );
    } else if length(reject) > most {
        report.deceptive(
            reject.range.start,
            &path,
            format!(
                "it is much longer than `accept`: {} characters, and beside {} at most {most} are as easy to read",
                length(reject),
                length(accept)
            ),
            "Say it as briefly as `accept`",
            EQUAL,
        );
    }
}

/// In a language without words to look for, nothing is found.
fn refuses(path: &str, lang: &str, reject: &StringLit<'_>, report: &mut Report) {
    let said = plain(&reject.value);
    let words = REFUSALS.iter().find(|(tag, _)| *tag == lang);
    if words.is_some_and(|(_, words)| !words.iter().any(|word| said.contains(word))) {
        report.deceptive(
            reject.range.start,
            &below(path, "reject"),
            format!("{} does not say that it refuses", quoted(&reject.value)),
            "Say it with a word of refusing, such as 拒否 or \"Reject\"",
            PLAIN,
        );
    }
}

/// What can be pressed is seen, on the paper of each scheme.
fn accent(shop: &Object<'_>, report: &mut Report) {
    let accent = shop
        .get_object("theme")
        .and_then(|theme| theme.get_object("accent"));
    for (scheme, paper) in PAPERS {
        let Some(text) = accent.and_then(|accent| accent.get_string(scheme)) else {
            continue;
        };
        let Ok(colour) = values::colour(&text.value) else {
            continue;
        };
        let found = ratio(colour, paper);
        if found < LEAST_CONTRAST {
            // Rounded down, so that what is short of it never reads as enough.
            let found = (found * 100.0).floor() / 100.0;
            let darker = if scheme == "light" {
                "darker"
            } else {
                "lighter"
            };
            report.deceptive(
                text.range.start,
                &format!("theme.accent.{scheme}"),
                format!(
                    "{} has a contrast of {found:.2}:1 on {scheme} paper, {paper}",
                    quoted(&text.value)
                ),
                format!("Choose a {darker} one, of at least {LEAST_CONTRAST}:1"),
                CONTRAST,
            );
        }
    }
}

fn members<'t, 'a>(object: Option<&'t Object<'a>>) -> &'t [ObjectProp<'a>] {
    object.map_or(&[], |object| &object.properties)
}

/// The language of a tag, without its script and region.
fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or_default()
}

/// A text as it is heard: in lower case, with straight apostrophes and single spaces.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace('’', "'");
    let lines = text.split('\n');
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast is judged against the paper that visitors see.
    #[test]
    fn the_papers_are_those_of_the_style_sheet() {
        let sheet = include_str!("../../../../style/tokens.css");
        let papers = sheet.lines().filter_map(|line| {
            let hex = line
                .trim()
                .strip_prefix("--paper: #")?
                .trim_end_matches(';');
            // `#fff` is short for `#ffffff`.
            let hex = match hex.len() {
                3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
                _ => hex.to_owned(),
            };
            Colour::from_hex(&format!("#{hex}"))
        });
        let papers: Vec<_> = papers.collect();
        assert_eq!(papers, PAPERS.map(|(_, colour)| colour));
    }
}
