//! Whether what `doui.js` shows and what plays it speak of the same things: an act that the script does not know would do
//! nothing, and a part under a condition that it does not know would never show.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use doui_shop::{Shop, shop::Corner};
use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{Expression, ObjectExpression, ObjectPropertyKind};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use scraper::{Html, Selector};

use crate::script;

/// Each attribute of the markup with the script's object whose keys are its values.
const PAIRS: [(&str, &str); 3] = [
    ("data-doui-act", "acts"),
    ("data-doui-when", "flags"),
    ("data-doui-part", "parts"),
];

/// The kit of a shop that uses all of it, in its first language.
pub fn whole(shop: &Shop) -> String {
    let mut shop = shop.clone();
    shop.placeholders = true;
    shop.button = Some(Corner::BottomLeft);
    doui_pages::kit(&shop, &shop.languages[0])
}

/// An error that lists what is named in the `kit`, which must be a [`whole`] one, or in the script, and not in the other.
pub fn check(kit: &str, source: &str) -> Result<()> {
    let kit = Html::parse_fragment(kit);
    let mut faults = Vec::new();
    for (attribute, object) in PAIRS {
        let named = values(&kit, attribute);
        let known = keys(source, object)?;
        if known.is_none() && !named.is_empty() {
            faults.push(format!(
                "the kit has {attribute}, and the script no `const {object} = {{ … }}` that says what it means"
            ));
            continue;
        }
        let known = known.unwrap_or_default();
        faults.extend(named.difference(&known).map(|name| {
            format!(
                "the kit has {attribute}=\"{name}\", and the script's `{object}` no {name}: add it there, or take it out of crates/ui"
            )
        }));
        faults.extend(known.difference(&named).map(|name| {
            format!(
                "the script's `{object}` has {name}, and the kit no {attribute}=\"{name}\": add it in crates/ui, or take it out of the script"
            )
        }));
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// The values of an attribute.
fn values(html: &Html, attribute: &str) -> BTreeSet<String> {
    let selector = Selector::parse(&format!("[{attribute}]")).expect("it is a selector");
    let values = html.select(&selector).filter_map(|it| it.attr(attribute));
    values.map(str::to_owned).collect()
}

/// The keys of the object that the script declares under a name.
fn keys(source: &str, object: &str) -> Result<Option<BTreeSet<String>>> {
    let allocator = Allocator::default();
    let program = script::parse(&allocator, source, SourceType::cjs().with_script(true))?;
    let built = SemanticBuilder::new()
        .with_build_nodes(true)
        .build(&program);
    let mut found = None;
    for node in built.semantic.nodes() {
        let AstKind::VariableDeclarator(declared) = node.kind() else {
            continue;
        };
        let is_named = declared
            .id
            .get_identifier_name()
            .is_some_and(|name| name == object);
        let value = declared.init.as_ref().map(Expression::without_parentheses);
        let (true, Some(Expression::ObjectExpression(value))) = (is_named, value) else {
            continue;
        };
        let (line, column) = script::position(source, declared.span.start);
        let keys = names(value);
        let keys = keys.with_context(|| {
            format!("{line}:{column}: `{object}` is held to the kit, so each of its keys must be written out")
        })?;
        if found.replace(keys).is_some() {
            bail!(
                "{line}:{column}: there are two objects named `{object}`, of which one is held to the kit: rename the other"
            );
        }
    }
    Ok(found)
}

/// The keys of an object, those that a switch adds among them, `...(WITH_X ? { key: 0 } : {})`; nothing where one is not
/// written out.
fn names(object: &ObjectExpression) -> Option<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for property in &object.properties {
        match property {
            ObjectPropertyKind::ObjectProperty(property) => {
                found.insert(property.key.static_name()?.into_owned());
            }
            ObjectPropertyKind::SpreadProperty(spread) => {
                let Expression::ConditionalExpression(switch) =
                    spread.argument.without_parentheses()
                else {
                    return None;
                };
                for side in [&switch.consequent, &switch.alternate] {
                    let Expression::ObjectExpression(side) = side.without_parentheses() else {
                        return None;
                    };
                    found.extend(names(side)?);
                }
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "(() => {\n\
        const acts = { accept: () => answer(true), close, 'allow-all'() {} };\n\
        const show = () => { const flags = ({ open: isOpen }); };\n\
        const parts = list(1);\n\
        })()";

    const KIT: &str = "<section><button data-doui-act=accept></button><button data-doui-act=close></button>\
        <p data-doui-when=open hidden><button data-doui-act=allow-all></button></p></section>";

    #[test]
    fn what_is_named_on_both_sides_fits() {
        check(KIT, SCRIPT).unwrap();
    }

    #[test]
    fn what_a_switch_adds_is_known() {
        let script = SCRIPT.replace(
            "{ open: isOpen }",
            "{ open: isOpen, ...(WITH_MORE ? { more: 1 } : {}) }",
        );
        let said = check(KIT, &script).unwrap_err().to_string();
        assert!(said.contains("`flags` has more"), "{said}");
        check(
            &KIT.replace("</section>", "<p data-doui-when=more></p></section>"),
            &script,
        )
        .unwrap();
    }

    #[test]
    fn what_one_side_lacks_is_an_error_that_says_which() {
        let kit = KIT
            .replace("=close", "=hide")
            .replace("data-doui-when=open", "data-doui-part=asked");
        let said = check(&kit, SCRIPT).unwrap_err().to_string();
        let lines: Vec<_> = said.lines().collect();
        for (line, start) in lines.iter().zip([
            "the kit has data-doui-act=\"hide\", and the script's `acts` no hide",
            "the script's `acts` has close, and the kit no data-doui-act=\"close\"",
            "the script's `flags` has open, and the kit no data-doui-when=\"open\"",
            "the kit has data-doui-part, and the script no `const parts = { … }`",
        ]) {
            assert!(line.starts_with(start), "{line}");
        }
        assert_eq!(lines.len(), 4, "{said}");
    }

    #[test]
    fn keys_that_cannot_be_read_are_an_error() {
        for (script, said) in [
            (
                "(() => { const acts = { ...more }; })()",
                "1:16: `acts` is held to the kit",
            ),
            (
                "(() => { const acts = { [name]: 1 }; })()",
                "1:16: `acts` is held to the kit",
            ),
            (
                "(() => { const acts = {};\nconst f = () => { const acts = {}; }; })()",
                "2:25: there are two objects",
            ),
        ] {
            let error = check(KIT, script).unwrap_err().to_string();
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[test]
    fn every_shop_has_the_whole_kit_to_check() {
        let mut shop = Shop::from_json(include_str!("../../../tests/shops/four.json")).unwrap();
        shop.placeholders = false;
        assert!(whole(&shop).contains("data-doui-act=\"allow\""));
    }
}
