//! Every limit of a plugin, with the reason for its number.
//!
//! Figures in the reasons were measured with the same routing rule in every
//! language that plugins are written in, for 20 consultants.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ask::Question;

/// An upload, in bytes. Rust needs 60 KB, JavaScript 1.7 MB; Python's 24 MB has to be allowed by the operator.
pub const UPLOAD_BYTES: usize = 4 << 20;

/// All linear memories of a run, in bytes. JavaScript peaks at 3 MB, Python at 12.6 MB.
pub const MEMORY_BYTES: usize = 32 << 20;

/// All tables of a run, in elements. Python needs 5,672.
pub const TABLE_ELEMENTS: usize = 20_000;

/// Linear memories of a plugin. JavaScript needs 3.
pub const MEMORIES: u32 = 4;

/// Tables of a plugin. JavaScript needs 3.
pub const TABLES: u32 = 8;

/// Core modules instantiated for a plugin; the wrapping alone takes three.
pub const CORE_INSTANCES: u32 = 64;

/// What the hub keeps about one core instance, in bytes: grows with its functions and globals.
pub const CORE_INSTANCE_BYTES: usize = 4 << 20;

/// The stack of its functions, in bytes. A quarter of what a thread has, so that the hub's own part fits too.
pub const STACK_BYTES: usize = 512 << 10;

/// The stack of a thread on which plugins run, in bytes.
pub const THREAD_STACK_BYTES: usize = 2 << 20;

/// What a plugin may make the hub copy out of its memory at once, in bytes: an answer or a log line.
pub const HOST_BYTES: usize = 1 << 20;

/// Log lines of one run, in bytes. The rest is dropped and a last line says so.
pub const LOG_BYTES: usize = 16 << 10;

/// Names of functions kept from the place where a plugin stopped.
pub const FRAMES: usize = 16;

/// A message about a failure, in bytes: a plugin may choose its words.
pub const MESSAGE_BYTES: usize = 1 << 10;

/// How often the clock of running plugins ticks. It is what a deadline may be missed by.
pub const TICK: Duration = Duration::from_millis(1);

/// Runs at the same time, for which address space is reserved at the start (not memory).
pub const POOLED_RUNS: u32 = 32;

/// Of a linear memory, what stays in place for the next run, in bytes: saves page faults.
pub const KEEP_MEMORY_BYTES: usize = 1 << 20;

/// The same of a table, in bytes.
pub const KEEP_TABLE_BYTES: usize = 64 << 10;

/// Threads on which plugins run. More would exhaust `POOLED_RUNS`, which `describe` at an upload also needs.
pub const WORKERS: usize = 24;

/// Questions of one business that wait for a thread. More are answered by the built-in rule at once.
pub const QUEUE: usize = 64;

/// Questions of all businesses that wait for a thread.
pub const QUEUES: usize = 4_096;

/// A question that waited this long is answered by the built-in rule.
pub const QUEUE_WAIT: Duration = Duration::from_millis(100);

/// Somebody waits for these answers: the built-in rule takes over, whatever the plugin does.
pub const ANSWER_WAIT: Duration = Duration::from_millis(100);

/// Compiling, on the clock. JavaScript takes 3.4 s of one core.
pub const COMPILE_WAIT: Duration = Duration::from_secs(10);

/// Compiling, in seconds of all cores together.
pub const COMPILE_CPU_SECONDS: u64 = 60;

/// Address space of the process that compiles, in bytes. Hostile code of 1.3 MB took 300 MB.
pub const COMPILE_ADDRESS_BYTES: u64 = 2 << 30;

/// Threads that compile: each reserves address space.
pub const COMPILE_THREADS: usize = 4;

/// How nice the process that compiles is to all others (19 is the nicest).
pub const COMPILE_NICE: i32 = 10;

/// Uploads that wait for the one that is being compiled.
pub const COMPILE_QUEUE: usize = 8;

/// Compiled code, in bytes. 18 MB of Python become 40 MB.
pub const ARTIFACT_BYTES: usize = 64 << 20;

/// Compiled plugins in the cache; the ones stored longest ago are dropped.
pub const ARTIFACTS: usize = 512;

/// Faults within `BREAKER_WINDOW` that switch a plugin off.
pub const BREAKER_FAULTS: usize = 5;

/// See `BREAKER_FAULTS`.
pub const BREAKER_WINDOW: Duration = Duration::from_mins(1);

/// The first pause of a plugin that was switched off; each failed try doubles it.
pub const BREAKER_PAUSE: Duration = Duration::from_secs(30);

/// The longest pause.
pub const BREAKER_LONGEST_PAUSE: Duration = Duration::from_mins(15);

/// A try whose result never came is given up after this.
pub const BREAKER_TRY: Duration = Duration::from_secs(10);

/// Every thread finds a place, and room for the stack.
const _: () = assert!(WORKERS < POOLED_RUNS as usize && STACK_BYTES * 2 <= THREAD_STACK_BYTES);

/// What one run may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// About one for each instruction. Rust takes 0.13 million for a routing decision, JavaScript 2 million.
    pub fuel: u64,
    /// On the clock, from the start of the run.
    pub wall: Duration,
}

/// The limits an operator may raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// In bytes; see `UPLOAD_BYTES`.
    pub upload: usize,
    /// In bytes; see `MEMORY_BYTES`.
    pub memory: usize,
    /// A visitor waits for somebody: ten decisions of the slowest language fit.
    pub routing: Budget,
    /// Asked for each message, on its way to the reader.
    pub messages: Budget,
    /// Other questions for whose answer somebody waits.
    pub others: Budget,
    /// Asked when settings are saved or days are planned: nobody waits in a chat.
    pub unhurried: Budget,
}

impl Default for Limits {
    fn default() -> Self {
        let budget = |millions: u64, milliseconds| Budget {
            fuel: millions * 1_000_000,
            wall: Duration::from_millis(milliseconds),
        };
        Self {
            upload: UPLOAD_BYTES,
            memory: MEMORY_BYTES,
            routing: budget(20, 50),
            messages: budget(5, 20),
            others: budget(50, 80),
            unhurried: budget(50, 200),
        }
    }
}

impl Limits {
    /// What the answer to this question may cost.
    pub fn budget(&self, question: &Question) -> Budget {
        match question {
            Question::Route { .. } => self.routing,
            Question::Review { .. } => self.messages,
            _ if is_unhurried(question) => self.unhurried,
            _ => self.others,
        }
    }

    /// How long to wait for the answer, the queue included.
    pub fn patience(&self, question: &Question) -> Duration {
        if is_unhurried(question) { QUEUE_WAIT + self.unhurried.wall } else { ANSWER_WAIT }
    }
}

fn is_unhurried(question: &Question) -> bool {
    matches!(question, Question::Describe | Question::Check { .. } | Question::PlanDays { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_before_its_asker_gives_up() {
        let limits = Limits::default();
        for budget in [limits.routing, limits.messages, limits.others] {
            assert!(budget.wall < ANSWER_WAIT);
        }
        assert!(limits.unhurried.wall < limits.patience(&Question::Describe));
    }
}
