//! Progress, one line a step.

use std::time::Instant;

use anyhow::{Result, ensure};

/// Tells of each step of a command as it begins, with what comes after it, and how long it took.
pub struct Steps {
    titles: Vec<String>,
    done: usize,
    start: Instant,
}

impl Steps {
    /// A command of these steps, in order.
    pub fn new<T: Into<String>>(titles: impl IntoIterator<Item = T>) -> Self {
        Steps {
            titles: titles.into_iter().map(Into::into).collect(),
            done: 0,
            start: Instant::now(),
        }
    }

    /// Tells what is being done and what comes next, does it, and tells how long it took.
    ///
    /// # Errors
    ///
    /// Those of the work; and one where `title` is not what was announced as the next step.
    pub fn run<T>(&mut self, title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let announced = self.titles.get(self.done).map_or("the end", String::as_str);
        ensure!(
            announced == title,
            "a step is missing in its command's list: {title:?} came where {announced:?} should"
        );
        self.done += 1;
        println!("[{}/{}] {title}…", self.done, self.titles.len());
        let next = self.titles.get(self.done);
        if let Some(next) = next {
            println!("      next: {next}");
        }
        let start = Instant::now();
        let result = work()?;
        let in_all = if next.is_none() {
            format!(
                "; all steps took {:.1} s",
                self.start.elapsed().as_secs_f64()
            )
        } else {
            String::new()
        };
        println!(
            "      done in {:.1} s{in_all}",
            start.elapsed().as_secs_f64()
        );
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_announced_is_done() {
        let mut steps = Steps::new(["Mixing", "Baking"]);
        assert_eq!(steps.run("Mixing", || Ok(1)).unwrap(), 1);
        let error = steps.run("Eating", || Ok(2)).unwrap_err().to_string();
        assert!(
            error.contains("\"Eating\" came where \"Baking\""),
            "{error}"
        );
        steps.run("Baking", || Ok(())).unwrap();
        assert!(steps.run("Baking", || Ok(())).is_err());
    }
}
