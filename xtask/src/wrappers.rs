//! What the package for npm adds to a shop's own bundle, by entry.

use std::{fmt::Write, fs};

use anyhow::{Context, Result, ensure};

use crate::{compress, project, shop, sources};

/// The most bytes of each, minified, after brotli.
const MOST: usize = 1_500;

/// Each entry with its modules. Svelte's components are compiled by the shop's own Svelte, so they are weighed as they are.
const ENTRIES: [(&str, &[&str]); 5] = [
    ("doui/client", &["client.js"]),
    ("doui/react", &["react.js", "client.js", "lib/script.js"]),
    ("doui/vue", &["vue.js", "client.js", "lib/script.js"]),
    (
        "doui/svelte",
        &[
            "svelte/state.svelte.js",
            "svelte/Allowed.svelte",
            "svelte/DouiFrame.svelte",
            "svelte/DouiScript.svelte",
            "svelte/DouiSettings.svelte",
            "client.js",
            "lib/script.js",
        ],
    ),
    ("doui/server", &["server.js", READER]),
];

/// The module that the build makes.
const READER: &str = "lib/reader.js";

/// Prints the sizes. An error if one is over its budget.
pub fn print() -> Result<()> {
    let mut text = String::from("what the package adds to a bundle, minified        brotli\n");
    let mut over = Vec::new();
    for (entry, modules) in ENTRIES {
        let mut bundle = String::new();
        for module in modules {
            bundle += &minified(module)?;
        }
        let bytes = compress::brotli(bundle.as_bytes()).len();
        let _ = writeln!(text, "  {entry:<48}{bytes:>7}");
        // What runs on a server is downloaded by nobody.
        if bytes > MOST && entry != "doui/server" {
            over.push(entry);
        }
    }
    print!("\n{text}");
    ensure!(over.is_empty(), "over {MOST} bytes: {}", over.join(", "));
    Ok(())
}

fn minified(module: &str) -> Result<String> {
    if module == READER {
        let shop = shop::read(&shop::default_file())?;
        return Ok(doui_build::reader(&shop, &sources::read()?)?);
    }
    let path = project::root().join("npm").join(module);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    if module.ends_with(".svelte") {
        return Ok(text);
    }
    doui_build::minified(&text).with_context(|| path.display().to_string())
}
