//! Whether the documents for who works on Doui speak of what is there.

use std::fs;

use crate::project;

/// The paths that a document names: what stands in backticks and begins with one of the project's folders.
fn paths(text: &str) -> Vec<&str> {
    let folders = [
        "src/",
        "crates/",
        "xtask/",
        "tests/",
        "docs/",
        "style/",
        "public/",
        "bench/",
        "integrations/",
    ];
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| folders.iter().any(|folder| word.starts_with(folder)))
        .filter(|word| !word.contains(['*', ' ', '…']))
        .collect()
}

#[test]
fn the_documents_name_files_that_are_there() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/fuzzing.md"] {
        let text = fs::read_to_string(project::root().join(document)).unwrap();
        let paths = paths(&text);
        assert!(paths.len() > 2, "{document} names {paths:?}");
        for path in paths {
            assert!(
                project::root().join(path).exists(),
                "{document}: there is no {path}"
            );
        }
    }
}
