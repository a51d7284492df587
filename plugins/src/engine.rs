//! The engine that runs plugins: what code may contain, where its memory comes
//! from, and the clock that stops it.
//!
//! Whatever is switched off here cannot go wrong: no WASI, no threads, no
//! garbage collection, no exceptions, no second compiler.

use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread;

use sha2::{Digest as _, Sha256};
use wasmparser::WasmFeatures;
use wasmtime::component::{HasSelf, Linker};
use wasmtime::{Config, Enabled, PoolingAllocationConfig};

use crate::host::Host;
use crate::limits::{self, Limits};
use crate::wit::Everything;

/// Proposals that no plugin needs. Some of them make wasmtime 48.0.8 without
/// its `gc` feature abort the process (RUSTSEC-2026-0570), so they must stay off.
const SWITCHED_OFF: WasmFeatures = WasmFeatures::GC
    .union(WasmFeatures::FUNCTION_REFERENCES)
    .union(WasmFeatures::EXCEPTIONS)
    .union(WasmFeatures::LEGACY_EXCEPTIONS)
    .union(WasmFeatures::MEMORY64)
    .union(WasmFeatures::STACK_SWITCHING)
    .union(WasmFeatures::RELAXED_SIMD)
    .union(WasmFeatures::CUSTOM_PAGE_SIZES)
    .union(WasmFeatures::WIDE_ARITHMETIC)
    .union(WasmFeatures::THREADS);

/// What the code of a plugin may contain: checked at the upload, before anything is compiled.
pub(crate) fn allowed_features() -> WasmFeatures {
    WasmFeatures::default().difference(SWITCHED_OFF).difference(WasmFeatures::CM_ASYNC)
}

/// One for the process: artifacts of one engine are not for another.
pub struct Engine {
    wasmtime: wasmtime::Engine,
    linker: Linker<Host>,
    limits: Limits,
    clock: Arc<Clock>,
    id: String,
}

impl Engine {
    /// Reserves the address space and starts the clock.
    ///
    /// Where the reservation is refused (`RLIMIT_AS`), memory is found for each
    /// run instead, which takes a little longer.
    ///
    /// # Errors
    ///
    /// A machine for which wasmtime has no code, or no thread for the clock.
    pub fn start(limits: Limits) -> Result<Arc<Self>, EngineError> {
        let mut config = config(&limits);
        config.allocation_strategy(pooled(&limits));
        let wasmtime = wasmtime::Engine::new(&config).or_else(|error| {
            tracing::warn!(%error, "plugins run without reserved memory");
            wasmtime::Engine::new(&self::config(&limits))
        });
        Self::around(wasmtime.map_err(EngineError::from_wasmtime)?, limits)
    }

    /// Reserves nothing: for the process that compiles.
    pub(crate) fn for_compiling(limits: Limits) -> Result<wasmtime::Engine, EngineError> {
        wasmtime::Engine::new(&config(&limits)).map_err(EngineError::from_wasmtime)
    }

    fn around(wasmtime: wasmtime::Engine, limits: Limits) -> Result<Arc<Self>, EngineError> {
        let mut linker = Linker::new(&wasmtime);
        Everything::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host).map_err(EngineError::from_wasmtime)?;
        let clock = Arc::new(Clock::default());
        start_clock(&clock, wasmtime.clone()).map_err(EngineError::Clock)?;
        let id = id_of(&wasmtime);
        Ok(Arc::new(Self { wasmtime, linker, limits, clock, id }))
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Names version, machine and settings: an artifact of another id does not run here.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn wasmtime(&self) -> &wasmtime::Engine {
        &self.wasmtime
    }

    pub(crate) fn linker(&self) -> &Linker<Host> {
        &self.linker
    }

    /// The clock ticks while the answer lives.
    pub(crate) fn ticking(&self) -> Ticking {
        Ticking::start(&self.clock)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.clock.tell(|state| state.is_over = true);
    }
}

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error("wasmtime refuses its settings: {0}")]
    Settings(String),
    #[error("the clock of the plugins cannot be started")]
    Clock(#[source] std::io::Error),
}

impl EngineError {
    fn from_wasmtime(error: wasmtime::Error) -> Self {
        Self::Settings(format!("{error:#}"))
    }
}

/// The same in the process that runs and in the one that compiles.
fn config(limits: &Limits) -> Config {
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(limits::STACK_BYTES)
        .wasm_features(SWITCHED_OFF, false)
        .concurrency_support(false)
        .shared_memory(false)
        .memory_reservation(limits.memory as u64)
        .memory_guard_size(limits.memory as u64)
        .memory_reservation_for_growth(0)
        .parallel_compilation(true);
    config
}

fn pooled(limits: &Limits) -> PoolingAllocationConfig {
    let runs = limits::POOLED_RUNS;
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(runs)
        .total_core_instances(runs * limits::CORE_INSTANCES)
        .total_memories(runs * limits::MEMORIES)
        .total_tables(runs * limits::TABLES)
        .max_core_instances_per_component(limits::CORE_INSTANCES)
        .max_memories_per_component(limits::MEMORIES)
        .max_tables_per_component(limits::TABLES)
        .max_core_instance_size(limits::CORE_INSTANCE_BYTES)
        .max_memory_size(limits.memory)
        .table_elements(limits::TABLE_ELEMENTS)
        .linear_memory_keep_resident(limits::KEEP_MEMORY_BYTES)
        .table_keep_resident(limits::KEEP_TABLE_BYTES)
        .max_unused_warm_slots(runs * 2)
        .pagemap_scan(Enabled::Auto);
    pool
}

/// The compatibility hash of wasmtime as hexadecimal digits.
fn id_of(engine: &wasmtime::Engine) -> String {
    struct Sha(Sha256);
    impl Hasher for Sha {
        fn finish(&self) -> u64 {
            0
        }
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }
    }
    let mut sha = Sha(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut sha);
    hex(&sha.0.finalize())
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Ticks only while a plugin runs: an idle hub sleeps.
#[derive(Default)]
struct Clock {
    state: Mutex<ClockState>,
    changed: Condvar,
}

#[derive(Default)]
struct ClockState {
    running: usize,
    is_over: bool,
}

impl Clock {
    fn tell(&self, change: impl FnOnce(&mut ClockState)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_one();
    }

    /// Waits until a plugin runs; `false` when the engine is gone.
    fn wait(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self
            .changed
            .wait_while(state, |state| state.running == 0 && !state.is_over)
            .unwrap_or_else(PoisonError::into_inner);
        !state.is_over
    }
}

fn start_clock(clock: &Arc<Clock>, engine: wasmtime::Engine) -> std::io::Result<()> {
    let clock = Arc::downgrade(clock);
    let tick = move || {
        while clock.upgrade().is_some_and(|clock| clock.wait()) {
            thread::sleep(limits::TICK);
            engine.increment_epoch();
        }
    };
    thread::Builder::new().name("plugin-clock".to_owned()).spawn(tick).map(drop)
}

/// A run for which the clock ticks.
pub(crate) struct Ticking(Weak<Clock>);

impl Ticking {
    fn start(clock: &Arc<Clock>) -> Self {
        clock.tell(|state| state.running += 1);
        Self(Arc::downgrade(clock))
    }
}

impl Drop for Ticking {
    fn drop(&mut self) {
        if let Some(clock) = self.0.upgrade() {
            clock.tell(|state| state.running -= 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_elsewhere_runs_here() {
        let limits = Limits::default();
        let engine = Engine::start(limits).unwrap();
        assert_eq!(engine.id(), id_of(&Engine::for_compiling(limits).unwrap()));
        assert_eq!(engine.id().len(), 64);
    }

    #[test]
    fn other_settings_are_another_engine() {
        let engine = Engine::start(Limits::default()).unwrap();
        let larger = Limits { memory: 64 << 20, ..Limits::default() };
        assert_ne!(engine.id(), id_of(&Engine::for_compiling(larger).unwrap()));
    }

    #[test]
    fn the_clock_ticks_while_something_runs_and_ends_with_the_engine() {
        let engine = Engine::start(Limits::default()).unwrap();
        let clock = Arc::downgrade(&engine.clock);
        let ticking = engine.ticking();
        drop(ticking);
        drop(engine);
        // The thread of the clock holds it for one more tick at most.
        while clock.upgrade().is_some() {
            thread::yield_now();
        }
    }
}
