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

/// The language a page's browser must know. The minifier introduces nothing newer.
const TARGET: &str = "es2020";

/// Leptos sets the markup of its templates, which come from the WebAssembly alone; this is the policy of the centre's own
/// document for that (Trusted Types, <https://www.w3.org/TR/trusted-types/>), and it passes no script.
const TRUST: &str =
    "globalThis.trustedTypes?.createPolicy(\"default\", { createHTML: (html) => html });";

/// Puts expressions in the place of free identifiers of the classic script `source`: pairs of a name, which must occur,
/// and its value.
pub fn stamp(source: &str, values: &[(&str, String)]) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::cjs().with_script(true))?;
    let semantic = SemanticBuilder::new()
        .with_build_nodes(true)
        .build(&program)
        .semantic;
    let scoping = semantic.scoping();
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

/// Minifies a classic script that is one call of a function, so that it leaves no names behind. The properties named in
/// `own` never leave it, so they are shortened too: none may be the browser's or a contract's.
pub fn minify_script(source: &str, own: &[&str]) -> Result<String> {
    let allocator = Allocator::default();
    let program = parse(&allocator, source, SourceType::cjs().with_script(true))?;
    ensure!(
        matches!(program.body.as_slice(), [Statement::ExpressionStatement(_)]),
        "it must be one function that calls itself, (() => {{ … }})(), so that it leaves no names on the page"
    );
    let own = (!own.is_empty()).then(|| {
        let names = Regex::new(&format!("^({})$", own.join("|")));
        let mut options = ManglePropertiesOptions::new(names.expect("names make a pattern"));
        // What is stamped in is JSON, whose keys are quoted.
        options.mangle_quoted = true;
        options
    });
    quoted(&minify(&allocator, program, own))
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
    Ok(minify(&allocator, program, None))
}

fn parse<'a>(allocator: &'a Allocator, source: &'a str, kind: SourceType) -> Result<Program<'a>> {
    let parsed = Parser::new(allocator, source, kind).parse();
    if let Some(fault) = parsed.diagnostics.errors().next() {
        let offset = fault
            .labels
            .first()
            .map_or(0, |label| label.offset() as usize);
        let before = source.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        return Err(anyhow!("{line}:{column}: {}", fault.message));
    }
    Ok(parsed.program)
}

fn minify<'a>(
    allocator: &'a Allocator,
    mut program: Program<'a>,
    mangle_properties: Option<ManglePropertiesOptions>,
) -> String {
    let target = EngineTargets::from_target(TARGET).expect("the target is a known one");
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties,
        compress: Some(CompressOptions {
            target,
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
        assert_eq!(minify_script(&stamped, &[]).unwrap(), r#"alert("stays");"#);
    }

    #[test]
    fn a_scripts_own_properties_are_shortened() {
        let source = r#"(() => { const stamp = { "words": [1], "name": 2 }; alert(stamp.words, stamp.name, window) })()"#;
        let own = minify_script(source, &["words"]).unwrap();
        assert!(!own.contains("words") && own.contains("name"), "{own}");
    }

    #[test]
    fn plain_strings_have_quotes() {
        let source = r#"(() => { alert('a', `b`, `c${x}`, 'd"', "e\n", tag`f`) })()"#;
        assert_eq!(
            minify_script(source, &[]).unwrap(),
            "alert(\"a\",\"b\",`c${x}`,`d\"`,`e\n`,tag`f`);"
        );
    }

    #[test]
    fn a_script_must_be_one_call() {
        assert_eq!(
            minify_script("(() => { alert( 1 ) })()", &[]).unwrap(),
            "alert(1);"
        );
        assert!(
            minify_script("const a = 1; alert(a)", &[])
                .unwrap_err()
                .to_string()
                .contains("one function")
        );
    }

    #[test]
    fn a_fault_has_its_line_and_column() {
        assert!(
            minify_script("(() => {\n  let 1;\n})()", &[])
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
