//! What a shop file leaves open: no fault, but visitors are owed it.

use std::fmt;

use jsonc_parser::ast::Value;

use super::across::objects;
use super::text::quoted;
use super::{Finding, Report, finding, lines};
use crate::Shop;
use crate::shop::OptOut;

/// What is unknown or missing in a shop file without faults, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Facts that nobody has said: pages show them as 要確認, "to be confirmed".
    pub unknown: Vec<Finding>,
    /// Texts that are missing in further languages: pages show them in the default one.
    pub missing: Vec<Finding>,
}

impl Notes {
    /// Whether there is nothing to note.
    pub fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.missing.is_empty()
    }

    /// All of them, first what is unknown.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        self.unknown.iter().chain(&self.missing)
    }

    /// The notes for the file of that name, one a line.
    pub fn in_file(&self, file: &str) -> String {
        lines(&[&self.unknown[..], &self.missing[..]].concat(), file)
    }
}

/// How many there are of each.
impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |n: usize, noun| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        write!(
            f,
            "{} unknown (要確認), {} missing",
            count(self.unknown.len(), "fact"),
            count(self.missing.len(), "text")
        )
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
                "Add what a source says; until then visitors read 要確認",
            );
            report.unknown.push((object.range.start, finding));
        }
    }
}
