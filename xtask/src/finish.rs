//! From what Trunk built to what a shop copies to its server.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, ensure};
use doui_core::Shop;

use crate::{
    compress, css,
    files::{self, Files, hashed_name},
    manifest::{self, Manifest},
    page::{self, Assets},
    project, script, shop, stamp, wasm,
};

/// Set while `cargo xtask build` drives Trunk: it finishes the files itself.
pub const DRIVEN: &str = "DOUI_DRIVEN";

/// What Trunk calls after each of its own builds, so that `trunk serve` shows finished pages.
pub fn hook() -> Result<()> {
    if env::var_os(DRIVEN).is_some() {
        return Ok(());
    }
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("this is Trunk's hook; run `trunk serve` or `cargo xtask build`")?;
    let staging = PathBuf::from(staging);
    let finished = finish(
        files::read(&staging)?,
        &shop::read(&shop::default_file())?,
        false,
    )?;
    files::write(&staging, &finished)
}

/// Stand in the glue for the name and the integrity of the WebAssembly file until these are known.
const WASM_NAME: &str = "DOUI_WASM";
const WASM_INTEGRITY: &str = "DOUI_INTEGRITY";

/// Where in `dist/` the statement on Global Privacy Control lies.
const GPC_STATEMENT: &str = ".well-known/gpc.json";

/// Where in `dist/` the JSON Schema of `shop.json` lies, for editors.
const SHOP_SCHEMA: &str = "shop.schema.json";

/// Turns Trunk's files into the finished ones, not yet compressed. `is_shipped`: for visitors, who should not download
/// what only a developer reads.
pub fn finish(mut built: Files, shop: &Shop, is_shipped: bool) -> Result<Files> {
    let mut done = Files::new();
    let index = take_text(&mut built, "index.html")?;

    let sheets = page::style_sheets(&index)?.into_iter();
    let sheets = sheets.map(|path| take_text(&mut built, &path).map(|text| (path, text)));
    let style = css::bundle(&sheets.collect::<Result<Vec<_>>>()?, &shop.theme)?.into_bytes();
    let style_name = hashed_name("centre", "css", &style);

    let wasm_path = built.keys().find(|path| path.ends_with(".wasm")).cloned();
    let wasm_path = wasm_path.context("Trunk built no .wasm file")?;
    let mut wasm = built.remove(&wasm_path).unwrap_or_default();

    let glue_path = wasm_path.replace("_bg.wasm", ".js");
    let glue = take_text(&mut built, &glue_path)?;
    // The glue names the WebAssembly file, whose name comes from what the glue leaves of it: a mark stands in.
    let glue = script::self_starting(&glue, WASM_NAME, WASM_INTEGRITY)
        .and_then(|glue| script::minify_module(&glue));
    let glue = glue.with_context(|| format!("{glue_path}, which wasm-bindgen wrote"))?;
    if is_shipped {
        wasm = wasm::prune(&wasm, &glue, false)?;
    }
    let wasm_name = hashed_name("centre", "wasm", &wasm);
    let glue = glue
        .replace(WASM_NAME, &wasm_name)
        .replace(WASM_INTEGRITY, &page::integrity(&wasm))
        .into_bytes();
    let glue_name = hashed_name("centre", "js", &glue);

    let assets = Assets {
        style: (&style_name, &style),
        script: (&glue_name, &glue),
        wasm: &wasm_name,
    };
    let template = page::template(&index, &assets)?;
    for page in doui::prerender::pages(shop) {
        done.insert(
            page.path.clone(),
            page::fill(&template, &page)?.into_bytes(),
        );
    }
    done.insert(style_name, style);
    done.insert(wasm_name, wasm);
    done.insert(glue_name, glue);

    done.extend(stamp::scripts(shop)?);
    let types = files::read_text(&project::root().join("src/embed/doui.d.ts"))?;
    done.insert("doui.d.ts".to_owned(), types.into_bytes());
    done.insert(GPC_STATEMENT.to_owned(), gpc_statement(shop)?);
    done.insert(
        SHOP_SCHEMA.to_owned(),
        serde_json::to_vec(&doui_core::json_schema())?,
    );
    let icons = files::read(&project::root().join("public/icons"))?;
    done.extend(
        icons
            .into_iter()
            .map(|(path, icon)| (format!("icons/{path}"), icon)),
    );

    // What is left are files that the page asked Trunk to copy.
    for (path, content) in built {
        ensure!(
            !done.contains_key(&path),
            "two files want to be {path} in dist/; rename the one in index.html"
        );
        done.insert(path, content);
    }
    Ok(done)
}

/// Adds the compressed copies and the manifest.
pub fn pack(mut files: Files, shop: &Shop) -> Files {
    let copies = compress::copies(&files);
    let manifest = Manifest::new(
        env!("CARGO_PKG_VERSION"),
        &shop.revision.iso(),
        &files,
        &copies,
    );
    files.extend(copies);
    files.insert(manifest::NAME.to_owned(), manifest.to_json());
    files
}

/// The shop's word that it heeds Global Privacy Control: it does if the signal keeps any purpose off. Its place is at the
/// root of the origin (the [specification](https://w3c.github.io/gpc/#gpc-support-resource)), so a shop copies it there.
fn gpc_statement(shop: &Shop) -> Result<Vec<u8>> {
    let is_heeded = shop.purposes.iter().any(|purpose| purpose.gpc);
    let statement = serde_json::json!({ "gpc": is_heeded, "lastUpdate": shop.revision.iso() });
    Ok(serde_json::to_vec(&statement)?)
}

fn take_text(files: &mut Files, path: &str) -> Result<String> {
    let content = files
        .remove(path)
        .with_context(|| format!("Trunk built no {path}"))?;
    String::from_utf8(content).with_context(|| format!("{path} is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use doui_core::Date;
    use scraper::{Html, Selector};
    use serde_json::Value;

    use super::*;

    /// What Trunk leaves, as far as it is looked at.
    fn built() -> Files {
        let index = r#"<!doctype html>
<html lang="ja">
  <head>
    <title>Doui</title>
    <meta name="description" content="" />
    <link rel="stylesheet" href="/doui/tokens-1.css" integrity="sha384-a"/>
    <link data-trunk rel="rust" data-trunk-id="0" />
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>"#;
        let glue = "async function start(x) { alert(x) }\nexport { start as default };\n";
        let files = [
            ("index.html", index),
            ("tokens-1.css", ":root { --paper: white }"),
            ("doui.js", glue),
            ("doui_bg.wasm", "\0asm"),
        ];
        files
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    /// What the compiler makes of the same source is the compiler's; the rest is ours.
    #[test]
    fn two_builds_are_the_same_to_the_byte() {
        let build = || {
            let shop = shop::read(&shop::default_file()).unwrap();
            pack(finish(built(), &shop, false).unwrap(), &shop)
        };
        let (one, other) = (build(), build());
        assert!(one.keys().eq(other.keys()));
        let differ: Vec<_> = one
            .keys()
            .filter(|path| one[*path] != other[*path])
            .collect();
        assert!(differ.is_empty(), "{differ:?}");
    }

    /// Makes markup of every text that a visitor reads.
    fn poison(value: &mut Value) {
        match value {
            Value::Object(members) => {
                let is_text = members.contains_key("ja") && members.values().all(Value::is_string);
                for member in members.values_mut() {
                    if is_text {
                        *member = MARKUP.into();
                    } else {
                        poison(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(poison),
            _ => {}
        }
    }

    const MARKUP: &str =
        "<img src=x onerror=f()><script>f()</script>\"'><!--<svg onload=f()>]]>{{f()}}";

    #[test]
    fn texts_that_are_markup_are_texts_on_every_page() {
        let mut json: Value = serde_json::from_str(include_str!("../../shop.json")).unwrap();
        poison(&mut json);
        let catalog = shop::catalog().unwrap();
        let today = Date::from_iso("9999-12-31").unwrap();
        let checked = doui_core::check_with(&json.to_string(), &catalog, today).unwrap();
        let files = finish(built(), &checked.shop, false).unwrap();
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let mut read = 0;
        for (path, page) in pages {
            let page = Html::parse_document(std::str::from_utf8(page).unwrap());
            let made = Selector::parse(
                "img, svg[onload], [onerror], script:not([src], [type='application/json'])",
            )
            .unwrap();
            let made: Vec<_> = page.select(&made).map(|it| it.html()).collect();
            assert!(made.is_empty(), "{path}: {made:?}");
            let body = Selector::parse("body").unwrap();
            let text: String = page.select(&body).flat_map(|it| it.text()).collect();
            read += usize::from(text.contains(MARKUP));
        }
        assert!(read > 8, "{read} pages show it");
    }
}
