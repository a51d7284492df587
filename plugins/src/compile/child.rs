//! The child: limits itself, then reads, checks, compiles and answers.

use std::io::{self, Read, Write};

use rustix::process::{Resource, Rlimit, Signal};

use super::frame;
use crate::engine::Engine;
use crate::inspect;
use crate::limits::{self, Limits};
use crate::refusal::Refusal;

/// The largest line of limits, in bytes, beside the upload.
const HEADER_BYTES: u64 = 4 << 10;

/// The whole work of the process that compiles: reads an upload from standard
/// input and writes its artifact, or why there is none, to standard output.
///
/// Before it reads anything it takes away from itself what a compiler does not
/// need, so call it first thing in a process that does nothing else.
///
/// # Errors
///
/// Standard input or output is not what `Compiler` makes it.
pub fn compile_child() -> io::Result<()> {
    restrict()?;
    let mut request = Vec::new();
    let most = limits::ARTIFACT_BYTES as u64 + HEADER_BYTES;
    io::stdin().lock().take(most).read_to_end(&mut request)?;
    let answer = match frame::asked(&request) {
        Some((limits, upload)) => compile(upload, limits),
        None => Err(Refusal::hub("the compiler was asked nothing")),
    };
    let mut stdout = io::stdout().lock();
    frame::write(&mut stdout, &answer)?;
    stdout.flush()
}

fn compile(upload: &[u8], limits: Limits) -> Result<Vec<u8>, Refusal> {
    let inspected = inspect::inspect(upload, &limits)?;
    let engine = Engine::for_compiling(limits).map_err(|error| Refusal::hub(&error.to_string()))?;
    let artifact = engine.precompile_component(&inspected.component);
    let artifact = artifact.map_err(|error| Refusal::compile(&format!("{error:#}")))?;
    if artifact.len() > limits::ARTIFACT_BYTES {
        return Err(Refusal::compile("its compiled code is too large"));
    }
    Ok(artifact)
}

/// Less time, less memory, no files, no core dump, and no life after the hub's.
fn restrict() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // A system that is nice already is not asked twice.
    let _ = rustix::process::nice(limits::COMPILE_NICE);
    for (resource, most) in [
        (Resource::Cpu, limits::COMPILE_CPU_SECONDS),
        (Resource::As, limits::COMPILE_ADDRESS_BYTES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        let present = rustix::process::getrlimit(resource);
        let most = present.maximum.map_or(most, |maximum| maximum.min(most));
        rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
