//! What a shop file leaves open: no fault, but visitors are owed it.

use std::fmt;

use doui_core::Date;
use jsonc_parser::ast::Value;

use super::across::objects;
use super::text::quoted;
use super::{Finding, Report, finding, lines};
use crate::Shop;
use crate::shop::OptOut;

/// What is unknown or missing in a shop file without faults, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Facts that nobody has said: pages show them as 未確認, "not confirmed".
    pub unknown: Vec<Finding>,
    /// Facts whose source is older than a year.
    pub stale: Vec<Finding>,
    /// What a recipient's terms oblige a shop to say, and the shop says in the catalogue's words only.
    pub statements: Vec<Finding>,
    /// Texts that are missing in further languages: pages show them in the default one.
    pub missing: Vec<Finding>,
}

impl Notes {
    /// Whether there is nothing to note.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// The notes for the file of that name, one a line.
    pub fn in_file(&self, file: &str) -> String {
        lines(&self.all().cloned().collect::<Vec<_>>(), file)
    }

    /// All of them, by kind.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        let kinds = [&self.unknown, &self.stale, &self.statements, &self.missing];
        kinds.into_iter().flatten()
    }
}

/// How many there are of each.
impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |n: usize, noun| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        write!(
            f,
            "{} unknown (未確認), {} missing",
            count(self.unknown.len(), "fact"),
            count(self.missing.len(), "text")
        )?;
        if !self.stale.is_empty() {
            write!(
                f,
                ", {} older than a year",
                count(self.stale.len(), "source")
            )?;
        }
        if !self.statements.is_empty() {
            let statements = count(self.statements.len(), "statement");
            write!(f, ", {statements} to word")?;
        }
        Ok(())
    }
}

/// Notes the facts that a shop without faults does not know. Each is placed at the object that it belongs to.
pub(super) fn unknown(root: &Value<'_>, shop: &Shop, report: &mut Report) {
    let Some(file) = root.as_object() else {
        return;
    };
    let services = shop.services.iter().map(|service| service.facts());
    let opt_outs = shop.opt_outs.iter().map(OptOut::facts);
    let facts = objects(file, "services").zip(services);
    let facts = facts.chain(objects(file, "opt_outs").zip(opt_outs));
    for ((path, object), facts) in facts {
        let id = object.get_string("id").map_or("", |id| &id.value);
        for (key, _) in facts.into_iter().filter(|(_, is_known)| !is_known) {
            let finding = finding(
                &format!("{path}.{key}"),
                format!("unknown of {}", quoted(id)),
                "Add what a source says; until then visitors read 未確認",
            );
            report.unknown.push((object.range.start, finding));
        }
    }
}

/// Notes what a shop without faults says from sources that were older than a year `today`.
pub(super) fn stale(root: &Value<'_>, shop: &Shop, today: Date, report: &mut Report) {
    let Some(file) = root.as_object() else {
        return;
    };
    for ((path, object), service) in objects(file, "services").zip(&shop.services) {
        let dates = service.dates().into_iter();
        for (key, date) in dates.filter(|(_, date)| *date < today.year_before()) {
            let finding = finding(
                &format!("{path}.{key}"),
                format!("the source is of {}", date.iso()),
                "Read it again, and write what it says now with the new dates",
            );
            report.stale.push((object.range.start, finding));
        }
    }
}

/// Notes what recipients' terms oblige the shop to say where the shop has not worded it itself.
pub(super) fn statements(root: &Value<'_>, shop: &Shop, report: &mut Report) {
    let Some(file) = root.as_object() else {
        return;
    };
    for ((path, object), service) in objects(file, "services").zip(&shop.services) {
        if service.statement.is_some() && object.get("statement").is_none() {
            let finding = finding(
                &format!("{path}.statement"),
                format!(
                    "the terms of {} oblige the shop to say something, and visitors read it in the catalogue's words",
                    quoted(service.id.as_str())
                ),
                "Read the terms and the settings of the tag, and say here what is true of this shop",
            );
            report.statements.push((object.range.start, finding));
        }
    }
}
