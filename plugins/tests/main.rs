//! The engine of the plugins from outside, with plugins that are written here as
//! text and mean no good.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test fails by panicking and says why it is skipped; a test program has no outside"
)]

mod abort;
mod artifacts;
mod decent;
mod fairness;
mod fakes;
mod generated;
mod hostile;
mod pages;
mod questions;
mod refused;
mod samples;
mod semver;

use std::sync::Arc;
use std::time::Duration;

use plugins::Values;
use plugins::artifacts::Artifacts;
use plugins::ask::Run;
use plugins::compile::Compiler;
use plugins::engine::Engine;
use plugins::library::Library;
use plugins::limits::{Budget, Limits};
use plugins::loaded::Loaded;
use tempfile::TempDir;

/// What a machine that is busy with other tests may add to a deadline.
const GENEROUS: Duration = Duration::from_secs(20);

/// The limits, but for the clock: a machine that is busy with other tests stops no plugin that is decent, and fuel ends
/// the others.
fn patient() -> Limits {
    let patient = |budget: Budget| Budget { wall: GENEROUS, ..budget };
    let Limits { upload, memory, routing, messages, others, unhurried } = Limits::default();
    Limits {
        upload,
        memory,
        routing: patient(routing),
        messages: patient(messages),
        others: patient(others),
        unhurried: patient(unhurried),
    }
}

/// A library on a folder of its own.
struct Shelf {
    library: Library,
    _folder: TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self::with(patient())
    }

    fn with(limits: Limits) -> Self {
        let folder = TempDir::new().unwrap();
        let engine = Engine::start(limits).unwrap();
        let artifacts = Artifacts::open(folder.path().join("artifacts"), [7; 32]).unwrap();
        let library = Library::new(engine, artifacts, compiler());
        Self { library, _folder: folder }
    }

    fn load(&self, upload: &[u8]) -> Arc<Loaded> {
        self.library.load(upload).unwrap_or_else(|refusal| panic!("{refusal}"))
    }
}

/// Compiles in the program that this crate has for it.
fn compiler() -> Compiler {
    Compiler::new(env!("CARGO_BIN_EXE_plugin-compiler"), [""; 0]).waiting(GENEROUS * 3)
}

/// Asks who gets a visitor.
fn route(plugin: &Loaded) -> Run {
    plugin.run(&questions::route(), &Arc::<Values>::default())
}
