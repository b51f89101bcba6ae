//! The script of the compiled centre, made to start by itself.

use anyhow::{Context, Result, bail};
use oxc_allocator::Allocator;
use oxc_ast::ast::{Declaration, ExportDefaultDeclarationKind, Statement};
use oxc_semantic::SemanticBuilder;
use oxc_span::{GetSpan, SourceType};

use crate::{BuildError, script};

/// Leptos sets the markup of its templates, which come from the WebAssembly alone; this is the policy of the centre's own
/// document for that (Trusted Types, <https://www.w3.org/TR/trusted-types/>), and it passes no script.
const TRUST: &str =
    "globalThis.trustedTypes?.createPolicy(\"default\", { createHTML: (html) => html });";

/// Makes the ES module that wasm-bindgen writes start by itself, with the WebAssembly file `wasm` beside it, which must
/// have this `integrity`, so that the page needs no inline script. Where the file can't be had, the page stays as it was
/// written, and a warning on the console says why. Nobody imports the module, so it exports nothing any more.
///
/// Whoever finishes the centre does this once; no shop needs it. The module is minified.
///
/// # Errors
///
/// Where the module is not as wasm-bindgen writes it.
pub fn self_starting(source: &str, wasm: &str, integrity: &str) -> Result<String, BuildError> {
    starting(source, wasm, integrity)
        .and_then(|module| script::minify_module(&module))
        .context("the script that wasm-bindgen wrote")
        .map_err(BuildError::of_sources)
}

fn starting(source: &str, wasm: &str, integrity: &str) -> Result<String> {
    let allocator = Allocator::default();
    let program = script::parse(&allocator, source, SourceType::mjs())?;
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
        module = script::replace(&module, span, "");
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
    let program = script::parse(&allocator, module, SourceType::mjs())?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_starts_itself_and_exports_nothing() {
        let source = "function initSync() {}\nasync function start(x) { alert(x) }\nexport { initSync, start as default };\n";
        let module = starting(source, "a.wasm", "sha384-b").unwrap();
        assert!(!module.contains("export"), "{module}");
        assert!(
            module.contains(
                "fetch(new URL(\"./a.wasm\", import.meta.url), { integrity: \"sha384-b\" })"
            ),
            "{module}"
        );
        let minified = script::minify_module(&module).unwrap();
        assert!(!minified.contains("initSync"), "{minified}");
        assert_eq!(
            starting("function f() {}\nexport default f;\n", "a.wasm", "sha384-b")
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
        let module = starting(&format!("{class}{known}"), "a.wasm", "sha384-b").unwrap();
        assert!(!module.contains("prototype"), "{module}");
        let unknown = "if (Symbol.dispose)  A.prototype[Symbol.dispose] = 1;\n";
        let error = starting(&format!("{class}{unknown}"), "a.wasm", "sha384-b").unwrap_err();
        assert!(error.to_string().contains("the class A"), "{error}");
        let error = starting(
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
        let error = starting(
            "import { a } from './snippets/a.js';\nexport default a;",
            "a.wasm",
            "sha384-b",
        )
        .unwrap_err();
        assert!(error.to_string().contains("./snippets/a.js"));
        assert!(starting("export const a = 1;", "a.wasm", "sha384-b").is_err());
    }
}
