//! Why nothing was built, as data.

use std::fmt;

use doui_shop::{Finding, Findings};

/// Why nothing was built. It is shown as one finding a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// The shop file has faults, or a file of the catalogue does: every one of them.
    Findings(Vec<FileFinding>),
    /// Doui's own sources do not fit together; what is wrong and where, one fault a line. Only who changes them sees this.
    Sources(String),
}

/// A finding and the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFinding {
    /// The file's name, as its reader gave it.
    pub file: String,
    /// What is wrong, where in the file, and what to do.
    pub finding: Finding,
}

impl FileFinding {
    pub(crate) fn all(file: &str, findings: Findings) -> impl Iterator<Item = Self> {
        findings.into_vec().into_iter().map(move |finding| Self {
            file: file.to_owned(),
            finding,
        })
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Findings(findings) => {
                let lines = findings.iter();
                let lines: Vec<_> = lines.map(|it| it.finding.in_file(&it.file)).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::Sources(faults) => f.write_str(faults),
        }
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// The chain of causes as one text.
    pub(crate) fn of_sources(error: anyhow::Error) -> Self {
        Self::Sources(format!("{error:#}"))
    }
}
