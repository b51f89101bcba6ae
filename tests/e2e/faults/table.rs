//! `docs/reliability.md`: what the tests saw. Each of them holds its own line to it; with `DOUI_RELIABILITY=write` it
//! writes the line instead.

use std::{env, fs, path::PathBuf, sync::Mutex};

use doui_tests::{Engine, built};

/// Where the table begins in the document. What is above it is written by hand.
const HEAD: &str =
    "| fault | door | Chromium | Firefox | WebKit |\n| --- | --- | --- | --- | --- |\n";
/// One test at a time has the document.
static DOCUMENT: Mutex<()> = Mutex::new(());

/// What happened at a door under a fault, in this run's engine: it must be what the document says of it.
///
/// # Panics
///
/// When the document says something else, or nothing.
pub fn tell(fault: &str, door: &str, happened: &str) {
    let _turn = DOCUMENT.lock().unwrap();
    let file = file();
    let text = fs::read_to_string(&file).expect("the document is there");
    let (about, lines) = text.split_once(HEAD).expect("the document has the table");
    let mut lines: Vec<Vec<String>> = lines.lines().map(cells).collect();
    // What stood after the table would be sorted into it.
    assert!(
        lines.iter().all(|line| line.len() == 5),
        "the table must be the end of docs/reliability.md"
    );
    let column = 2 + Engine::of_this_run() as usize;
    let line = lines
        .iter_mut()
        .find(|line| line[0] == fault && line[1] == door);
    if env::var("DOUI_RELIABILITY").as_deref() != Ok("write") {
        let told = line.map_or("", |line| line[column].as_str());
        assert_eq!(
            told, happened,
            "docs/reliability.md says otherwise of `{fault}`, {door}; if this is right, run the test with DOUI_RELIABILITY=write"
        );
        return;
    }
    match line {
        Some(line) => line[column] = happened.to_owned(),
        None => {
            let mut line = [fault, door, "", "", ""].map(str::to_owned).to_vec();
            line[column] = happened.to_owned();
            lines.push(line);
        }
    }
    lines.sort();
    let lines = lines
        .iter()
        .map(|line| format!("| {} |\n", line.join(" | ")));
    let text = [about, HEAD, &lines.collect::<String>()].concat();
    fs::write(file, text).expect("the document takes a text");
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_matches('|');
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn file() -> PathBuf {
    built::root().join("docs/reliability.md")
}
