//! `cargo xtask bench --cold`: how long it takes from a clone to the first look, where nothing was ever built.

use std::{
    env,
    fmt::Write,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use anyhow::{Context, Result, ensure};

use crate::{command, figures, files, project, serve, setup};

/// What cargo does before the first step that `cargo xtask serve` tells of.
const TOOLS: &str = "Fetching and compiling the tools of this repository, by cargo";

/// Clones the project, and has it served twice: with no package of cargo's, no target folder and no cache, and once more.
/// Prints how long each step took, and writes that into the documentation.
///
/// What is not committed is not measured. The Rust in use is not installed anew.
pub fn bench() -> Result<()> {
    let root = project::root().join("target/cold");
    files::remove(&root)?;
    let clone = root.join("clone");
    command::run(
        Command::new("git")
            .args(["clone", "--quiet"])
            .args([project::root(), clone.as_path()]),
    )?;
    // Where packages come from is no cache.
    let cargo_home = root.join("cargo");
    fs::create_dir_all(&cargo_home)?;
    for name in ["config.toml", "config"] {
        let config = setup::cargo_home()?.join(name);
        if config.exists() {
            fs::copy(&config, cargo_home.join(name))?;
        }
    }
    let mut columns = Vec::new();
    for title in ["From nothing", "Once more"] {
        println!("{title}:");
        columns.push(first_look(&clone, &root)?);
    }
    let text = table(&columns[0], &columns[1]);
    print!("{text}");
    figures::keep("cold", &text)?;
    files::remove(&root)
}

/// Has the clone served, as `cargo xtask serve` does it, until there is something to see. Returns the seconds that each step
/// took, in order.
fn first_look(clone: &Path, root: &Path) -> Result<Vec<(String, f64)>> {
    let mut served = Command::new("cargo")
        .args(["xtask", "serve", "--port", "0"])
        .current_dir(clone)
        .env("CARGO_HOME", root.join("cargo"))
        .env("CARGO_TARGET_DIR", clone.join("target"))
        .env("XDG_CACHE_HOME", root.join("cache"))
        .stdout(Stdio::piped())
        .spawn()
        .context("`cargo xtask serve` cannot be started")?;
    let stdout = served.stdout.take().context("its output is not there")?;
    let mut start = Instant::now();
    let mut steps = vec![(TOOLS.to_owned(), 0.0)];
    let mut is_ready = false;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        is_ready = line == serve::READY;
        let title = title(&line);
        if title.is_some() || is_ready {
            if let Some((_, seconds)) = steps.last_mut() {
                *seconds = start.elapsed().as_secs_f64();
            }
            start = Instant::now();
        }
        steps.extend(title.map(|title| (title.to_owned(), 0.0)));
        if is_ready {
            break;
        }
    }
    // Cargo has become the server by now, so it is the server that ends.
    let _ = served.kill();
    served.wait()?;
    ensure!(is_ready, "it ended before there was anything to see");
    Ok(steps)
}

/// The title in the line that announces a step: `[2/5] Checking the shop file…`.
fn title(line: &str) -> Option<&str> {
    let (count, title) = line.strip_prefix('[')?.split_once("] ")?;
    let is_count = count.split('/').all(|it| it.parse::<u32>().is_ok());
    is_count.then(|| title.trim_end_matches('…'))
}

fn table(cold: &[(String, f64)], warm: &[(String, f64)]) -> String {
    let cores = thread::available_parallelism().map_or(1, |it| it.get());
    let mut text = format!(
        "{} cores, {}.\n\n| step | from nothing, s | once more, s |\n| --- | --: | --: |\n",
        cores,
        env::consts::ARCH
    );
    let mut row = |title: &str, cold: f64, warm: f64| {
        writeln!(text, "| {title} | {cold:.1} | {warm:.1} |").expect("a string takes every write");
    };
    for ((title, cold), (_, warm)) in cold.iter().zip(warm) {
        row(title, *cold, *warm);
    }
    let sum = |steps: &[(String, f64)]| steps.iter().map(|(_, seconds)| seconds).sum();
    row("**until there is something to see**", sum(cold), sum(warm));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;

    #[test]
    fn a_step_is_known_by_its_count() {
        assert_eq!(
            title("[2/5] Checking the shop file…"),
            Some("Checking the shop file")
        );
        for line in ["      done in 0.1 s", "[a/b] x", "[WARN] x", ""] {
            assert_eq!(title(line), None, "{line}");
        }
    }

    #[test]
    fn the_table_has_each_step_and_their_sum() {
        let steps = |seconds: f64| {
            let titles = std::iter::once(TOOLS).chain(build::LOOK);
            titles
                .map(|it| (it.to_owned(), seconds))
                .collect::<Vec<_>>()
        };
        let table = table(&steps(10.0), &steps(0.5));
        assert!(
            table.contains("| Checking the shop file | 10.0 | 0.5 |"),
            "{table}"
        );
        assert!(table.contains("to see** | 60.0 | 3.0 |"), "{table}");
    }
}
