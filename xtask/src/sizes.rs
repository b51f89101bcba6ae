//! `cargo xtask sizes`: what a visitor downloads, by door, against the budgets.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Context, Result, bail};
use doui_build::{Entry, MANIFEST, Manifest};
use doui_core::Decision;
use doui_shop::Shop;

use crate::{compress, project, sources};

/// What one kind of visitor downloads.
struct Door {
    name: &'static str,
    /// Whether this visitor downloads the file.
    loads: fn(&str) -> bool,
    budget: Option<Budget>,
}

/// A bound on bytes, as brotli sends them.
struct Budget {
    limit: Limit,
    /// Whether the file counts.
    counts: fn(&str) -> bool,
    aim: usize,
}

/// The most bytes of something.
struct Limit {
    name: &'static str,
    most: usize,
    /// What is lost beyond it.
    why: &'static str,
}

const DOORS: &[Door] = &[
    Door {
        name: "shop page, first visit",
        loads: is_doui_js,
        budget: Some(Budget {
            limit: Limit {
                name: "doui.js",
                most: 15_700,
                why: "every visitor of the shop waits for it before the page",
            },
            counts: is_doui_js,
            aim: 9_000,
        }),
    },
    Door {
        name: "shop page, decided visitor",
        loads: is_doui_js,
        budget: None,
    },
    Door {
        name: "preference centre",
        // What the build names by its content is what the page starts with.
        loads: |path| path == "index.html" || path.starts_with("centre-"),
        budget: Some(Budget {
            limit: Limit {
                name: "WebAssembly and glue",
                most: 136_000,
                why: "a phone waits two thirds of a second for them at 1.6 Mbit/s",
            },
            counts: |path| path.ends_with(".wasm") || path.ends_with(".js"),
            aim: 110_000,
        }),
    },
];

/// The most bytes of the cookie's name and value for each purpose: 64 for four.
const COOKIE_BYTES_PER_PURPOSE: usize = 16;

/// Until a page of the centre can be read, as brotli sends it.
const FIRST_PAINT: Limit = Limit {
    name: "a page's first paint",
    most: 20_000,
    why: "a page of words should be there at once, without the WebAssembly",
};

fn is_doui_js(path: &str) -> bool {
    path == "doui.js"
}

/// Prints the sizes of the `dist/` that is there. An error if a budget is exceeded.
pub fn print(shop: &Shop) -> Result<()> {
    let manifest = manifest(&project::dist())?;
    let (text, over) = report(&manifest, shop);
    print!("{text}");
    let shares = doui_build::shares(shop, &sources::read()?)?;
    let [_, _, doui_js] = sizes(&manifest.files["doui.js"]);
    print!("\n{}", modules(&shares, doui_js));
    if !over.is_empty() {
        bail!(
            "over budget: {}; make it smaller, or change its budget in xtask/src/sizes.rs",
            over.join(", ")
        );
    }
    Ok(())
}

/// Reads the manifest of a built folder.
pub fn manifest(dist: &Path) -> Result<Manifest> {
    let path = dist.join(MANIFEST);
    let json = fs::read(&path).with_context(|| {
        format!(
            "{} cannot be read; run `cargo xtask build` first",
            path.display()
        )
    })?;
    serde_json::from_slice(&json)
        .with_context(|| format!("{} is damaged; run `cargo xtask build`", path.display()))
}

/// The sizes as a table, and the names of the budgets that are exceeded.
fn report(manifest: &Manifest, shop: &Shop) -> (String, Vec<&'static str>) {
    let mut text = String::new();
    let mut over = Vec::new();
    for door in DOORS {
        let files: Vec<_> = manifest
            .files
            .iter()
            .filter(|(path, _)| (door.loads)(path))
            .map(|(path, file)| (path.as_str(), sizes(file)))
            .collect();
        line(&mut text, door.name, &["raw", "gzip", "brotli"]);
        for (path, sizes) in &files {
            line(&mut text, &format!("  {path}"), sizes);
        }
        if files.len() > 1 {
            let sum = [0, 1, 2].map(|i| files.iter().map(|(_, sizes)| sizes[i]).sum::<usize>());
            line(&mut text, "  in all", &sum);
        }
        if let Some(budget) = &door.budget {
            let counted = files.iter().filter(|(path, _)| (budget.counts)(path));
            let bytes = counted.map(|(_, [_, _, brotli])| brotli).sum();
            let aim = format!(", aiming at {}", budget.aim);
            judge(&mut text, &mut over, &budget.limit, bytes, &aim);
        }
        text.push('\n');
    }
    let (page, bytes) = heaviest_page(manifest);
    line(
        &mut text,
        "heaviest page of the centre, to read",
        &["", "", "brotli"],
    );
    line(
        &mut text,
        &format!("  {page} and its style sheet"),
        &["", "", &bytes.to_string()],
    );
    judge(&mut text, &mut over, &FIRST_PAINT, bytes, "");
    text.push('\n');
    let cookie = format!(
        "{}={}",
        shop.cookie.name,
        longest_decision(shop).to_cookie()
    );
    let limit = Limit {
        name: "the cookie",
        most: COOKIE_BYTES_PER_PURPOSE * shop.purposes.len(),
        why: "it goes to the shop's server with each request",
    };
    line(&mut text, &cookie, &[cookie.len()]);
    judge(&mut text, &mut over, &limit, cookie.len(), "");
    (text, over)
}

/// The modules of `doui.js` as a table, so that growth has an address: what each has of the minified script, and what it adds
/// to the modules before it once brotli has packed them. Last what the shop file puts in: its words, rules, markup and style.
fn modules(shares: &[(String, String)], doui_js: usize) -> String {
    let mut text = String::new();
    line(&mut text, "doui.js by module", &["minified", "brotli"]);
    let mut script = String::new();
    let mut packed = 0;
    for (path, part) in shares {
        script += part;
        let before = packed;
        packed = compress::brotli(script.as_bytes()).len();
        let added = packed.saturating_sub(before);
        line(&mut text, &format!("  {path}"), &[part.len(), added]);
    }
    line(&mut text, "  all modules", &[script.len(), packed]);
    let data = doui_js.saturating_sub(packed).to_string();
    line(&mut text, "  what the shop file puts in", &["", &data]);
    text
}

/// The page of the centre that takes the most bytes until it can be read, and how many: its HTML and the style sheet. It
/// needs no script for that.
fn heaviest_page(manifest: &Manifest) -> (&str, usize) {
    let brotli = |suffix: &'static str| {
        let files = manifest.files.iter();
        files
            .filter(move |(path, _)| path.ends_with(suffix))
            .map(|(path, file)| (path.as_str(), sizes(file)[2]))
    };
    let style: usize = brotli(".css").map(|(_, bytes)| bytes).sum();
    let page = brotli(".html").max_by_key(|(_, bytes)| *bytes);
    page.map_or(("", style), |(path, bytes)| (path, bytes + style))
}

/// Raw, gzip, brotli. What has no compressed copy is sent as it is.
fn sizes(file: &Entry) -> [usize; 3] {
    [
        file.bytes,
        file.gzip.unwrap_or(file.bytes),
        file.brotli.unwrap_or(file.bytes),
    ]
}

fn line(text: &mut String, name: &str, columns: &[impl std::fmt::Display]) {
    let _ = write!(text, "{name:<36}");
    for column in columns {
        let _ = write!(text, "{column:>10}");
    }
    text.push('\n');
}

fn judge(text: &mut String, over: &mut Vec<&'static str>, limit: &Limit, bytes: usize, aim: &str) {
    let Limit { name, most, why } = limit;
    if bytes > *most {
        over.push(name);
        let _ = writeln!(
            text,
            "  OVER BUDGET: {name}, {bytes} of {most} bytes: {why}"
        );
    } else {
        let _ = writeln!(text, "  ok: {name}, {bytes} of {most} bytes{aim}");
    }
}

/// A decision on every purpose of the shop, made with every signal on.
fn longest_decision(shop: &Shop) -> Decision {
    let purposes = shop.purposes.iter();
    Decision {
        revision: shop.revision,
        at: 1_764_000_000,
        choices: purposes.map(|purpose| (purpose.id.clone(), true)).collect(),
        gpc: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(script: usize, wasm: usize) -> Manifest {
        let files = [
            ("doui.js", script),
            ("centre-1.js", 1_000),
            ("centre-2.wasm", wasm),
            ("icons/a.png", 999_999),
        ];
        let entry = |bytes| Entry {
            bytes: bytes * 3,
            gzip: Some(bytes * 2),
            brotli: Some(bytes),
            integrity: String::new(),
        };
        Manifest {
            version: String::new(),
            revision: String::new(),
            cookie: String::new(),
            path: String::new(),
            files: files
                .map(|(path, bytes)| (path.to_owned(), entry(bytes)))
                .into(),
        }
    }

    fn shop() -> Shop {
        Shop::from_json(include_str!("../../tests/shops/four.json")).unwrap()
    }

    #[test]
    fn a_budget_is_kept_to_the_byte() {
        assert!(report(&manifest(15_700, 135_000), &shop()).1.is_empty());
        assert_eq!(report(&manifest(15_701, 135_000), &shop()).1, ["doui.js"]);
        let over = report(&manifest(15_700, 135_001), &shop()).1;
        assert_eq!(over, ["WebAssembly and glue"]);
        let text = report(&manifest(15_701, 1), &shop()).0;
        assert!(
            text.contains("OVER BUDGET: doui.js, 15701 of 15700 bytes: every visitor"),
            "{text}"
        );
    }

    #[test]
    fn the_sizes_are_told_by_door() {
        let (text, _) = report(&manifest(100, 1_000), &shop());
        assert!(
            text.contains("doui.js                                  300       200       100\n"),
            "{text}"
        );
        assert!(
            text.contains("in all                                  6000      4000      2000\n"),
            "{text}"
        );
        assert!(!text.contains("icons"), "{text}");
    }

    #[test]
    fn the_modules_are_told_with_their_sum() {
        let shares = ["alert('a')", "alert('b')"];
        let shares = shares.map(|part| ("main.js".to_owned(), part.to_owned()));
        let text = modules(&shares, 1_000);
        let rows: Vec<Vec<_>> = text
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        let [_, first, second, all, data] = &rows[..] else {
            panic!("{text}")
        };
        assert_eq!((first[1], second[1], all[2]), ("10", "10", "20"));
        let brotli = |row: &[&str]| row.last().unwrap().parse::<usize>().unwrap();
        assert_eq!(brotli(first) + brotli(second), brotli(all));
        assert_eq!(brotli(all) + brotli(data), 1_000);
    }

    #[test]
    fn four_purposes_fit_their_cookie() {
        assert!(
            report(&manifest(1, 1), &shop())
                .0
                .contains("ok: the cookie, 61 of 64 bytes")
        );
    }

    #[test]
    fn a_missing_manifest_says_what_to_do() {
        let error = super::manifest(Path::new("/nowhere"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("cargo xtask build"), "{error}");
    }
}
