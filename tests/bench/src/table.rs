//! Results as Markdown tables, so that the output can stand in a document as it is.

use std::io::Write as _;
use std::time::Duration;

use anyhow::Result;

/// A table with a heading.
pub(crate) struct Table {
    title: &'static str,
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(title: &'static str, head: &'static [&'static str]) -> Self {
        Self { title, head, rows: Vec::new() }
    }

    pub(crate) fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Prints the table; nothing when it has no rows.
    pub(crate) fn print(&self) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n## {}\n\n| {} |\n|{}", self.title, self.head.join(" | "), "---|".repeat(self.head.len()))?;
        for row in &self.rows {
            writeln!(out, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}

/// Tells on standard error what happens; the tables alone go to standard output.
pub(crate) fn progress(what: &str) {
    // Nobody may look.
    let _unseen = writeln!(std::io::stderr(), "{what}");
}

/// `0.147` for 147 µs: every latency in milliseconds, to compare at a glance.
pub(crate) fn millis(nanos: u64) -> String {
    let micros = nanos.div_ceil(1_000);
    format!("{}.{:03}", micros / 1_000, micros % 1_000)
}

pub(crate) fn duration_millis(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}

pub(crate) fn micros(duration: Duration) -> String {
    let tenths = duration.as_nanos() / 100;
    format!("{}.{} µs", tenths / 10, tenths % 10)
}

/// `6.8 MB`, in millions of bytes.
pub(crate) fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
