//! `doui.js` as one block to paste into a head, for shops on hosts that take no file.
//!
//! Such hosts serve pages in Shift_JIS and EUC-JP, so the block is ASCII alone and means the same in any of them. They also fill
//! in templates of their own, so nothing in it begins a tag of a template.

use anyhow::{Context, Result, bail, ensure};
use doui_shop::Shop;

use crate::{
    inline::{Kind, literals},
    sources::Sources,
    stamp,
};

/// How tags of templates begin: in Liquid and Twig, in Smarty as Japanese carts have it, in ERB, in PHP, in futureshop's.
const OPENINGS: [&str; 7] = ["{{", "{%", "{#", "{@", "<{", "<%", "<?"];

/// The languages that `more_languages` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoreLanguages {
    /// They are left out: whoever wants one is shown another that is there.
    LeftOut,
    /// Their words are in the block.
    Within,
}

/// The block, for a shop that has no centre: there is nowhere to put its pages.
pub fn block(shop: &Shop, sources: &Sources, more: MoreLanguages) -> Result<String> {
    let mut shop = shop.clone();
    shop.centre = false;
    let more_languages = std::mem::take(&mut shop.more_languages);
    if more == MoreLanguages::Within {
        shop.languages.extend(more_languages);
    }
    let files = stamp::scripts(&shop, sources)?;
    let script = std::str::from_utf8(&files[stamp::NAME])?;
    // A mark of bytes is a file's; a hint on its first line is too.
    let script = script.trim_start_matches(stamp::BYTE_ORDER_MARK);
    let script = script
        .strip_prefix(stamp::COMPILE_HINT)
        .context("doui.js does not begin with its hint")?;
    Ok(format!("<script>{}</script>\n", plain(script.trim_end())?))
}

/// The script, which means the same and is written in printable ASCII, without anything that begins a tag of a template.
fn plain(source: &str) -> Result<String> {
    let mut written = String::with_capacity(source.len());
    let mut copied = 0;
    for literal in literals(source)? {
        let (start, end) = (literal.place.start as usize, literal.place.end as usize);
        written.push_str(&spaced(&source[copied..start]));
        written.push_str(&match literal.kind {
            Kind::Raw => source[start..end].to_owned(),
            Kind::Text => escaped(&source[start..end], &OPENINGS),
            Kind::Pattern => escaped(&source[start..end], &[]),
        });
        copied = end;
    }
    written.push_str(&spaced(&source[copied..]));
    if let Some(other) = written
        .chars()
        .find(|it| !matches!(it, ' '..='~' | '\n' | '\t'))
    {
        bail!("{other:?} cannot be written in ASCII where it stands");
    }
    let left = OPENINGS.iter().find(|opening| written.contains(**opening));
    ensure!(
        left.is_none(),
        "{left:?} begins a tag of templates, and cannot be written otherwise where it stands"
    );
    Ok(written)
}

/// Code, in which a space between two tokens changes nothing.
fn spaced(code: &str) -> String {
    let mut written = String::with_capacity(code.len());
    for character in code.chars() {
        let pair = written
            .chars()
            .last()
            .map(|last| format!("{last}{character}"));
        if pair.is_some_and(|pair| OPENINGS.contains(&&*pair)) {
            written.push(' ');
        }
        written.push(character);
    }
    written
}

/// A literal in which characters that are not ASCII, and the second of each of these pairs, are written by their numbers.
fn escaped(literal: &str, pairs: &[&str]) -> String {
    let mut written = String::with_capacity(literal.len());
    let mut last = ' ';
    let mut follows_backslash = false;
    for character in literal.chars() {
        let begins_tag = pairs.contains(&&*format!("{last}{character}"));
        if matches!(character, ' '..='~' | '\n') && !begins_tag {
            written.push(character);
            follows_backslash = character == '\\' && !follows_backslash;
        } else {
            if follows_backslash {
                written.pop();
            }
            follows_backslash = false;
            for unit in character.encode_utf16(&mut [0; 2]) {
                written.push_str(&format!("\\u{unit:04X}"));
            }
        }
        last = character;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::tests::own;

    #[test]
    fn what_is_not_ascii_is_written_by_its_number() {
        for (source, expected) in [
            (r#"a("同意")"#, r#"a("\u540C\u610F")"#),
            ("a(`同${b}意`)", r"a(`\u540C${b}\u610F`)"),
            ("a(/[ぁ-ん]/)", r"a(/[\u3041-\u3093]/)"),
            (r#"a("😀")"#, r#"a("\uD83D\uDE00")"#),
            (r#"a("\あ\\あ")"#, r#"a("\u3042\\\u3042")"#),
            ("a(\"\u{1b}\u{7f}\")", r#"a("\u001B\u007F")"#),
            ("a(\"x{{y{%z<{\")", r#"a("x{\u007By{\u0025z<\u007B")"#),
            ("if(a){{b()}}", "if(a){ {b()}}"),
            ("a(`${{b:1}.b}`)", "a(`${ {b:1}.b}`)"),
        ] {
            assert_eq!(plain(source).unwrap(), expected, "{source}");
        }
        for source in ["あ()", "a`あ`"] {
            assert!(plain(source).is_err(), "{source}");
        }
    }

    #[test]
    fn further_languages_are_left_out_or_within() {
        let shop = Shop::from_json(include_str!("../../../tests/shops/full.json")).unwrap();
        assert!(!shop.more_languages.is_empty());
        let [out, within] = [MoreLanguages::LeftOut, MoreLanguages::Within]
            .map(|more| block(&shop, &own(), more).unwrap());
        assert!(within.len() > out.len() + 1000);
        for lang in &shop.more_languages {
            let key = format!("{lang}:");
            let quoted = format!("\"{lang}\":");
            let is_there = |block: &str| block.contains(&key) || block.contains(&quoted);
            assert!(is_there(&within) && !is_there(&out), "{lang}");
        }
    }
}
