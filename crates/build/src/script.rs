//! JavaScript: parsed, changed in one place, minified. The parser sees to it that text in strings and comments is
//! left alone.

use anyhow::{Context, Result, anyhow, bail, ensure};
use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{Program, Statement};
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{
    CompressOptions, MangleOptions, ManglePropertiesOptions, Minifier, MinifierOptions,
};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::{SourceType, Span};
use regex::Regex;

use crate::inline::inlinable;

/// The language a page's browser must know. The minifier introduces nothing newer.
const TARGET: &str = "es2020";

/// How often the minifier may go through a script: each time it drops what nothing needs any more, and a part that a shop does
/// without is as many modules deep. By itself it takes more than ten times for a mistake of its own.
const MOST_PASSES: u8 = 40;

/// How the names begin that the stamp must know: a switch is `true` or `false`, the others are data.
const STAMPED: [&str; 2] = ["WITH_", "DOUI_"];

/// The properties that never leave a script, by their names: `_purposes`, not `__proto__`. They are shortened.
pub const PRIVATE: &str = "^_[a-z]";

/// The names that look private and belong to others: the queues of HubSpot and Matomo.
const PUBLIC: &[&str] = &["_hsp", "_hsq", "_paq"];

/// Whether a property is private to the script that names it.
pub fn is_private(name: &str) -> bool {
    let mut letters = name.bytes();
    letters.next() == Some(b'_')
        && letters
            .next()
            .is_some_and(|letter| letter.is_ascii_lowercase())
        && !PUBLIC.contains(&name)
}

/// Whether a free identifier is one that [`stamp`] must replace.
pub fn is_stamped(name: &str) -> bool {
    STAMPED.iter().any(|start| name.starts_with(start))
}

/// Puts expressions in the place of free identifiers of the classic script `source`: pairs of a name, which must occur,
/// and its value. An identifier that looks like such a name and has no value is an error: it would throw on a page.
pub fn stamp(source: &str, values: &[(&str, String)]) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::cjs().with_script(true))?;
    let semantic = SemanticBuilder::new()
        .with_build_nodes(true)
        .build(&program)
        .semantic;
    let scoping = semantic.scoping();
    for (name, references) in scoping.root_unresolved_references() {
        let is_known = values.iter().any(|(known, _)| *known == name.as_str());
        if is_stamped(name) && !is_known {
            let place = semantic.reference_span(scoping.get_reference(references[0]));
            let (line, column) = position(source, place.start);
            bail!(
                "{line}:{column}: the build has no value for {name}: correct its spelling, or add it to the stamp"
            );
        }
    }
    let mut places = Vec::new();
    for (name, value) in values {
        let references = scoping.root_unresolved_references().get(*name);
        let references = references.with_context(|| {
            format!("{name} must occur as a free identifier, for its value to take its place")
        })?;
        places.extend(references.iter().map(|id| {
            let place = semantic.reference_span(scoping.get_reference(*id));
            (place, value)
        }));
    }
    // From the end, so that the places before keep their positions.
    places.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    Ok(places
        .iter()
        .fold(source.to_owned(), |source, (place, value)| {
            replace(&source, *place, &format!("({value})"))
        }))
}

/// Minifies a classic script that is one call of a function, so that it leaves no names behind. Properties whose names
/// match `private` never leave it, so they are shortened too: none may be the browser's or a contract's. The result may
/// stand within a page.
pub fn minify_script(source: &str, private: Option<&str>) -> Result<String> {
    inlinable(&quoted(&minify_closure(
        source,
        private,
        Breakpoints::Drop,
    )?)?)
}

/// What each part of a script is once the whole is minified. The parts stand in `source` one after the other,
/// with a `debugger` statement before each but the first: the minifier moves none of them across it, as it merges no
/// declarations there.
pub fn shares(source: &str, private: Option<&str>) -> Result<Vec<String>> {
    let minified = minify_closure(source, private, Breakpoints::Keep)?;
    Ok(minified.split("debugger;").map(str::to_owned).collect())
}

/// Whether `debugger` statements stay.
#[derive(Clone, Copy, PartialEq)]
enum Breakpoints {
    Keep,
    Drop,
}

/// Whether variables get short names.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    Stay,
    Shorten,
}

fn minify_closure(source: &str, private: Option<&str>, breakpoints: Breakpoints) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::cjs().with_script(true))?;
    ensure!(
        matches!(program.body.as_slice(), [Statement::ExpressionStatement(_)]),
        "it must be one function that calls itself, (() => {{ … }})(), so that it leaves no names on the page"
    );
    let private = private.map(|pattern| {
        let names = Regex::new(pattern).context("the pattern of private properties cannot be read");
        names.map(|names| {
            let mut options = ManglePropertiesOptions::new(names);
            // What is stamped in is JSON, whose keys are quoted.
            options.mangle_quoted = true;
            options.reserved = PUBLIC.iter().map(|name| (*name).into()).collect();
            options
        })
    });
    // Names are given by how often each is used, and what was dropped would count: so they are given to what is left.
    let left = minify(&allocator, program, None, breakpoints, Names::Stay);
    let program = parse(&allocator, &left, SourceType::cjs().with_script(true))?;
    Ok(minify(
        &allocator,
        program,
        private.transpose()?,
        breakpoints,
        Names::Shorten,
    ))
}

/// The classic script with its plain strings in quotes, where the minifier writes back ticks: quotes are what brotli's own
/// dictionary (RFC 7932, appendix A) has beside the words of scripts, and `doui.js` becomes half a percent smaller.
fn quoted(source: &str) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::cjs().with_script(true))?;
    let built = SemanticBuilder::new()
        .with_build_nodes(true)
        .build(&program);
    let nodes = built.semantic.nodes();
    let mut plain: Vec<_> = nodes
        .iter()
        .filter_map(|node| match (node.kind(), nodes.parent_kind(node.id())) {
            (_, AstKind::TaggedTemplateExpression(_)) => None,
            (AstKind::TemplateLiteral(text), _) if text.expressions.is_empty() => Some(text.span),
            _ => None,
        })
        .collect();
    // From the end, so that the places before keep their positions.
    plain.sort_by_key(|place| std::cmp::Reverse(place.start));
    Ok(plain.iter().fold(source.to_owned(), |source, place| {
        let text = &place.source_text(&source)[1..place.size() as usize - 1];
        if text.contains(['"', '\\', '\n']) {
            return source;
        }
        replace(&source, *place, &format!("\"{text}\""))
    }))
}

/// Minifies an ES module.
pub fn minify_module(source: &str) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::mjs())?;
    Ok(minify(
        &allocator,
        program,
        None,
        Breakpoints::Drop,
        Names::Shorten,
    ))
}

/// Parses a script or a module. The error says where its first fault is.
pub fn parse<'a>(
    allocator: &'a Allocator,
    source: &'a str,
    kind: SourceType,
) -> Result<Program<'a>> {
    let parsed = Parser::new(allocator, source, kind).parse();
    if let Some(fault) = parsed.diagnostics.errors().next() {
        let offset = fault.labels.first().map_or(0, |label| label.offset());
        let (line, column) = position(source, offset);
        return Err(anyhow!("{line}:{column}: {}", fault.message));
    }
    Ok(parsed.program)
}

/// The line and the column of a byte, both from 1.
pub fn position(source: &str, offset: u32) -> (usize, usize) {
    let before = source.get(..offset as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

fn minify<'a>(
    allocator: &'a Allocator,
    mut program: Program<'a>,
    mangle_properties: Option<ManglePropertiesOptions>,
    breakpoints: Breakpoints,
    names: Names,
) -> String {
    let target = EngineTargets::from_target(TARGET).expect("the target is a known one");
    let options = MinifierOptions {
        mangle: (names == Names::Shorten).then(MangleOptions::default),
        mangle_properties,
        compress: Some(CompressOptions {
            target,
            drop_debugger: breakpoints == Breakpoints::Drop,
            max_iterations: Some(MOST_PASSES),
            ..CompressOptions::smallest()
        }),
    };
    let minified = Minifier::new(options).minify(allocator, &mut program);
    Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .build(&program)
        .code
}

pub(crate) fn replace(source: &str, span: Span, with: &str) -> String {
    format!(
        "{}{with}{}",
        &source[..span.start as usize],
        &source[span.end as usize..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_free_identifiers_are_stamped() {
        let source = r#"// X is stamped.
(() => { const a = "X"; const b = { X: X }; return Y ? b.X : X; })()"#;
        let values = [("Y", "false".to_owned()), ("X", r#"{"n":1}"#.to_owned())];
        assert_eq!(
            stamp(source, &values).unwrap(),
            r#"// X is stamped.
(() => { const a = "X"; const b = { X: ({"n":1}) }; return (false) ? b.X : ({"n":1}); })()"#
        );
    }

    #[test]
    fn a_name_without_a_place_is_an_error() {
        for source in ["f(Y)", "((X) => X)(1)", "f('X')"] {
            let error = stamp(source, &[("X", "1".to_owned())]).unwrap_err();
            assert!(
                error.to_string().contains("X must occur"),
                "{source}: {error}"
            );
        }
    }

    #[test]
    fn what_is_stamped_false_is_left_out() {
        let source = "(() => { const f = () => alert('gone'); if (X) f(); if (X) window.gone = f; alert('stays') })()";
        let stamped = stamp(source, &[("X", "false".to_owned())]).unwrap();
        assert_eq!(minify_script(&stamped, None).unwrap(), r#"alert("stays");"#);
    }

    #[test]
    fn a_scripts_own_properties_are_shortened() {
        let source = r#"(() => { const stamp = { "words": [1], "name": 2 }; alert(stamp.words, stamp.name, window) })()"#;
        let own = minify_script(source, Some("^words$")).unwrap();
        assert!(!own.contains("words") && own.contains("name"), "{own}");
    }

    #[test]
    fn a_private_property_has_one_short_name_everywhere() {
        let source = r#"(() => {
            const stamp = {"_purposes":[{"_id":"ads","__proto__":null}],"_paq":[]};
            const { _purposes, _purposes: list } = stamp;
            const made = { _purposes: _purposes.map(({ _id }) => _id), list, _made() { return this._purposes; } };
            made._more = list[0]._id;
            window._paq = stamp._paq;
            alert(made, "_id" in list[0], made["_more"], made._made(), made.plain_name);
        })()"#;
        let minified = minify_script(source, Some(PRIVATE)).unwrap();
        for name in ["_purposes", "_id", "_more", "_made"] {
            assert!(!minified.contains(name), "{name} is left in {minified}");
        }
        for name in ["__proto__", "_paq", "plain_name"] {
            assert!(minified.contains(name), "{name} is missing in {minified}");
        }
        assert!(minify_script(source, Some("(")).is_err());
    }

    #[test]
    fn a_script_with_shortened_properties_does_what_it_did() {
        let source = r#"(() => {
            const stamp = {"_purposes":[{"_id":"ads","_revised":20231201}],"_words":{"ja":"|a"}};
            const { _purposes: [{ _id, ...rest }] } = stamp;
            const gate = { _need: _id, get _isOpen() { return this._need == "ads"; } };
            gate._shown ??= stamp._words.ja;
            delete gate._need;
            console.log(JSON.stringify([_id, Object.values(rest), "_need" in gate, gate._isOpen, gate._shown]));
        })()"#;
        let run = |script: &str| {
            let node = std::process::Command::new("node")
                .args(["--eval", script])
                .output();
            let node = node.expect("node could not be started: install Node.js 18 or newer");
            String::from_utf8(node.stdout).unwrap()
        };
        let before = run(source);
        assert_eq!(before, "[\"ads\",[20231201],false,false,\"|a\"]\n");
        assert_eq!(run(&minify_script(source, Some(PRIVATE)).unwrap()), before);
    }

    #[test]
    fn a_switch_without_a_value_is_an_error() {
        for source in [
            "(() => {\n  if (WITH_NOTHING) f(X);\n})()",
            "(() => {\n  if (DOUI_NOTHING) f(X);\n})()",
        ] {
            let error = stamp(source, &[("X", "1".to_owned())])
                .unwrap_err()
                .to_string();
            assert!(
                error.starts_with("2:7: ") && error.contains("_NOTHING"),
                "{error}"
            );
        }
        assert!(stamp("((WITH_OWN) => WITH_OWN + X)(1)", &[("X", "1".to_owned())]).is_ok());
    }

    #[test]
    fn plain_strings_have_quotes() {
        let source = r#"(() => { alert('a', `b`, `c${x}`, 'd"', "e\n", tag`f`) })()"#;
        assert_eq!(
            minify_script(source, None).unwrap(),
            "alert(\"a\",\"b\",`c${x}`,`d\"`,`e\n`,tag`f`);"
        );
    }

    #[test]
    fn a_script_must_be_one_call() {
        assert_eq!(
            minify_script("(() => { alert( 1 ) })()", None).unwrap(),
            "alert(1);"
        );
        assert!(
            minify_script("const a = 1; alert(a)", None)
                .unwrap_err()
                .to_string()
                .contains("one function")
        );
    }

    #[test]
    fn a_fault_has_its_line_and_column() {
        assert!(
            minify_script("(() => {\n  let 1;\n})()", None)
                .unwrap_err()
                .to_string()
                .starts_with("2:7: ")
        );
    }
}
