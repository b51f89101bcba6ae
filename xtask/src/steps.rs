//! Progress, one line a step.

use std::time::Instant;

use anyhow::Result;

/// Counts the steps of a command and tells each with its time.
pub struct Steps {
    total: usize,
    done: usize,
}

impl Steps {
    /// A command of `total` steps.
    pub fn new(total: usize) -> Self {
        Steps { total, done: 0 }
    }

    /// Tells what is being done, does it, and tells how long it took.
    pub fn run<T>(&mut self, title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.done += 1;
        println!("[{}/{}] {title}…", self.done, self.total);
        let start = Instant::now();
        let result = work()?;
        println!("      done in {:.1} s", start.elapsed().as_secs_f64());
        Ok(result)
    }
}
