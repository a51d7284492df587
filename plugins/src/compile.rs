//! Checks and compiles uploads in a process of their own.
//!
//! Hostile code can make a compiler slow, hungry or worse. In a child with
//! limits on time, memory and files it can only take itself down.

mod child;
mod frame;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::inspect;
use crate::limits::{self, Limits};
use crate::refusal::Refusal;

pub use child::compile_child;

/// Of what the child says about its own end, in bytes.
const STDERR_BYTES: u64 = 4 << 10;

/// Starts the children, one at a time.
pub struct Compiler {
    program: PathBuf,
    arguments: Vec<OsString>,
    wait: Duration,
    gate: Mutex<()>,
    waiting: AtomicUsize,
}

impl Compiler {
    /// `program` with these `arguments` must call `compile_child` and nothing else.
    pub fn new(program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            wait: limits::COMPILE_WAIT,
            gate: Mutex::new(()),
            waiting: AtomicUsize::new(0),
        }
    }

    /// The same with another limit than `limits::COMPILE_WAIT`.
    #[must_use]
    pub fn waiting(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// The artifact of an upload, for the engine with these limits.
    ///
    /// Blocks until earlier uploads are done, then for `limits::COMPILE_WAIT` at most.
    ///
    /// # Errors
    ///
    /// What is wrong with the upload, in words for its owner.
    pub fn compile(&self, upload: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
        inspect::glance(upload, limits)?;
        let _place = self.queue()?;
        let _turn = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let child = self.start().map_err(|error| Refusal::hub(&format!("no compiler can be started: {error}")))?;
        let request = frame::request(upload, limits)?;
        let ended = talk(child, request, self.wait)?;
        frame::answer(&ended.output).unwrap_or_else(|| Err(ended.refusal()))
    }

    fn queue(&self) -> Result<Place<'_>, Refusal> {
        let place = Place(&self.waiting);
        // The one that is compiled now is counted too.
        if self.waiting.fetch_add(1, Ordering::Relaxed) > limits::COMPILE_QUEUE {
            return Err(Refusal::Busy);
        }
        Ok(place)
    }

    fn start(&self) -> std::io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("RAYON_NUM_THREADS", limits::COMPILE_THREADS.to_string())
            // Each arena of glibc reserves 64 MiB of the address space that is limited.
            .env("MALLOC_ARENA_MAX", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

/// One in the queue, until it is dropped.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How a child ended.
struct Ended {
    output: Vec<u8>,
    status: String,
    stderr: String,
}

impl Ended {
    /// It said nothing we understand: it was stopped by a limit, or fell.
    fn refusal(&self) -> Refusal {
        let reason = self.stderr.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
        Refusal::compile(&format!("the compiler ended with {} {reason}", self.status))
    }
}

/// Gives the child its work and takes the answer; kills it when it takes too long.
fn talk(mut child: Child, request: Vec<u8>, wait: Duration) -> Result<Ended, Refusal> {
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(Refusal::hub("the compiler has no pipes"));
    };
    // A child that reads nothing or closes early is noticed by its answer.
    let writing = thread::spawn(move || drop(stdin.write_all(&request)));
    let complaint = thread::spawn(move || read(stderr, STDERR_BYTES));
    let (done, is_done) = mpsc::sync_channel(1);
    let reading = thread::spawn(move || {
        let output = read(stdout, limits::ARTIFACT_BYTES as u64 + frame::MOST_BESIDE);
        let _ = done.send(output);
    });
    let output = is_done.recv_timeout(wait);
    // Harmless when it has ended by itself: it is waited for below.
    let _ = child.kill();
    let status = child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
    let _ = writing.join();
    let _ = reading.join();
    let stderr = complaint.join().unwrap_or_default();
    match output {
        Ok(output) => Ok(Ended { output, status, stderr: String::from_utf8_lossy(&stderr).into_owned() }),
        Err(RecvTimeoutError::Timeout) => Err(Refusal::SlowCompile { limit: wait }),
        Err(RecvTimeoutError::Disconnected) => Err(Refusal::hub("the answer of the compiler was lost")),
    }
}

fn read(pipe: impl Read, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is judged as it is.
    let _ = pipe.take(most).read_to_end(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Compiler {
        Compiler::new("/bin/sh", ["-c", script])
    }

    fn refused(compiler: &Compiler) -> Refusal {
        compiler.compile(b"\0asm\x01\0\0\0", &Limits::default()).unwrap_err()
    }

    #[test]
    fn a_child_that_hangs_is_killed() {
        let wait = Duration::from_millis(50);
        let refusal = refused(&shell("exec sleep 600").waiting(wait));
        assert_eq!(refusal, Refusal::SlowCompile { limit: wait });
    }

    #[test]
    fn a_child_that_falls_is_a_refusal_with_its_last_words() {
        let refusal = refused(&shell("echo out of paper >&2; exit 3"));
        let words = "it cannot be compiled: the compiler ended with exit status: 3 out of paper";
        assert_eq!(refusal.to_string(), words);
        let refusal = refused(&shell("kill -9 $$"));
        assert!(refusal.to_string().contains("signal: 9"), "{refusal}");
    }

    #[test]
    fn a_child_that_talks_for_ever_is_cut_off() {
        assert!(matches!(refused(&shell("exec cat /dev/zero")), Refusal::Compile { .. }));
    }

    #[test]
    fn a_program_that_is_not_there_is_the_fault_of_the_hub() {
        let compiler = Compiler::new("/nowhere/plugin-compile", [""; 0]);
        assert!(matches!(refused(&compiler), Refusal::Hub { .. }));
    }

    #[test]
    fn the_queue_is_bounded_and_empties() {
        let compiler = shell("exit 1");
        let places: Vec<_> = (0..=limits::COMPILE_QUEUE).map(|_| compiler.queue().unwrap()).collect();
        assert_eq!(refused(&compiler), Refusal::Busy);
        drop(places);
        assert!(matches!(refused(&compiler), Refusal::Compile { .. }));
    }

    #[test]
    fn what_is_no_wasm_starts_no_child() {
        let compiler = Compiler::new("/nowhere/plugin-compile", [""; 0]);
        let refusal = compiler.compile(b"PK\x03\x04", &Limits::default()).unwrap_err();
        assert_eq!(refusal, Refusal::NotWasm);
    }
}
