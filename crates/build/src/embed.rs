//! The modules of the shop page's script and of its audit: what they may do, and what each weighs.

use anyhow::Result;
use doui_shop::Shop;

use crate::{
    join::{self, Rules, Sources},
    script, stamp,
};

/// The module that `doui.js` begins with.
pub const ENTRY: &str = "main.js";

/// The module that `audit.js` begins with.
pub const AUDIT_ENTRY: &str = "audit/main.js";

/// The module that a server's reader begins with.
const READER_ENTRY: &str = "reader.js";

/// What the stamp turns to data, each with the one module that may mention it.
const DATA: &[(&str, &str)] = &[
    ("DOUI_STAMP", "shop.js"),
    ("DOUI_AUDIT", "audit/shop.js"),
    ("DOUI_READER", READER_ENTRY),
];

/// What the modules may do, where these are the switches of the stamp.
pub fn rules<'a>(switches: &'a [&'a str]) -> Rules<'a> {
    Rules {
        entries: &[ENTRY, AUDIT_ENTRY, READER_ENTRY],
        switches,
        data: DATA,
    }
}

/// The rules of the script for a server (`npm/server.js`): an ES module whose `open` takes a shop's stamp, and gives what
/// [`READER_ENTRY`] gives.
pub fn reader(sources: &Sources, shop: &Shop) -> Result<String> {
    let parts = stamp::parts(shop);
    let source = join::join(sources, READER_ENTRY, &rules(&parts.map(|(name, _)| name)))?;
    let mut values = vec![
        ("DOUI_STAMP", "stampGiven".to_owned()),
        ("DOUI_READER", "takeRules".to_owned()),
    ];
    let is_used = |name| ["WITH_SERVICES", "WITH_GRANTED"].contains(&name);
    let asked = parts.into_iter().filter(|(name, _)| source.contains(name));
    values.extend(asked.map(|(name, _)| (name, is_used(name).to_string())));
    let rules = script::stamp(&source, &values)?;
    script::minify_module(&format!(
        "export const open = (stampGiven) => {{\nlet rulesMade;\nconst takeRules = (rules) => {{ rulesMade = rules; }};\n{rules}\nreturn rulesMade;\n}};\n"
    ))
}

/// Each module of `doui.js` in its order, with what it is in the minified script of a shop. One letter stands for what is stamped
/// in.
pub fn shares(sources: &Sources, shop: &Shop) -> Result<Vec<(String, String)>> {
    let parts = stamp::parts(shop);
    let (source, modules) = join::marked(sources, ENTRY, &rules(&parts.map(|(name, _)| name)))?;
    let mut values = vec![("DOUI_STAMP", "S".to_owned())];
    values.extend(parts.map(|(name, is_used)| (name, is_used.to_string())));
    let stamped = script::stamp(&source, &values)?;
    let shares = script::shares(&stamped, Some(script::PRIVATE))?;
    Ok(modules.into_iter().zip(shares).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_module_is_weighed_without_what_the_shop_says() {
        let shop = Shop::from_json(include_str!("../../../tests/shops/four.json")).unwrap();
        let parts = stamp::parts(&shop).map(|(name, _)| format!("if ({name}) alert(ids);\n"));
        let main = format!(
            "import {{ ids }} from './shop.js';\n{}alert(1);",
            parts.concat()
        );
        let shop_js =
            "export const ids = DOUI_STAMP._purposes.map(({ _id }) => _id);\n// A comment.\n";
        let sources = [("main.js", main.as_str()), ("shop.js", shop_js)];
        let mut sources: Sources = sources
            .map(|(path, text)| (path.into(), text.into()))
            .into();
        let before = shares(&sources, &shop).unwrap();
        assert_eq!(
            before
                .iter()
                .map(|(path, _)| path.as_str())
                .collect::<Vec<_>>(),
            ["shop.js", "main.js"]
        );
        sources
            .get_mut("main.js")
            .unwrap()
            .push_str("alert('twelve bytes');");
        let after = shares(&sources, &shop).unwrap();
        assert_eq!(after[0], before[0]);
        assert_eq!(
            after[1].1.len(),
            before[1].1.len() + ",alert(\"twelve bytes\")".len()
        );
    }

    #[test]
    fn the_types_know_each_switch() {
        let types = include_str!("../../../src/embed/stamp.d.ts");
        let declared = types.lines().filter_map(|line| {
            let name = line.strip_prefix("declare const WITH_")?;
            Some(format!("WITH_{}", name.trim_end_matches(": boolean;")))
        });
        let shop = Shop::from_json(include_str!("../../../tests/shops/four.json")).unwrap();
        let known = stamp::parts(&shop).map(|(name, _)| name.to_owned());
        assert_eq!(declared.collect::<Vec<_>>(), known);
    }
}
