//! One ES module, as the joiner needs it: what it imports, exports and names, its text without imports and exports, and
//! what the joiner refuses in it.

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{
    ImportDeclaration, ImportDeclarationSpecifier, Program, Statement, UnaryOperator,
};
use oxc_parser::Parser;
use oxc_semantic::{NodeId, ReferenceId, Semantic, SemanticBuilder, SymbolId};
use oxc_span::{GetSpan, SourceType, Span};

use super::{Fault, Rules};
use crate::script;

/// The globals that are alike in every browser and at any time: a top level may use them, and none that tells of the page,
/// the clock or chance.
const BUILT_IN: &[&str] = &[
    "Array",
    "BigInt",
    "Boolean",
    "Infinity",
    "JSON",
    "Map",
    "NaN",
    "Number",
    "Object",
    "Proxy",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "WeakMap",
    "WeakSet",
    "undefined",
];

const AGAIN: &str = "nothing is exported again: import it from the module that has it";
const CALLED: &str =
    "this calls a function when the module is loaded: call it in a function that the entry calls";

/// One module, as far as it could be read.
#[derive(Default)]
pub struct Module {
    pub imports: Vec<Import>,
    /// Each name that it exports, with its place.
    pub exports: Vec<(String, u32)>,
    /// Each name that its top level declares, with its place.
    pub names: Vec<(String, u32)>,
    /// Each name that it takes from its surroundings, with each place.
    pub free: Vec<(String, u32)>,
    /// Its source without imports and the word `export`.
    pub text: String,
}

/// One import statement.
pub struct Import {
    /// The path of the module, as the sources have it.
    pub from: String,
    pub offset: u32,
    /// The names, each with its place.
    pub names: Vec<(String, u32)>,
}

impl Module {
    /// Reads a module, as far as it can be read, and tells its faults.
    pub fn read(path: &str, source: &str, rules: &Rules) -> (Module, Vec<Fault>) {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, source, SourceType::mjs()).parse();
        let built = SemanticBuilder::new()
            .with_build_nodes(true)
            .with_check_syntax_error(true)
            .build(&parsed.program);
        let mut reader = Reader {
            path,
            source,
            rules,
            semantic: &built.semantic,
            module: Module::default(),
            cuts: Vec::new(),
            faults: Vec::new(),
        };
        for fault in parsed
            .diagnostics
            .errors()
            .chain(built.diagnostics.errors())
        {
            let offset = fault.labels.first().map_or(0, |label| label.offset());
            reader.fault(offset, fault.message.to_string());
        }
        reader.statements(&parsed.program);
        reader.nodes();
        reader.free_names();
        reader.module.text = reader.text();
        (reader.module, reader.faults)
    }
}

struct Reader<'a, 'b> {
    path: &'b str,
    source: &'b str,
    rules: &'b Rules<'b>,
    semantic: &'b Semantic<'a>,
    module: Module,
    /// What the joined script goes without.
    cuts: Vec<Span>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a, '_> {
    fn fault(&mut self, offset: u32, what: impl Into<String>) {
        self.faults.push(Fault::new(self.path, offset, what));
    }

    fn is_entry(&self) -> bool {
        self.rules.entries.contains(&self.path)
    }

    /// The source without what is cut.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut at = 0;
        for cut in &self.cuts {
            text += &self.source[at..cut.start as usize];
            at = cut.end as usize;
        }
        text + &self.source[at..]
    }

    fn statements(&mut self, program: &Program<'a>) {
        let scoping = self.semantic.scoping();
        let names = scoping.get_bindings(scoping.root_scope_id()).values();
        let place = |id: &SymbolId| {
            let is_import = scoping.symbol_flags(*id).is_import();
            let name = scoping.symbol_name(*id).to_owned();
            (!is_import).then(|| (name, scoping.symbol_span(*id).start))
        };
        self.module.names = names.filter_map(place).collect();
        for statement in &program.body {
            let Span { start, end, .. } = statement.span();
            match statement {
                Statement::ImportDeclaration(import) => {
                    self.import(import);
                    self.cuts.push(import.span);
                }
                Statement::ExportDeclaration(export) => {
                    let names = self.module.names.iter();
                    let names = names.filter(|(_, at)| (start..end).contains(at)).cloned();
                    self.module.exports.extend(names);
                    self.cuts
                        .push(Span::new(start, export.declaration.span().start));
                }
                Statement::ExportNamedDeclaration(export) => {
                    for specifier in &export.specifiers {
                        let name = specifier.local.name();
                        if !self
                            .module
                            .names
                            .iter()
                            .any(|(own, _)| own == name.as_str())
                        {
                            self.fault(specifier.span.start, AGAIN);
                        }
                        if name != specifier.exported.name() {
                            self.fault(
                                specifier.span.start,
                                "an export has its own name: leave out `as`",
                            );
                        }
                        self.module
                            .exports
                            .push((name.to_string(), specifier.span.start));
                    }
                    self.cuts.push(export.span);
                }
                Statement::ExportDefaultDeclaration(_) => {
                    self.fault(start, "there is no default export: export it by its name");
                }
                Statement::ExportAllDeclaration(_) | Statement::ExportFromDeclaration(_) => {
                    self.fault(start, AGAIN);
                }
                Statement::VariableDeclaration(_)
                | Statement::FunctionDeclaration(_)
                | Statement::ClassDeclaration(_) => {}
                _ if self.is_entry() => {}
                _ => {
                    self.fault(start, "this would run when the module is loaded: put it into a function that the entry calls");
                }
            }
        }
    }

    fn import(&mut self, import: &ImportDeclaration<'a>) {
        let offset = import.span.start;
        if import.with_clause.is_some() || import.phase.is_some() {
            self.fault(
                offset,
                "an import has no attributes and no phase: leave them out",
            );
        }
        let Some(from) = resolve(self.path, &import.source.value) else {
            let what = format!(
                "{:?} is no module of ours: begin with ./ or ../ and stay in the folder",
                import.source.value.as_str()
            );
            self.fault(import.source.span.start, what);
            return;
        };
        let scoping = self.semantic.scoping();
        let mut names = Vec::new();
        for specifier in import.specifiers.iter().flatten() {
            let Span { start, .. } = specifier.span();
            match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(specifier) => {
                    let name = specifier.imported.name();
                    if name != specifier.local.name.as_str() {
                        self.fault(start, "an import has its own name: leave out `as`");
                    }
                    names.push((name.to_string(), start));
                }
                ImportDeclarationSpecifier::ImportDefaultSpecifier(_) => {
                    self.fault(
                        start,
                        "there is no default export: import by name, in braces",
                    );
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => {
                    self.fault(start, "a module is no object: import by name, in braces");
                }
            }
            let symbol = specifier.local().symbol_id();
            let name = scoping.symbol_name(symbol);
            if scoping.symbol_is_unused(symbol) {
                self.fault(start, format!("`{name}` is not used: leave it out"));
            }
            if scoping.symbol_is_mutated(symbol) {
                self.fault(start, format!("`{name}` is set here, which only its own module can do: call a function of that"));
            }
        }
        if import.specifiers.iter().flatten().next().is_none() {
            self.fault(
                offset,
                "this imports no name, and a module does nothing when it is loaded: leave it out",
            );
        }
        self.module.imports.push(Import {
            from,
            offset,
            names,
        });
    }

    fn nodes(&mut self) {
        for node in self.semantic.nodes() {
            let offset = node.kind().span().start;
            let is_outside = || !self.is_within_function(node.id());
            let what = match node.kind() {
                AstKind::ImportExpression(_) => {
                    "nothing is imported later: a file of its own is loaded by a script element"
                }
                AstKind::ImportMeta(_) => {
                    "a classic script has no import.meta: use document.currentScript"
                }
                AstKind::AwaitExpression(_) if is_outside() => {
                    "a classic script cannot wait: await within an async function"
                }
                AstKind::ForOfStatement(it) if it.r#await && is_outside() => {
                    "a classic script cannot wait: await within an async function"
                }
                AstKind::ThisExpression(_) if is_outside() => {
                    "`this` is another thing in a classic script: name what is meant"
                }
                AstKind::StaticMemberExpression(member) => {
                    let of = member.object.get_identifier_reference();
                    let is_window =
                        of.is_some_and(|of| of.name == "window" || of.name == "globalThis");
                    if !is_window || !script::is_private(&member.property.name) {
                        continue;
                    }
                    "this name would be shortened, as if it were our own: if it is the page's, add it to PUBLIC in crates/build/src/script.rs"
                }
                AstKind::CallExpression(call) => match call.callee.get_identifier_reference() {
                    Some(callee) if self.calls_our_own(node.id(), callee.reference_id()) => CALLED,
                    _ => continue,
                },
                AstKind::NewExpression(call) => match call.callee.get_identifier_reference() {
                    Some(callee) if self.calls_our_own(node.id(), callee.reference_id()) => CALLED,
                    _ => continue,
                },
                _ => continue,
            };
            self.fault(offset, what);
        }
    }

    /// Whether a call is of a function of these modules, and happens when a module that is no entry is loaded.
    fn calls_our_own(&self, call: NodeId, callee: ReferenceId) -> bool {
        let is_bound = self
            .semantic
            .scoping()
            .get_reference(callee)
            .symbol_id()
            .is_some();
        is_bound && !self.is_entry() && self.runs_when_loaded(call)
    }

    fn is_within_function(&self, id: NodeId) -> bool {
        let mut around = self.semantic.nodes().ancestor_kinds(id);
        around.any(|kind| match kind {
            AstKind::Function(_) => true,
            // It has no `this` of its own, but waits on its own.
            AstKind::ArrowFunctionExpression(_) => {
                !matches!(self.semantic.nodes().kind(id), AstKind::ThisExpression(_))
            }
            _ => false,
        })
    }

    /// Whether this runs when the module is loaded: it is in no function, or in one that is handed to a call there.
    fn runs_when_loaded(&self, id: NodeId) -> bool {
        let nodes = self.semantic.nodes();
        !nodes.ancestor_ids(id).any(|id| {
            let is_function = matches!(
                nodes.kind(id),
                AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)
            );
            is_function
                && !matches!(
                    self.parent(id),
                    AstKind::CallExpression(_) | AstKind::NewExpression(_)
                )
        })
    }

    /// What a node stands in, parentheses apart.
    fn parent(&self, id: NodeId) -> AstKind<'a> {
        let mut around = self.semantic.nodes().ancestor_kinds(id);
        let parent = around.find(|kind| !matches!(kind, AstKind::ParenthesizedExpression(_)));
        parent.expect("everything stands in a program")
    }

    fn free_names(&mut self) {
        let scoping = self.semantic.scoping();
        for (name, references) in scoping.root_unresolved_references() {
            let name = name.as_str();
            for reference in references {
                let reference = scoping.get_reference(*reference);
                let offset = self.semantic.reference_span(reference).start;
                self.module.free.push((name.to_owned(), offset));
                if let Some(what) = self.refusal(name, reference.node_id()) {
                    self.fault(offset, what);
                }
            }
        }
    }

    /// Why a free name may not stand where it does.
    fn refusal(&self, name: &str, id: NodeId) -> Option<String> {
        if let Some((_, owner)) = self.rules.data.iter().find(|(known, _)| *known == name) {
            return (*owner != self.path)
                .then(|| format!("only {owner} reads {name}: import what it makes of it"));
        }
        if self.rules.switches.contains(&name) {
            return (!self.is_condition(id))
                .then(|| format!("{name} is a condition: use it in `if`, `?:`, `&&`, `||` or `!` only, so that what it leaves out can be dropped"));
        }
        if script::is_stamped(name) {
            return Some(format!(
                "the build has no value for {name}: correct its spelling, or add it to the stamp"
            ));
        }
        let is_free_to_use =
            self.is_entry() || BUILT_IN.contains(&name) || !self.runs_when_loaded(id);
        (!is_free_to_use).then(|| {
            format!("`{name}` is asked when the module is loaded: ask in a function that the entry calls")
        })
    }

    /// Whether an identifier is asked whether it is true.
    fn is_condition(&self, id: NodeId) -> bool {
        let nodes = self.semantic.nodes();
        let place = nodes.kind(id).span();
        match self.parent(id) {
            AstKind::IfStatement(_) => true,
            AstKind::ConditionalExpression(it) => it.test.span().contains_inclusive(place),
            AstKind::LogicalExpression(it) => !it.operator.is_coalesce(),
            AstKind::UnaryExpression(it) => it.operator == UnaryOperator::LogicalNot,
            _ => false,
        }
    }
}

/// The path of a module that `path` imports as `specifier`.
fn resolve(path: &str, specifier: &str) -> Option<String> {
    let mut steps: Vec<_> = path.split('/').collect();
    steps.pop();
    if !specifier.starts_with("./") && !specifier.starts_with("../") {
        return None;
    }
    for step in specifier.split('/') {
        match step {
            "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}
