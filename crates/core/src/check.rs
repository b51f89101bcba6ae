//! Every fault of a shop file, with its line and remedy.
//!
//! What a shop file holds is data, in `schema`; `walk` holds a file against it, value by value
//! with the grammars in `values`; `across` holds what only several values together can break.

mod across;
mod schema;
mod values;
mod walk;

use std::fmt;

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::Shop;

/// Checks the text of a shop file.
///
/// ```
/// let findings = doui_core::check(r#"{ "nmae": {} }"#).unwrap_err();
/// let last = findings.as_slice().last().unwrap();
/// assert_eq!(last.to_string(), "1:3: nmae: unknown key. Did you mean `name`?");
/// ```
///
/// # Errors
///
/// [`Findings`]: every fault, not only the first. Only what is no JSON at all is found alone.
pub fn check(json: &str) -> Result<Shop, Findings> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let mut report = Report::default();
    let parsed = parse_to_ast(json, &CollectOptions::default(), &strict);
    match &parsed {
        Ok(parsed) => {
            if let Some(root) = &parsed.value {
                walk::walk(root, &mut report);
            }
        }
        Err(error) => {
            let mut what = error.kind().to_string();
            if let Some(first) = what.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            report.not_json(error.range().start, &what);
        }
    }
    // The parser that knows every position lets a little pass that JSON does not, such as a line
    // break within a string; serde_json does not, and then often points closer to the fault.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(json) {
        let lines = json
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1));
        let line_start: usize = lines.map(str::len).sum();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let what = error.to_string().replace(&place, "");
        report.not_json((line_start + error.column()).saturating_sub(1), &what);
    }
    match Shop::from_json(json) {
        Ok(shop) if report.0.is_empty() => return Ok(shop),
        Err(error) if report.0.is_empty() => {
            report.add(0, "", format!("not a shop: {error}"), "Correct it");
        }
        _ => {}
    }
    let mut findings = report.in_order(json);
    if parsed.is_err() {
        // Both parsers have stumbled over the same fault; what follows it is not worth reading.
        findings.0.truncate(1);
    }
    Err(findings)
}

/// One fault of a shop file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where in the data, such as `purposes[1].label.en`. Empty if it is the file as a whole.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, without a full stop.
    pub problem: String,
    /// What to do about it, without a full stop.
    pub remedy: String,
}

impl Finding {
    /// The finding in one line, for the file of that name: `shop.json:LINE:COL: PATH: …`.
    pub fn in_file(&self, file: &str) -> String {
        format!("{file}:{self}")
    }
}

/// `LINE:COL: PATH: problem. Remedy.`
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        let stop = if self.remedy.ends_with('?') { "" } else { "." };
        write!(f, "{}. {}{stop}", self.problem, self.remedy)
    }
}

/// Every fault of a shop file, in file order. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// The findings, in file order.
    pub fn as_slice(&self) -> &[Finding] {
        &self.0
    }

    /// The findings for the file of that name, one a line.
    pub fn in_file(&self, file: &str) -> String {
        let lines: Vec<_> = self.0.iter().map(|finding| finding.in_file(file)).collect();
        lines.join("\n")
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The findings, one a line.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_file("shop.json"))
    }
}

impl std::error::Error for Findings {}

/// The findings as they are made, each at a byte of the text.
#[derive(Default)]
struct Report(Vec<(usize, Finding)>);

impl Report {
    fn add(
        &mut self,
        byte: usize,
        path: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let finding = Finding {
            path: path.into(),
            line: 0,
            column: 0,
            problem: problem.into(),
            remedy: remedy.into(),
        };
        self.0.push((byte, finding));
    }

    fn not_json(&mut self, byte: usize, what: &str) {
        self.add(
            byte,
            "",
            format!("not JSON: {what}"),
            "Correct it here or just before: the file is strict JSON, without comments or trailing commas",
        );
    }

    fn in_order(mut self, json: &str) -> Findings {
        self.0.sort_by_key(|(byte, _)| *byte);
        let placed = |(byte, finding)| {
            let (line, column) = position(json, byte);
            Finding {
                line,
                column,
                ..finding
            }
        };
        Findings(self.0.into_iter().map(placed).collect())
    }
}

/// The line and the column in characters, both from 1, of a byte of the text.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let (mut line, mut column) = (1, 1);
    for (_, c) in text.char_indices().take_while(|(start, _)| *start < byte) {
        (line, column) = if c == '\n' {
            (line + 1, 1)
        } else {
            (line, column + 1)
        };
    }
    (line, column)
}
