//! A script's text made such that it may also stand within a page, as some shops and optimisers put it there.
//!
//! A page's parser knows nothing of strings: it ends a script at `</script`, and after `<!--` and `<script` it no longer
//! does so where it should
//! ([restrictions](https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements)).
//! `]]>` ends a section of XHTML. U+2028 and U+2029 are line breaks to whatever reads scripts from before 2019.

use anyhow::{Result, ensure};
use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_semantic::SemanticBuilder;
use oxc_span::{SourceType, Span};
use regex::Regex;

use crate::script;

/// What no text within a page may contain.
const UNSAFE: &str = r"(?i)<!--|</?script|\]\]>|[\u{2028}\u{2029}]";

/// The classic script `source`, which means the same and contains nothing that ends a script element, begins or ends
/// another, or ends a section of XHTML.
///
/// # Errors
///
/// Where that cannot be written otherwise, such as in a comment or in a tagged template.
pub fn inlinable(source: &str) -> Result<String> {
    let unsafe_text = Regex::new(UNSAFE).expect("the pattern is written above");
    if !unsafe_text.is_match(source) {
        return Ok(source.to_owned());
    }
    let literals = literals(source)?;
    let mut written = String::with_capacity(source.len());
    let mut copied = 0;
    for found in unsafe_text.find_iter(source) {
        // Of `]]>` the last character is written otherwise, of all others the first.
        let is_end = found.as_str() == "]]>";
        let at = if is_end {
            found.end() - 1
        } else {
            found.start()
        };
        let character = source[at..].chars().next().expect("it was found here");
        let code = u32::from(character);
        let within =
            |literal: &&Literal| (literal.place.start..literal.place.end).contains(&(at as u32));
        let literal = literals.iter().find(within);
        let is_raw = literal.is_some_and(|literal| literal.kind == Kind::Raw);
        let mut before = &source[copied..at];
        let slashes = before.bytes().rev().take_while(|b| *b == b'\\').count();
        let is_escaped = literal.is_some() && !is_raw && slashes % 2 == 1;
        if is_escaped {
            before = &before[..before.len() - 1];
        }
        let other = match (literal, character) {
            (Some(_), _) if is_raw => character.to_string(),
            // `\<` is another way to write `<`.
            (Some(_), '<' | '>') => format!("\\x{code:02X}"),
            // An escaped line break is none.
            (Some(_), _) if is_escaped => String::new(),
            (Some(_), _) => format!("\\u{code:04X}"),
            // In code it begins a comment.
            (None, '<') if found.as_str() == "<!--" => character.to_string(),
            // Between tokens a space changes nothing.
            (None, '<') => "< ".to_owned(),
            (None, '>') => " >".to_owned(),
            (None, _) => character.to_string(),
        };
        written.push_str(before);
        written.push_str(&other);
        copied = at + character.len_utf8();
    }
    written.push_str(&source[copied..]);
    let left = unsafe_text.find(&written);
    ensure!(
        left.is_none(),
        "{:?} could not stand in a page; write it otherwise",
        left.map_or("", |left| left.as_str())
    );
    Ok(written)
}

/// A string, a part of a template, or a pattern.
pub(crate) struct Literal {
    pub(crate) place: Span,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Text,
    /// A regular expression.
    Pattern,
    /// Of a tagged template: a character that is written by its number would be another text.
    Raw,
}

/// All literals, in their order.
pub(crate) fn literals(source: &str) -> Result<Vec<Literal>> {
    let allocator = Allocator::default();
    let program = script::parse(&allocator, source, SourceType::cjs().with_script(true))?;
    let built = SemanticBuilder::new()
        .with_build_nodes(true)
        .build(&program);
    let nodes = built.semantic.nodes();
    let literals = nodes.iter().filter_map(|node| {
        let (place, kind) = match node.kind() {
            AstKind::StringLiteral(text) => (text.span, Kind::Text),
            AstKind::RegExpLiteral(pattern) => (pattern.span, Kind::Pattern),
            AstKind::TemplateElement(text) => {
                let template = nodes.parent_id(node.id());
                let tag = nodes.parent_kind(template);
                let is_raw = matches!(tag, AstKind::TaggedTemplateExpression(_));
                (text.span, if is_raw { Kind::Raw } else { Kind::Text })
            }
            _ => return None,
        };
        Some(Literal { place, kind })
    });
    let mut literals: Vec<_> = literals.collect();
    literals.sort_by_key(|literal| literal.place.start);
    Ok(literals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_text_is_written_otherwise() {
        for (source, written) in [
            (r#"a("<!--<ScRipt>")"#, r#"a("\x3C!--\x3CScRipt>")"#),
            (r#"a('</SCRIPT')"#, r#"a('\x3C/SCRIPT')"#),
            (r#"a("\<script")"#, r#"a("\x3Cscript")"#),
            (r#"a("\\<script")"#, r#"a("\\\x3Cscript")"#),
            ("a(`<script${b}<!--`)", r"a(`\x3Cscript${b}\x3C!--`)"),
            ("a(/<!--[^]*/)", r"a(/\x3C!--[^]*/)"),
            ("a(/\\<script/)", r"a(/\x3Cscript/)"),
            (r#"a("[[b]]>")"#, r#"a("[[b]]\x3E")"#),
            ("a(\"\u{2028}\",`\u{2029}`)", r#"a("\u2028",`\u2029`)"#),
            ("a('b\\\u{2028}c')", "a('bc')"),
            // Code.
            ("a[b[0]]>c", "a[b[0]] >c"),
            ("a[b[0]]>>=c", "a[b[0]] >>=c"),
            ("a<script", "a< script"),
            ("a</script/.b", "a< /script/.b"),
            // What only looks like it.
            ("a< !--b,'<scr','<!-',']>'", "a< !--b,'<scr','<!-',']>'"),
        ] {
            assert_eq!(inlinable(source).unwrap(), written, "{source}");
        }
    }

    #[test]
    fn what_cannot_be_written_otherwise_is_an_error() {
        for source in ["a`<script`", "a()<!-- b", "a\u{2028}b"] {
            let error = inlinable(source).unwrap_err().to_string();
            assert!(error.contains("could not stand in a page"), "{error}");
        }
    }
}
