//! Figures in the documentation: what a command measured, put where that command can write it again.

use std::fs;

use anyhow::{Context, Result};

use crate::{files, project};

/// The page that holds them, as it is called in messages.
const PAGE: &str = "docs/performance.md";

/// Puts `text` between the marks `<!-- name -->` and `<!-- /name -->` of the page.
pub fn keep(name: &str, text: &str) -> Result<()> {
    let file = project::root().join(PAGE);
    let page = files::read_text(&file)?;
    let page = put(&page, name, text)
        .with_context(|| format!("{PAGE} has no `<!-- {name} -->` with its end after it"))?;
    fs::write(&file, page).with_context(|| format!("{PAGE} cannot be written"))?;
    println!("written into {PAGE}");
    Ok(())
}

fn put(page: &str, name: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(&format!("<!-- {name} -->\n"))?;
    let end = format!("<!-- /{name} -->");
    let at = rest.find(&end)?;
    Some(format!(
        "{before}<!-- {name} -->\n\n{}\n\n{}",
        text.trim(),
        &rest[at..]
    ))
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn what_stands_between_the_marks_is_replaced() {
        let page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
        let new = "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n";
        assert_eq!(put(page, "x", "new\n").as_deref(), Some(new));
        assert_eq!(put(new, "x", "new").as_deref(), Some(new));
        assert_eq!(put(page, "y", "new"), None);
    }
}
