//! Every fault of a shop file, with its line and remedy.
//!
//! What a shop file holds is data, in `schema`; `walk` holds a file against it, value by value
//! with the grammars in `values`; `across` holds what only several values together can break;
//! `deceptive` refuses dark patterns by the phrases of `phrases` and the rules of `sources`; `notes`
//! counts what is unknown or old, which is no fault but visitors are owed it.

mod across;
mod contrast;
mod deceptive;
mod notes;
mod phrases;
mod schema;
mod short;
mod sources;
mod text;
mod values;
mod walk;

use std::collections::HashSet;
use std::fmt;

use jsonc_parser::ast::Value;
use jsonc_parser::errors::ParseError;
use jsonc_parser::{CollectOptions, ParseOptions, ParseResult, parse_to_ast};

use crate::catalog::Entry;
use doui_core::Date;

use crate::{Catalog, Shop};
pub use notes::Notes;
use schema::File;
use short::Whole;
pub use short::usual_purposes;
use walk::{Languages, Walk};

/// The most bytes of a file. A shop of a thousand services, each with all its facts in two languages, has half of that.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Checks the text of a shop file that needs no catalogue.
///
/// ```
/// let findings = doui_shop::check(r#"{ "nmae": {} }"#).unwrap_err();
/// let last = findings.as_slice().last().unwrap();
/// assert_eq!(last.to_string(), "1:3: nmae: unknown key. Did you mean `name`?");
/// ```
///
/// # Errors
///
/// [`Findings`]: every fault, not only the first. Only what is no JSON at all is found alone.
pub fn check(json: &str) -> Result<Shop, Findings> {
    read(json, &Catalog::default(), None).map(|checked| checked.shop)
}

/// Checks the text of a shop file whose services the catalogue may complete.
///
/// `today` is the day on which this is: what is dated after it is a fault, and a source that is older than a year is noted.
///
/// # Errors
///
/// As [`check`]'s.
pub fn check_with(json: &str, catalog: &Catalog, today: Date) -> Result<Checked, Findings> {
    read(json, catalog, Some(today))
}

/// A shop file without faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The shop, its services completed.
    pub shop: Shop,
    /// What is unknown or missing all the same.
    pub notes: Notes,
}

fn read(json: &str, catalog: &Catalog, today: Option<Date>) -> Result<Checked, Findings> {
    let mut report = Report::default();
    let Some(short) = parse(json, &mut report) else {
        return Err(report.findings(json));
    };
    let whole = Whole::new(json, &short);
    let Some(root) = ast(&whole.json).ok().and_then(|parsed| parsed.value) else {
        report.not_json(0, "its short forms cannot be written out");
        return Err(report.findings(json));
    };
    let of_short = std::mem::take(&mut report);
    let mut walk = Walk {
        file: File::Shop,
        languages: Languages {
            needed: across::languages(&root, "languages"),
            more: Some(across::languages(&root, "more_languages")),
        },
        today,
        report: &mut report,
    };
    walk.root(&root);
    across::across(&root, catalog, &mut report);
    deceptive::deceptive(&root, &mut report);
    let mut checked = None;
    if report.faults.is_empty() && of_short.faults.is_empty() {
        match Shop::from_json(&catalog.complete(&whole.json, &root)) {
            Ok(shop) => {
                notes::unknown(&root, &shop, &mut report);
                notes::statements(&root, &shop, &mut report);
                if let Some(today) = today {
                    notes::stale(&root, &shop, today, &mut report);
                }
                checked = Some(shop);
            }
            Err(error) => report.add(0, "", format!("not a shop: {error}"), "Correct it"),
        }
    }
    report.place_in_file(&whole);
    report.faults.extend(of_short.faults);
    match checked {
        Some(shop) => Ok(Checked {
            shop,
            notes: report.notes(json),
        }),
        None => Err(report.findings(json)),
    }
}

impl Catalog {
    /// Adds the file of the service `id`; a file is named by that.
    ///
    /// ```
    /// let mut catalog = doui_shop::Catalog::default();
    /// let findings = catalog.add("counter", r#"{ "id": "counter", "purpose": "traffic" }"#).unwrap_err();
    /// assert_eq!(findings.as_slice()[0].problem, "the key `label` is missing");
    /// ```
    ///
    /// # Errors
    ///
    /// [`Findings`]: every fault of the file, such as a fact without source or date.
    pub fn add(&mut self, id: &str, json: &str) -> Result<(), Findings> {
        self.insert(id, entry(id, json)?);
        Ok(())
    }
}

/// Checks a file of the catalogue, whose service has this id.
fn entry(id: &str, json: &str) -> Result<Entry, Findings> {
    let mut report = Report::default();
    let Some(root) = parse(json, &mut report) else {
        return Err(report.findings(json));
    };
    let mut walk = Walk {
        file: File::Catalog,
        languages: Languages {
            needed: crate::catalog::LANGUAGES.into(),
            more: None,
        },
        today: None,
        report: &mut report,
    };
    walk.root(&root);
    let named = root
        .as_object()
        .and_then(|service| service.get_string("id"));
    if let Some(named) = named.filter(|named| named.value != id) {
        report.add(
            named.range.start,
            "id",
            format!("{} is not the name of the file", text::quoted(&named.value)),
            format!(
                "Name the file {}",
                text::quoted(&format!("{}.json", named.value))
            ),
        );
    }
    if !report.faults.is_empty() {
        return Err(report.findings(json));
    }
    Entry::new(json, &root).map_err(|error| {
        report.add(0, "", format!("not a service: {error}"), "Correct it");
        report.findings(json)
    })
}

/// Reads JSON as it is written, with the place of each value. Without a value there is a fault in the report.
fn parse<'t>(json: &'t str, report: &mut Report) -> Option<Value<'t>> {
    if json.len() > MAX_BYTES {
        report.add(
            0,
            "",
            format!("the file has {} bytes", json.len()),
            format!("Shorten it to {MAX_BYTES} bytes at most"),
        );
        return None;
    }
    let parsed = ast(json);
    if let Err(error) = &parsed {
        let mut what = error.kind().to_string();
        if let Some(first) = what.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        report.not_json(error.range().start, &what);
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
    if parsed.is_err() {
        // Both parsers have stumbled over the same fault; what follows it is not worth reading.
        report.faults.sort_by_key(|(byte, _)| *byte);
        report.faults.truncate(1);
    }
    parsed.ok()?.value
}

/// The values of a strict JSON text, each with its place.
fn ast(json: &str) -> Result<ParseResult<'_>, ParseError> {
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
    parse_to_ast(json, &CollectOptions::default(), &strict)
}

/// One fault of a file, or something to note in it.
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
    /// The rule behind it, where it is not Doui's own: its name and address.
    pub source: Option<&'static str>,
}

impl Finding {
    /// The finding in one line, for the file of that name: `shop.json:LINE:COL: PATH: …`.
    pub fn in_file(&self, file: &str) -> String {
        format!("{file}:{self}")
    }
}

/// `LINE:COL: PATH: problem. Remedy.`, and the source if it has one.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        let stop = if self.remedy.ends_with('?') { "" } else { "." };
        write!(f, "{}. {}{stop}", self.problem, self.remedy)?;
        match self.source {
            Some(source) => write!(f, " Source: {source}"),
            None => Ok(()),
        }
    }
}

/// Every fault of a file, in file order. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// The findings, in file order.
    pub fn as_slice(&self) -> &[Finding] {
        &self.0
    }

    /// The findings themselves, in file order.
    pub fn into_vec(self) -> Vec<Finding> {
        self.0
    }

    /// The findings for the file of that name, one a line.
    pub fn in_file(&self, file: &str) -> String {
        lines(&self.0, file)
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

fn lines(findings: &[Finding], file: &str) -> String {
    let lines: Vec<_> = findings
        .iter()
        .map(|finding| finding.in_file(file))
        .collect();
    lines.join("\n")
}

/// Findings with their byte offsets; line and column are added at the end.
#[derive(Default)]
struct Report {
    faults: Vec<(usize, Finding)>,
    unknown: Vec<(usize, Finding)>,
    stale: Vec<(usize, Finding)>,
    statements: Vec<(usize, Finding)>,
    missing: Vec<(usize, Finding)>,
}

impl Report {
    fn add(
        &mut self,
        byte: usize,
        path: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.faults.push((byte, finding(path, problem, remedy)));
    }

    /// A dark pattern, and the rule that it breaks.
    fn deceptive(
        &mut self,
        byte: usize,
        path: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
        source: &'static str,
    ) {
        let finding = Finding {
            source: Some(source),
            ..finding(path, problem, remedy)
        };
        self.faults.push((byte, finding));
    }

    /// A text that further languages may go without.
    fn missing(&mut self, byte: usize, path: &str, lang: &str, needed: &[&str]) {
        let instead = needed.first().copied().unwrap_or_default();
        let finding = finding(
            &text::below(path, lang),
            format!("the text in {} is missing", text::quoted(lang)),
            format!(
                "Add it; until then visitors read it in {}",
                text::quoted(instead)
            ),
        );
        self.missing.push((byte, finding));
    }

    fn not_json(&mut self, byte: usize, what: &str) {
        self.add(
            byte,
            "",
            format!("not JSON: {what}"),
            "Correct it here or just before: the file is strict JSON, without comments or trailing commas",
        );
    }

    /// Gives what was found in the whole text its place in the file, each once: of a text that stands for every language, the
    /// first.
    fn place_in_file(&mut self, whole: &Whole) {
        for list in [
            &mut self.faults,
            &mut self.unknown,
            &mut self.stale,
            &mut self.statements,
            &mut self.missing,
        ] {
            let mut seen = HashSet::new();
            list.retain_mut(|(byte, finding)| {
                let origin = whole.origin(*byte);
                let is_written_out = whole.is_written_out(*byte);
                *byte = origin;
                let text = finding.path.rsplit_once('.').map_or("", |(text, _)| text);
                !is_written_out || seen.insert((origin, text.to_owned(), finding.problem.clone()))
            });
        }
    }

    fn findings(self, json: &str) -> Findings {
        Findings(placed(self.faults, json))
    }

    fn notes(self, json: &str) -> Notes {
        Notes {
            unknown: placed(self.unknown, json),
            stale: placed(self.stale, json),
            statements: placed(self.statements, json),
            missing: placed(self.missing, json),
        }
    }
}

/// A finding that has not got its place yet.
fn finding(path: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        path: path.into(),
        line: 0,
        column: 0,
        problem: problem.into(),
        remedy: remedy.into(),
        source: None,
    }
}

/// The findings with their places, in file order.
fn placed(mut findings: Vec<(usize, Finding)>, json: &str) -> Vec<Finding> {
    findings.sort_by_key(|(byte, _)| *byte);
    // The text is read once for all of them. Line and column count from 1.
    let mut ahead = json.char_indices().peekable();
    let (mut line, mut column) = (1, 1);
    let placed = |(byte, finding)| {
        while let Some((_, c)) = ahead.next_if(|(start, _)| *start < byte) {
            (line, column) = if c == '\n' {
                (line + 1, 1)
            } else {
                (line, column + 1)
            };
        }
        Finding {
            line,
            column,
            ..finding
        }
    };
    findings.into_iter().map(placed).collect()
}
