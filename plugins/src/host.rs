//! All that a plugin can reach while it runs: its log, the values an admin
//! stored for it, and as much memory as it is allowed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use wasmtime::ResourceLimiter;

use crate::ask::{Failure, Level, LogLine};
use crate::limits;
use crate::wit::click2callme::plugin::{host, types};

/// What an admin stored for a plugin, for `host.get`.
pub type Values = BTreeMap<String, String>;

/// The world of one run, thrown away after it.
pub(crate) struct Host {
    values: Arc<Values>,
    logs: Vec<LogLine>,
    log_bytes: usize,
    memory: usize,
    table: usize,
    /// The largest that memories and tables were together, in bytes.
    pub(crate) peak: u64,
    allowed_memory: usize,
}

/// Bytes a table needs for an element.
const ELEMENT_BYTES: usize = 8;

impl Host {
    pub(crate) fn new(values: Arc<Values>, allowed_memory: usize) -> Self {
        Self { values, logs: Vec::new(), log_bytes: 0, memory: 0, table: 0, peak: 0, allowed_memory }
    }

    /// The lines, and a last one when some were dropped.
    pub(crate) fn into_logs(mut self) -> Vec<LogLine> {
        if self.log_bytes > limits::LOG_BYTES {
            let text = format!("more was logged; {} are kept of one run", crate::ask::size(limits::LOG_BYTES as u64));
            self.logs.push(LogLine { level: Level::Warn, text });
        }
        self.logs
    }

    fn note_peak(&mut self) {
        self.peak = self.peak.max((self.memory + self.table * ELEMENT_BYTES) as u64);
    }
}

impl types::Host for Host {}

impl host::Host for Host {
    fn log(&mut self, level: Level, message: String) {
        let left = limits::LOG_BYTES.saturating_sub(self.log_bytes);
        self.log_bytes = self.log_bytes.saturating_add(message.len().max(1));
        if left > 0 {
            self.logs.push(LogLine { level, text: cut(message, left) });
        }
    }

    fn get(&mut self, key: String) -> Option<String> {
        self.values.get(&key).cloned()
    }
}

/// At most `most` bytes, whole characters.
pub(crate) fn cut(mut text: String, most: usize) -> String {
    text.truncate(text.floor_char_boundary(most));
    text
}

/// A plugin that asked for too much is stopped at once, instead of being told.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Excess {
    Memory { asked: u64, allowed: u64 },
    Table { asked: u64, allowed: u64 },
}

impl From<Excess> for Failure {
    fn from(excess: Excess) -> Self {
        match excess {
            Excess::Memory { asked, allowed } => Self::Memory { asked, allowed },
            Excess::Table { asked, allowed } => Self::Table { asked, allowed },
        }
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Failure::from(*self).fmt(f)
    }
}

impl std::error::Error for Excess {}

impl ResourceLimiter for Host {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let asked = self.memory.saturating_sub(current).saturating_add(desired);
        if asked > self.allowed_memory {
            let allowed = self.allowed_memory as u64;
            return Err(Excess::Memory { asked: asked as u64, allowed }.into());
        }
        self.memory = asked;
        self.note_peak();
        Ok(true)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let asked = self.table.saturating_sub(current).saturating_add(desired);
        if asked > limits::TABLE_ELEMENTS {
            let allowed = limits::TABLE_ELEMENTS as u64;
            return Err(Excess::Table { asked: asked as u64, allowed }.into());
        }
        self.table = asked;
        self.note_peak();
        Ok(true)
    }

    fn instances(&self) -> usize {
        limits::CORE_INSTANCES as usize
    }

    fn tables(&self) -> usize {
        limits::TABLES as usize
    }

    fn memories(&self) -> usize {
        limits::MEMORIES as usize
    }
}

#[cfg(test)]
mod tests {
    use host::Host as _;

    use super::*;

    fn host() -> Host {
        Host::new(Arc::default(), limits::MEMORY_BYTES)
    }

    #[test]
    fn a_log_is_cut_and_says_so() {
        let mut host = host();
        for _ in 0..limits::LOG_BYTES {
            host.log(Level::Info, "żółw".repeat(3));
        }
        let logs = host.into_logs();
        let bytes: usize = logs.iter().rev().skip(1).map(|line| line.text.len()).sum();
        assert!(bytes <= limits::LOG_BYTES);
        assert_eq!(logs.last().unwrap().text, "more was logged; 16 KiB are kept of one run");
    }

    #[test]
    fn empty_lines_are_counted_too() {
        let mut host = host();
        (0..limits::LOG_BYTES * 2).for_each(|_| host.log(Level::Debug, String::new()));
        assert_eq!(host.into_logs().len(), limits::LOG_BYTES + 1);
    }

    #[test]
    fn memories_and_tables_are_counted_together() {
        let mut host = host();
        assert!(host.memory_growing(0, 20 << 20, None).unwrap());
        assert!(host.memory_growing(0, 10 << 20, None).unwrap());
        assert!(host.memory_growing(10 << 20, 13 << 20, None).is_err());
        assert!(host.table_growing(0, 12_000, None).unwrap());
        assert!(host.table_growing(0, 12_000, None).is_err());
        assert_eq!(host.peak, (30 << 20) + 12_000 * 8);
    }

    #[test]
    fn a_value_is_found_by_its_key() {
        let values = Values::from([("iban".to_owned(), "PL00".to_owned())]);
        let mut host = Host::new(Arc::new(values), 0);
        assert_eq!(host.get("iban".to_owned()).as_deref(), Some("PL00"));
        assert_eq!(host.get("bic".to_owned()), None);
    }
}
