//! The ES modules of `src/embed`, joined to one classic script.
//!
//! The joiner is small because the modules are plain: named exports, imported under their own names; each name of a top
//! level is there once; nothing but the entry runs when it is loaded. So each module's text follows those that it imports,
//! without its imports and the word `export`. What the joiner does not do, it refuses, with the place and a remedy; all
//! faults at once. [`module`] looks at each module alone; here is what concerns several.

mod module;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use anyhow::{Result, bail};

use self::module::Module;

/// The modules, each by its path below `src/embed`, such as `signals/meta.js`.
pub type Sources = BTreeMap<String, String>;

/// What the modules may do.
pub struct Rules<'a> {
    /// The modules that a script begins with. They alone run when they are loaded.
    pub entries: &'a [&'a str],
    /// The switches, `WITH_…`, that the stamp turns to `true` or `false`.
    pub switches: &'a [&'a str],
    /// The names that the stamp turns to data, each with the one module that may mention it.
    pub data: &'a [(&'a str, &'a str)],
}

/// A fault at a byte of a module.
struct Fault {
    path: String,
    offset: u32,
    what: String,
}

/// The modules that `entry` needs as one classic script, a call of a function, so that it leaves no names on the page. It
/// is strict, as modules are.
pub fn join(sources: &Sources, entry: &str, rules: &Rules) -> Result<String> {
    Ok(closure(&parts(sources, entry, rules)?, ""))
}

/// As [`join`], with a `debugger` statement before each module but the first, and the modules' names in that order: for
/// [`crate::script::shares`].
pub fn marked(sources: &Sources, entry: &str, rules: &Rules) -> Result<(String, Vec<String>)> {
    let parts = parts(sources, entry, rules)?;
    let script = closure(&parts, "debugger;\n");
    Ok((script, parts.into_iter().map(|(path, _)| path).collect()))
}

fn closure(parts: &[(String, String)], between: &str) -> String {
    let mut script = "(() => {\n\"use strict\";\n".to_owned();
    for (at, (path, text)) in parts.iter().enumerate() {
        let between = if at == 0 { "" } else { between };
        // A module may end without a semicolon.
        let _ = write!(script, "{between}// {path}\n{text};\n");
    }
    script + "})();\n"
}

/// Each module that `entry` needs, after those that it imports: its path and its text.
fn parts(sources: &Sources, entry: &str, rules: &Rules) -> Result<Vec<(String, String)>> {
    let mut modules = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, source) in sources {
        let (module, found) = Module::read(path, source, rules);
        modules.insert(path.as_str(), module);
        faults.extend(found);
    }
    faults.extend(between(&modules));
    if !rules.entries.contains(&entry) || !sources.contains_key(entry) {
        bail!(
            "src/embed/{entry} is no module that a script begins with; there are {}",
            rules.entries.join(", ")
        );
    }
    let mut order = Vec::new();
    let mut needed = BTreeSet::new();
    for start in rules.entries {
        let mut reached = Vec::new();
        visit(start, &modules, &mut Vec::new(), &mut reached, &mut faults);
        faults.extend(together(&reached, &modules));
        if *start == entry {
            order.clone_from(&reached);
        }
        needed.extend(reached);
    }
    for path in modules.keys().filter(|path| !needed.contains(*path)) {
        faults.push(Fault::new(
            path,
            0,
            "no script needs this module: delete it, or import it",
        ));
    }
    report(sources, faults)?;
    let text = |path: &&str| ((*path).to_owned(), modules[path].text.clone());
    Ok(order.iter().map(text).collect())
}

/// What does not fit between what modules import and what others export.
fn between(modules: &BTreeMap<&str, Module>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut imported = BTreeSet::new();
    for (path, module) in modules {
        for import in &module.imports {
            let Some(from) = modules.get(import.from.as_str()) else {
                let what = format!("there is no module {}", import.from);
                faults.push(Fault::new(path, import.offset, what));
                continue;
            };
            for (name, offset) in &import.names {
                imported.insert((import.from.as_str(), name.as_str()));
                if !from.exports.iter().any(|(known, _)| known == name) {
                    let what = format!("{} does not export `{name}`", import.from);
                    faults.push(Fault::new(path, *offset, what));
                }
            }
        }
    }
    for (path, module) in modules {
        for (name, offset) in &module.exports {
            if !imported.contains(&(*path, name.as_str())) {
                let what =
                    format!("nobody imports `{name}`: delete the word `export`, or the code");
                faults.push(Fault::new(path, *offset, what));
            }
        }
    }
    faults
}

/// Puts a module and those that it needs into `order`, each after those that it imports. `way` leads to it.
fn visit<'a>(
    path: &'a str,
    modules: &'a BTreeMap<&str, Module>,
    way: &mut Vec<&'a str>,
    order: &mut Vec<&'a str>,
    faults: &mut Vec<Fault>,
) {
    way.push(path);
    // What is not there is a fault elsewhere.
    for import in modules.get(path).iter().flat_map(|module| &module.imports) {
        let from = import.from.as_str();
        if let Some(start) = way.iter().position(|before| *before == from) {
            let circle = [&way[start..], &[from]].concat().join(" → ");
            let what = format!(
                "modules import each other in a circle, {circle}: let the entry give the lower one a handler"
            );
            faults.push(Fault::new(path, import.offset, what));
        } else if !order.contains(&from) && modules.contains_key(from) {
            visit(from, modules, way, order, faults);
        }
    }
    way.pop();
    order.push(path);
}

/// What would mean something else once the modules stand in one function.
fn together(order: &[&str], modules: &BTreeMap<&str, Module>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut owners = BTreeMap::new();
    for (path, module) in order.iter().filter_map(|path| modules.get_key_value(path)) {
        for (name, offset) in &module.names {
            if let Some(owner) = owners.insert(name.as_str(), path) {
                let what = format!("`{name}` is a name of {owner} too: rename one of them");
                faults.push(Fault::new(path, *offset, what));
            }
        }
    }
    for (path, module) in order.iter().filter_map(|path| modules.get_key_value(path)) {
        for (name, offset) in &module.free {
            if let Some(owner) = owners.get(name.as_str()) {
                let what = format!(
                    "`{name}` would be that of {owner} in the joined script: import it, or rename that one"
                );
                faults.push(Fault::new(path, *offset, what));
            }
        }
    }
    faults
}

impl Fault {
    fn new(path: &str, offset: u32, what: impl Into<String>) -> Fault {
        let (path, what) = (path.to_owned(), what.into());
        Fault { path, offset, what }
    }
}

/// An error that lists the faults by their places.
fn report(sources: &Sources, mut faults: Vec<Fault>) -> Result<()> {
    faults.sort_by(|a, b| (&a.path, a.offset, &a.what).cmp(&(&b.path, b.offset, &b.what)));
    let mut lines: Vec<_> = faults
        .iter()
        .map(|Fault { path, offset, what }| {
            let (line, column) = crate::script::position(&sources[path], *offset);
            format!("src/embed/{path}:{line}:{column}: {what}")
        })
        .collect();
    // Two scripts may share a module with a fault.
    lines.dedup();
    if !lines.is_empty() {
        bail!("{}", lines.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        entries: &["main.js"],
        switches: &["WITH_ADS"],
        data: &[("DOUI_STAMP", "shop.js")],
    };

    fn sources(modules: &[(&str, &str)]) -> Sources {
        let modules = modules.iter();
        modules
            .map(|(path, source)| ((*path).to_owned(), (*source).to_owned()))
            .collect()
    }

    /// What is said of modules that cannot be joined.
    fn refusal(modules: &[(&str, &str)]) -> String {
        join(&sources(modules), "main.js", &RULES)
            .unwrap_err()
            .to_string()
    }

    /// What is said of one module, `shop.js`, that exports `ids` to an entry that uses it.
    fn faults(source: &str) -> String {
        let source = format!("{source}\nexport const ids = [];");
        refusal(&[
            ("main.js", "import { ids } from './shop.js';\nalert(ids);"),
            ("shop.js", &source),
        ])
    }

    const SMALL: &[(&str, &str)] = &[
        (
            "main.js",
            "import { allows } from './rules/allows.js';\nimport { ids } from './shop.js';\n// It begins.\nif (WITH_ADS) console.log(ids.map(allows).join());\n",
        ),
        (
            "rules/allows.js",
            "import { stamp, purposeOf } from '../shop.js';\nconst known = new Set(stamp._ids);\nfunction allows(id) {\n  return known.has(purposeOf(id));\n}\nexport { allows }\n",
        ),
        (
            "shop.js",
            "/** What the shop says. */\nexport const stamp = DOUI_STAMP;\nexport const ids = [...stamp._ids, ...['x/y'].map((id) => id + '!')];\nexport const purposeOf = (path) => path.split('/', 1)[0]",
        ),
    ];

    #[test]
    fn each_module_follows_those_that_it_imports() {
        let script = join(&sources(SMALL), "main.js", &RULES).unwrap();
        assert_eq!(
            script,
            "(() => {\n\"use strict\";\n\
             // shop.js\n/** What the shop says. */\nconst stamp = DOUI_STAMP;\nconst ids = [...stamp._ids, ...['x/y'].map((id) => id + '!')];\nconst purposeOf = (path) => path.split('/', 1)[0];\n\
             // rules/allows.js\n\nconst known = new Set(stamp._ids);\nfunction allows(id) {\n  return known.has(purposeOf(id));\n}\n\n;\n\
             // main.js\n\n\n// It begins.\nif (WITH_ADS) console.log(ids.map(allows).join());\n;\n\
             })();\n"
        );
    }

    #[test]
    fn what_is_joined_runs_strictly_once_it_is_stamped_and_minified() {
        let mut modules = SMALL.to_vec();
        modules[0].1 = "import { allows } from './rules/allows.js';\nimport { ids } from './shop.js';\nconst strict = (function () { return this === undefined; })();\nif (WITH_ADS) console.log(ids.map(allows).join(), strict);\n";
        let script = join(&sources(&modules), "main.js", &RULES).unwrap();
        let values = [
            ("WITH_ADS", "true".to_owned()),
            ("DOUI_STAMP", r#"{"_ids":["ads"]}"#.to_owned()),
        ];
        let stamped = crate::script::stamp(&script, &values).unwrap();
        let minified =
            crate::script::minify_script(&stamped, Some(crate::script::PRIVATE)).unwrap();
        assert!(
            !minified.contains("_ids") && !minified.contains("What the shop"),
            "{minified}"
        );
        let node = std::process::Command::new("node")
            .args(["--eval", &minified])
            .output();
        let node = node.expect("node could not be started: install Node.js 18 or newer");
        assert_eq!(
            String::from_utf8_lossy(&node.stdout),
            "true,false true\n",
            "{minified}"
        );
    }

    #[test]
    fn each_module_has_its_share_of_the_whole() {
        let (script, names) = marked(&sources(SMALL), "main.js", &RULES).unwrap();
        assert_eq!(names, ["shop.js", "rules/allows.js", "main.js"]);
        let values = [
            ("WITH_ADS", "true".to_owned()),
            ("DOUI_STAMP", "S".to_owned()),
        ];
        let stamped = crate::script::stamp(&script, &values).unwrap();
        let shares = crate::script::shares(&stamped, Some(crate::script::PRIVATE)).unwrap();
        assert_eq!(shares.len(), 3);
        assert!(shares.iter().all(|share| share.len() > 10), "{shares:?}");
    }

    #[test]
    fn a_circle_is_told_from_one_end_to_the_other() {
        let said = refusal(&[
            (
                "a.js",
                "import { b } from './b.js';\nexport const a = () => b();",
            ),
            (
                "b.js",
                "import { a } from './a.js';\nexport const b = () => a();",
            ),
            ("main.js", "import { a } from './a.js';\na();"),
        ]);
        assert!(said.contains("a.js → b.js → a.js"), "{said}");
    }

    #[test]
    fn what_does_not_fit_between_modules_is_refused() {
        let entry = ("main.js", "import { a } from './a.js';\na();");
        for (modules, said) in [
            (vec![entry], "main.js:1:1: there is no module a.js"),
            (
                vec![entry, ("a.js", "export const b = 1;")],
                "main.js:1:10: a.js does not export `a`",
            ),
            (
                vec![entry, ("a.js", "export const b = 1;")],
                "a.js:1:14: nobody imports `b`",
            ),
            (
                vec![
                    entry,
                    ("a.js", "export const a = () => 1;"),
                    ("b.js", "const c = 1;"),
                ],
                "b.js:1:1: no script needs this module",
            ),
            (
                vec![
                    (
                        "main.js",
                        "import { a } from './a.js';\na();\nconst open = 1;\nalert(open);",
                    ),
                    ("a.js", "const open = 2;\nexport const a = () => open;"),
                ],
                "main.js:3:7: `open` is a name of a.js too",
            ),
            (
                vec![
                    ("main.js", "import { a } from './a.js';\na(close);"),
                    ("a.js", "const close = 2;\nexport const a = () => close;"),
                ],
                "main.js:2:3: `close` would be that of a.js",
            ),
        ] {
            let found = refusal(&modules);
            assert!(
                found.contains(&format!("src/embed/{said}")),
                "{said} is missing in {found}"
            );
        }
        let said = join(&sources(SMALL), "audit/main.js", &RULES)
            .unwrap_err()
            .to_string();
        assert!(
            said.contains("audit/main.js is no module that a script begins with"),
            "{said}"
        );
    }

    #[test]
    fn every_other_form_of_module_is_refused() {
        for (source, said) in [
            ("export default 1;", "1:1: there is no default export"),
            (
                "export * from './main.js';",
                "1:1: nothing is exported again",
            ),
            (
                "import { a } from './main.js'; export { a };",
                "1:41: nothing is exported again",
            ),
            ("export { ids as all };", "1:10: an export has its own name"),
            (
                "import * as main from './main.js'; ids.push(main);",
                "1:8: a module is no object",
            ),
            (
                "import main from './main.js'; ids.push(main);",
                "1:8: there is no default export",
            ),
            (
                "import { a as b } from './main.js'; const f = () => b;",
                "1:10: an import has its own name",
            ),
            ("import { a } from './main.js';", "1:10: `a` is not used"),
            (
                "import { a } from './main.js'; const f = () => { a = 1; };",
                "1:10: `a` is set here",
            ),
            ("import './main.js';", "1:1: this imports no name"),
            ("import {} from './main.js';", "1:1: this imports no name"),
            (
                "import { a } from 'react'; const f = () => a;",
                "1:19: \"react\" is no module of ours",
            ),
            (
                "import { a } from '../../a.js'; const f = () => a;",
                "1:19: \"../../a.js\" is no module of ours",
            ),
            (
                "import { a } from './a.json' with { type: 'json' }; const f = () => a;",
                "1:1: an import has no attributes",
            ),
            (
                "const f = () => import('./main.js');",
                "1:17: nothing is imported later",
            ),
            (
                "const f = () => import.meta.url;",
                "1:17: a classic script has no import.meta",
            ),
            ("const a = await 1;", "1:11: a classic script cannot wait"),
            (
                "const a = [() => 1].map((f) => this);",
                "1:32: `this` is another thing",
            ),
            (
                "const f = () => window._mine;",
                "1:17: this name would be shortened",
            ),
            (
                "const a = 1;\nconst a = 2;",
                "1:7: Identifier `a` has already been declared",
            ),
            ("const a = ;", "1:11: "),
        ] {
            let found = faults(source);
            assert!(
                found.contains(&format!("src/embed/shop.js:{said}")),
                "{said} is missing in {found}"
            );
        }
    }

    #[test]
    fn only_the_entry_runs_when_it_is_loaded() {
        for (source, said) in [
            ("ids.push(1);", "1:1: this would run"),
            ("if (WITH_ADS) ids.push(1);", "1:1: this would run"),
            ("const page = document.body;", "1:14: `document` is asked"),
            (
                "const width = [1].map(() => innerWidth);",
                "1:29: `innerWidth` is asked",
            ),
            (
                "const sight = new IntersectionObserver(() => {});",
                "1:19: `IntersectionObserver` is asked",
            ),
            ("const f = () => 1, a = f();", "1:24: this calls a function"),
        ] {
            let found = faults(source);
            assert!(
                found.contains(&format!("src/embed/shop.js:{said}")),
                "{said} is missing in {found}"
            );
        }
        let lazy = "const { parse } = JSON, seen = new WeakSet(), handlers = { ask: () => document.title, get now() { return Date.now(); } };\nconst use = async () => { await parse(seen, handlers); };\nexport { use };";
        let main = "import { use } from './shop.js';\nuse(document, this);";
        let said = refusal(&[("main.js", main), ("shop.js", lazy)]);
        assert_eq!(
            said,
            "src/embed/main.js:2:15: `this` is another thing in a classic script: name what is meant"
        );
    }

    #[test]
    fn what_the_stamp_replaces_has_its_places() {
        for (source, said) in [
            (
                "const f = () => WITH_NOTHING && 1;",
                "1:17: the build has no value for WITH_NOTHING",
            ),
            (
                "const f = () => DOUI_NOTHING;",
                "1:17: the build has no value for DOUI_NOTHING",
            ),
            (
                "const f = () => alert(WITH_ADS);",
                "1:23: WITH_ADS is a condition",
            ),
            (
                "const f = () => (ids ? WITH_ADS : 1);",
                "1:24: WITH_ADS is a condition",
            ),
            ("const f = WITH_ADS ?? 1;", "1:11: WITH_ADS is a condition"),
        ] {
            let found = faults(source);
            assert!(
                found.contains(&format!("src/embed/shop.js:{said}")),
                "{said} is missing in {found}"
            );
        }
        for condition in [
            "if (WITH_ADS) f();",
            "f((WITH_ADS) ? 1 : 2);",
            "f(1 && !WITH_ADS);",
            "f(WITH_ADS || 1);",
        ] {
            let main = format!("const f = () => 1;\n{condition}");
            join(&sources(&[("main.js", &main)]), "main.js", &RULES).unwrap();
        }
        let said = refusal(&[("main.js", "alert(DOUI_STAMP);")]);
        assert_eq!(
            said,
            "src/embed/main.js:1:7: only shop.js reads DOUI_STAMP: import what it makes of it"
        );
    }

    #[test]
    fn every_fault_is_told_at_once_by_its_place() {
        let said = faults("ids.push(WITH_NOTHING);\nconst page = document;");
        let places: Vec<_> = said
            .lines()
            .map(|line| &line["src/embed/".len()..][..12])
            .collect();
        assert_eq!(
            places,
            ["shop.js:1:1:", "shop.js:1:10", "shop.js:2:14"],
            "{said}"
        );
    }
}
