//! Japanese in pages of other languages: names of companies, mostly. It says what it is, so that a screen reader speaks it as
//! what it is (WCAG 3.1.2).

use std::{cell::Cell, rc::Rc};

use anyhow::{Result, anyhow};
use lol_html::{
    RewriteStrSettings, element, end_tag, html_content::ContentType, rewrite_str, text,
};

/// What says its language itself, or is read by nobody.
const SPARED: &str = "[lang]:not(html), head, script, style, code, pre, textarea, option";

/// Marks what is Japanese in a page of the language `lang`.
pub fn mark(html: &str, lang: &str) -> Result<String> {
    if lang == "ja" {
        return Ok(html.to_owned());
    }
    let spared = Rc::new(Cell::new(0_u32));
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(SPARED, |element| {
            if let Some(ends) = element.end_tag_handlers() {
                spared.set(spared.get() + 1);
                let spared = Rc::clone(&spared);
                ends.push(end_tag!(move |_| {
                    spared.set(spared.get() - 1);
                    Ok(())
                }));
            }
            Ok(())
        }))
        .append_element_content_handler(text!("body", |text| {
            if spared.get() == 0
                && let Some(marked) = marked(text.as_str())
            {
                text.replace(&marked, ContentType::Html);
            }
            Ok(())
        }));
    rewrite_str(html, settings).map_err(|error| anyhow!("a page: {error}"))
}

/// A text with its Japanese in elements; `None` where it has none. Kana are of no other language; Han characters beside them are
/// Japanese too.
fn marked(text: &str) -> Option<String> {
    let mut marked = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_written_in_japan) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|letter: char| !is_written_in_japan(letter) && letter != ' ')
            .unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        let run = run.trim_end_matches(' ');
        let after = if run.len() == end {
            after
        } else {
            &from[run.len()..]
        };
        marked += before;
        if run.contains(is_kana) {
            marked += "<span lang=\"ja\">";
            marked += run;
            marked += "</span>";
        } else {
            marked += run;
        }
        rest = after;
    }
    marked += rest;
    (marked != text).then_some(marked)
}

fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}')
}

/// Kana, Han characters, and the marks that stand within names.
fn is_written_in_japan(letter: char) -> bool {
    is_kana(letter) || matches!(letter, '\u{4e00}'..='\u{9fff}' | '々' | '・')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_companies_say_that_they_are_japanese() {
        let page = r#"<html lang="en"><head><title>古書 よつゆ堂</title></head><body><p>NETOFF, Inc. (ネットオフ株式会社)</p><p>古書 よつゆ堂 sells books</p><code>クッキー</code><p lang="ja">こころ</p><p>中文</p></body></html>"#;
        let marked = mark(page, "en").unwrap();
        for part in [
            "<title>古書 よつゆ堂</title>",
            r#"(<span lang="ja">ネットオフ株式会社</span>)"#,
            r#"<p><span lang="ja">古書 よつゆ堂</span> sells books</p>"#,
            "<code>クッキー</code>",
            r#"<p lang="ja">こころ</p>"#,
            "<p>中文</p>",
        ] {
            assert!(marked.contains(part), "{part} is missing in {marked}");
        }
        assert_eq!(mark(page, "ja").unwrap(), page);
        // What is marked stays as it is.
        assert_eq!(mark(&marked, "en").unwrap(), marked);
    }
}
