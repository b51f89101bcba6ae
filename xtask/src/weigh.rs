//! `cargo xtask weigh`: what the centre's WebAssembly is made of, and how much of it any Leptos app would have.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path, process::Command};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{
    bind::bind,
    command::output,
    compile::{CENTRE, Profile, Target, compile},
    compress, figures, project, setup, wasm,
};

/// What is weighed: how it is called, and what cargo builds.
const APPS: [(&str, Target); 3] = [
    ("Leptos, one element", ["--example", "hello"]),
    (
        "Leptos with a router, one route",
        ["--example", "hello_router"],
    ),
    ("the preference centre", CENTRE),
];

/// How many functions are told by name.
const HEAVIEST: usize = 10;

/// How many crates are told by name.
const CRATES: usize = 14;

/// A part of a WebAssembly file, as twiggy tells it.
#[derive(Deserialize)]
struct Item {
    name: String,
    shallow_size: u64,
}

/// Builds all apps alike, prints what they weigh and what the centre is made of, and writes that into the documentation.
pub fn weigh() -> Result<()> {
    setup::target()?;
    let twiggy = setup::twiggy()?;
    let folder = project::root().join("target/weigh");
    fs::create_dir_all(&folder)?;
    let mut text =
        "| app | bytes | after brotli 11 | with its glue |\n| --- | --: | --: | --: |\n".to_owned();
    let mut items = Vec::new();
    for (name, what) in APPS {
        let bound = bind(&compile(what, Profile::Shipped)?)?;
        let glue = doui_build::self_starting(&bound.glue, "app.wasm", "")?;
        let shipped = wasm::prune(&bound.wasm, &glue, false)?;
        let packed = compress::brotli(&shipped).len();
        let in_all = packed + compress::brotli(glue.as_bytes()).len();
        writeln!(text, "| {name} | {} | {packed} | {in_all} |", shipped.len())?;
        items = parts(
            &twiggy,
            &folder.join("named.wasm"),
            &wasm::prune(&bound.wasm, &glue, true)?,
        )?;
    }
    // The last one weighed is the centre.
    text += &makeup(&items);
    print!("{text}");
    figures::keep("weight", &text)
}

/// The parts of a file whose functions have names, but for the names themselves.
fn parts(twiggy: &Path, file: &Path, content: &[u8]) -> Result<Vec<Item>> {
    fs::write(file, content)?;
    let told = output(
        Command::new(twiggy)
            .args(["top", "--format", "json", "-n", "1000000"])
            .arg(file),
    )?;
    let items: Vec<Item> = serde_json::from_str(&told).context("twiggy's list cannot be read")?;
    let is_part = |item: &Item| {
        let is_sum = item.name.starts_with("... and ") || item.name.starts_with('Σ');
        !is_sum && item.name != "\"function names\" subsection"
    };
    Ok(items.into_iter().filter(is_part).collect())
}

/// Two tables: what each crate weighs, and which functions are the heaviest.
fn makeup(items: &[Item]) -> String {
    let total: u64 = items.iter().map(|item| item.shallow_size).sum();
    let share = |size: u64| format!("{:.1} %", 100.0 * size as f64 / total as f64);
    let mut crates = BTreeMap::<&str, u64>::new();
    for item in items {
        *crates.entry(crate_of(&item.name)).or_default() += item.shallow_size;
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let mut text = "\n| crate | bytes | share |\n| --- | --: | --: |\n".to_owned();
    let mut row =
        |name: &str, size: u64| text += &format!("| {name} | {size} | {} |\n", share(size));
    for (name, size) in crates.iter().take(CRATES) {
        row(&format!("`{name}`"), *size);
    }
    row(
        "others",
        crates.iter().skip(CRATES).map(|(_, size)| size).sum(),
    );
    text += "\n| heaviest parts | bytes | share |\n| --- | --: | --: |\n";
    for item in items.iter().take(HEAVIEST) {
        let name = plain(&item.name);
        text += &format!(
            "| `{name}` | {} | {} |\n",
            item.shallow_size,
            share(item.shallow_size)
        );
    }
    text
}

/// The crate that a function is of, by its name: the first path in it. What has none is the file's own.
fn crate_of(name: &str) -> &str {
    let name = name.trim_start_matches(['<', '&', '*', '(', '[']);
    let name = name.strip_prefix("mut ").unwrap_or(name);
    let name = name.strip_prefix("dyn ").unwrap_or(name);
    // A type's parameter stands for many: what it is taken for counts.
    let name = match name.split_once(" as ") {
        Some((own, of)) if !own.contains("::") => of,
        _ => name,
    };
    match name.find(|c: char| !c.is_alphanumeric() && c != '_') {
        Some(end) if name[end..].starts_with("::") || name[end..].starts_with('[') => &name[..end],
        _ => "data and tables",
    }
}

/// A function's name without the hashes that the compiler adds, and not too long for a table.
fn plain(name: &str) -> String {
    let mut name = name.replace('|', "\\|");
    if let Some(at) = name.rfind("::h") {
        let is_hash = name.len() == at + 19;
        name.truncate(if is_hash { at } else { name.len() });
    }
    match name.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_of_the_crate_that_its_name_begins_with() {
        for (name, of) in [
            ("doui::app::begin::h89ded517e99991bc", "doui"),
            (
                "<dlmalloc[e24a]::dlmalloc::Dlmalloc<X>>::malloc",
                "dlmalloc",
            ),
            ("<&mut F as core::ops::FnMut>::call", "core"),
            (
                "<&serde_json::raw::RawValue as serde_core::de::Deserialize>::d",
                "serde_json",
            ),
            ("data segment \".rodata\"", "data and tables"),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
        assert_eq!(
            plain("doui::app::begin::h89ded517e99991bc"),
            "doui::app::begin"
        );
        assert_eq!(plain("doui::app::history"), "doui::app::history");
    }
}
