//! JavaScript: parsed, changed in one place, minified. The parser sees to it that text in strings and comments is
//! left alone.

use anyhow::{Context, Result, anyhow, bail, ensure};
use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{Declaration, ExportDefaultDeclarationKind, Program, Statement};
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{
    CompressOptions, MangleOptions, ManglePropertiesOptions, Minifier, MinifierOptions,
};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::{GetSpan, SourceType, Span};
use regex::Regex;

use crate::inline::inlinable;

/// The language a page's browser must know. The minifier introduces nothing newer.
const TARGET: &str = "es2020";

/// Leptos sets the markup of its templates, which come from the WebAssembly alone; this is the policy of the centre's own
/// document for that (Trusted Types, <https://www.w3.org/TR/trusted-types/>), and it passes no script.
const TRUST: &str =
    "globalThis.trustedTypes?.createPolicy(\"default\", { createHTML: (html) => html });";

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

/// Makes the ES module that wasm-bindgen writes start by itself, with the WebAssembly file `wasm` beside it, which must
/// have this `integrity`, so that the page needs no inline script. Where the file can't be had, the page stays as it was
/// written, and a warning on the console says why. Nobody imports the module, so it exports nothing any more.
pub fn self_starting(source: &str, wasm: &str, integrity: &str) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::mjs())?;
    let mut init = None;
    let mut exports = Vec::new();
    let mut classes = Vec::new();
    for statement in &program.body {
        match statement {
            Statement::ExportNamedDeclaration(export) => {
                for specifier in &export.specifiers {
                    if specifier.exported.name() == "default" {
                        init = Some(specifier.local.name().to_string());
                    }
                }
                exports.push(export.span);
            }
            Statement::ExportDefaultDeclaration(export) => {
                if let ExportDefaultDeclarationKind::Identifier(identifier) = &export.declaration {
                    init = Some(identifier.name.to_string());
                }
                exports.push(export.span);
            }
            // A class that a library exports for somebody who would import it: it goes, with what wasm-bindgen writes
            // around it. Were it needed, the browser tests could not pass.
            Statement::ExportDeclaration(export) => {
                exports.push(export.span);
                if let Declaration::ClassDeclaration(class) = &export.declaration {
                    classes.extend(class.id.as_ref().map(|id| id.name.as_str()));
                }
            }
            Statement::IfStatement(_) | Statement::VariableDeclaration(_) => {
                let text = statement.span().source_text(source);
                let belongs = |class: &&str| {
                    text.starts_with(&format!("if (Symbol.dispose) {class}.prototype"))
                        || text.starts_with(&format!("const {class}Finalization "))
                };
                if classes.iter().any(belongs) {
                    exports.push(statement.span());
                }
            }
            Statement::ImportDeclaration(import) => {
                bail!(
                    "it imports {}, which has no place in a single file",
                    import.source.value
                );
            }
            _ => {}
        }
    }
    let init = init.context(
        "it has no default export that starts it; is this wasm-bindgen's output for the web?",
    )?;
    let mut module = source.to_owned();
    for span in exports.into_iter().rev() {
        module = replace(&module, span, "");
    }
    ensure_nothing_is_left(&module, &classes)?;
    // The page is painted first: what is there to read does not wait for what makes it live.
    Ok(format!(
        "{module}\n{TRUST}\n\
         new Promise((painted) => document.hidden ? painted() : requestAnimationFrame(() => setTimeout(painted)))\
         .then(() => fetch(new URL(\"./{wasm}\", import.meta.url), {{ integrity: \"{integrity}\" }}))\
         .then((module_or_path) => {init}({{ module_or_path }}))\
         .catch((error) => console.warn(\"doui: this page stays as it is: \" + error));\n"
    ))
}

/// Fails where a new version of wasm-bindgen writes what is around an export otherwise than [`self_starting`] knows it: an
/// export or the name of a class that is gone would stay, and stop the module as it starts.
fn ensure_nothing_is_left(module: &str, gone: &[&str]) -> Result<()> {
    let allocator = Allocator::default();
    let program = parse(&allocator, module, SourceType::mjs())?;
    let is_export = |statement: &&Statement| {
        matches!(
            statement,
            Statement::ExportNamedDeclaration(_)
                | Statement::ExportDefaultDeclaration(_)
                | Statement::ExportDeclaration(_)
                | Statement::ExportAllDeclaration(_)
        )
    };
    if let Some(left) = program.body.iter().find(is_export) {
        bail!("an export is left: {}", left.span().source_text(module));
    }
    let built = SemanticBuilder::new().build(&program);
    let free = built.semantic.scoping().root_unresolved_references();
    if let Some(name) = gone.iter().find(|name| free.contains_key(**name)) {
        bail!("the class {name} was taken out, and is still named");
    }
    Ok(())
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

/// How many bytes each part of a script has once the whole is minified. The parts stand in `source` one after the other,
/// with a `debugger` statement before each but the first: the minifier moves none of them across it, as it merges no
/// declarations there.
pub fn shares(source: &str, private: Option<&str>) -> Result<Vec<usize>> {
    let minified = minify_closure(source, private, Breakpoints::Keep)?;
    Ok(minified.split("debugger;").map(str::len).collect())
}

/// Whether `debugger` statements stay.
#[derive(Clone, Copy, PartialEq)]
enum Breakpoints {
    Keep,
    Drop,
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
    Ok(minify(
        &allocator,
        program,
        private.transpose()?,
        breakpoints,
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
    Ok(minify(&allocator, program, None, Breakpoints::Drop))
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
) -> String {
    let target = EngineTargets::from_target(TARGET).expect("the target is a known one");
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties,
        compress: Some(CompressOptions {
            target,
            drop_debugger: breakpoints == Breakpoints::Drop,
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

fn replace(source: &str, span: Span, with: &str) -> String {
    let span = span.span();
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

    #[test]
    fn a_module_starts_itself_and_exports_nothing() {
        let source = "function initSync() {}\nasync function start(x) { alert(x) }\nexport { initSync, start as default };\n";
        let module = self_starting(source, "a.wasm", "sha384-b").unwrap();
        assert!(!module.contains("export"), "{module}");
        assert!(
            module.contains(
                "fetch(new URL(\"./a.wasm\", import.meta.url), { integrity: \"sha384-b\" })"
            ),
            "{module}"
        );
        let minified = minify_module(&module).unwrap();
        assert!(!minified.contains("initSync"), "{minified}");
        assert_eq!(
            self_starting("function f() {}\nexport default f;\n", "a.wasm", "sha384-b")
                .unwrap()
                .matches("export")
                .count(),
            0
        );
    }

    #[test]
    fn a_class_goes_with_all_that_names_it() {
        let class = "async function start() {}\nexport default start;\nexport class A { }\n";
        let known = "const AFinalization = 1;\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n";
        let module = self_starting(&format!("{class}{known}"), "a.wasm", "sha384-b").unwrap();
        assert!(!module.contains("prototype"), "{module}");
        let unknown = "if (Symbol.dispose)  A.prototype[Symbol.dispose] = 1;\n";
        let error = self_starting(&format!("{class}{unknown}"), "a.wasm", "sha384-b").unwrap_err();
        assert!(error.to_string().contains("the class A"), "{error}");
        let error = self_starting(
            &format!("{class}export * from 'b';\n"),
            "a.wasm",
            "sha384-b",
        );
        assert!(
            error
                .unwrap_err()
                .to_string()
                .contains("an export is left: export *")
        );
    }

    #[test]
    fn a_module_with_parts_elsewhere_is_an_error() {
        let error = self_starting(
            "import { a } from './snippets/a.js';\nexport default a;",
            "a.wasm",
            "sha384-b",
        )
        .unwrap_err();
        assert!(error.to_string().contains("./snippets/a.js"));
        assert!(self_starting("export const a = 1;", "a.wasm", "sha384-b").is_err());
    }
}
