//! The files that a guide of `docs/` has its reader write: each code block after a line that ends with a path in backquotes and
//! a colon.

use std::{fs, path::Path};

use doui_tests::built;
use serde_json::Value;

/// A file of a guide's.
pub struct Block {
    pub path: String,
    pub text: String,
}

/// The files of `docs/{name}.md`, in their order. Of two with one path the later one is to take the place of the other.
pub fn blocks(name: &str) -> Vec<Block> {
    let file = built::root().join(format!("docs/{name}.md"));
    let page = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut blocks = Vec::new();
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once("`:\n\n```") {
        let (_, path) = before.rsplit_once('`').expect("a path has two backquotes");
        let (_, code) = after.split_once('\n').expect("a fence is a line");
        let (text, left) = code.split_once("\n```\n").expect("the fence is closed");
        blocks.push(Block {
            path: path.to_owned(),
            text: format!("{text}\n"),
        });
        rest = left;
    }
    assert!(!blocks.is_empty(), "{} names no file", file.display());
    blocks
}

/// Writes the files of a guide into an app's folder. What `package.json` says there stays, and gets the guide's scripts.
pub fn write(name: &str, app: &Path) {
    for Block { path, text } in blocks(name) {
        let file = app.join(&path);
        let text = if path == "package.json" {
            with_scripts(&file, &text)
        } else {
            nearby(&text)
        };
        fs::create_dir_all(file.parent().expect("a file lies in a folder"))
            .and_then(|()| fs::write(&file, text))
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }
}

/// With hosts that the tests' own server answers for: those of the guides over plain http, and one for Google's.
fn nearby(text: &str) -> String {
    text.replace("https://tags.example", "http://tags.example")
        .replace("https://films.example", "http://films.example")
        .replace(
            "gtmId=\"GTM-0000000\"",
            "gtmId=\"GTM-0000000\" gtmScriptUrl=\"http://tags.example/gtm.js\"",
        )
}

fn with_scripts(file: &Path, text: &str) -> String {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("it is JSON");
    let mut package = read(&fs::read_to_string(file).expect("the app has one"));
    let Value::Object(scripts) = read(text)["scripts"].take() else {
        panic!("a guide adds scripts to package.json, and nothing else");
    };
    for (name, script) in scripts {
        package["scripts"][name] = script;
    }
    package.to_string()
}
