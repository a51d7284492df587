//! The threads on which plugins run, shared fairly.
//!
//! Businesses take turns, and none may hold all threads: one whose plugin burns
//! its whole budget keeps nobody else waiting.

mod turns;

use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use actors::ids::BusinessId;
use tokio::sync::oneshot;

use crate::ask::{Failure, Question, Run};
use crate::host::Values;
use crate::limits;
use crate::loaded::Loaded;
use turns::Turns;

/// Asks plugins on threads of its own.
pub struct Pool {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    turns: Mutex<State>,
    changed: Condvar,
    /// See `limits::QUEUE_WAIT`.
    queue_wait: Duration,
}

struct State {
    turns: Turns<Job>,
    is_over: bool,
}

struct Job {
    work: Box<dyn FnOnce() -> Run + Send>,
    asked: Instant,
    reply: oneshot::Sender<Run>,
}

impl Pool {
    /// Half the cores, at least two threads, at most `limits::WORKERS`.
    ///
    /// # Errors
    ///
    /// The system gives no thread.
    pub fn start() -> io::Result<Self> {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        Self::with_threads(cores / 2)
    }

    /// Between two threads and `limits::WORKERS`.
    ///
    /// # Errors
    ///
    /// The system gives no thread.
    pub fn with_threads(count: usize) -> io::Result<Self> {
        Self::with(count, limits::QUEUE_WAIT)
    }

    fn with(count: usize, queue_wait: Duration) -> io::Result<Self> {
        let count = count.clamp(2, limits::WORKERS);
        let state = State { turns: Turns::new(count - 1), is_over: false };
        let shared = Arc::new(Shared { turns: Mutex::new(state), changed: Condvar::new(), queue_wait });
        let mut pool = Self { shared, threads: Vec::with_capacity(count) };
        for number in 0..count {
            let shared = Arc::clone(&pool.shared);
            let thread = thread::Builder::new()
                .name(format!("plugin-{number}"))
                .stack_size(limits::THREAD_STACK_BYTES)
                .spawn(move || shared.work())?;
            pool.threads.push(thread);
        }
        Ok(pool)
    }

    /// Asks a plugin of this business; the answer comes within `Limits::patience` of the question.
    ///
    /// The question is put in the queue at once, not when the future is first
    /// polled. A future that is dropped takes its question out of the queue.
    pub fn ask(
        &self,
        business: BusinessId,
        plugin: &Arc<Loaded>,
        question: Question,
        values: &Arc<Values>,
    ) -> impl Future<Output = Run> + Send + use<> {
        let patience = plugin.engine.limits().patience(&question);
        let (plugin, values) = (Arc::clone(plugin), Arc::clone(values));
        self.run(business, patience, Box::new(move || plugin.run(&question, &values)))
    }

    fn run(
        &self,
        business: BusinessId,
        patience: Duration,
        work: Box<dyn FnOnce() -> Run + Send>,
    ) -> impl Future<Output = Run> + Send + use<> {
        let asked = Instant::now();
        let (reply, answer) = oneshot::channel();
        let is_queued = self.shared.lock().turns.push(business, Job { work, asked, reply });
        self.shared.changed.notify_one();
        async move {
            if !is_queued {
                return nothing(Failure::Busy, asked);
            }
            let left = patience.saturating_sub(asked.elapsed());
            match tokio::time::timeout(left, answer).await {
                Ok(Ok(run)) => run,
                Ok(Err(_)) => nothing(Failure::Host { message: "it is shutting down".to_owned() }, asked),
                Err(_) => nothing(Failure::Late { limit: patience }, asked),
            }
        }
    }
}

impl Drop for Pool {
    /// Waits for the runs that have begun; whoever waits in the queue is answered.
    fn drop(&mut self) {
        self.shared.lock().is_over = true;
        self.shared.changed.notify_all();
        for thread in self.threads.drain(..) {
            // A thread catches what its work throws.
            let _ = thread.join();
        }
        self.shared.lock().turns.clear();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some((business, job)) = self.next() {
            job.run(self.queue_wait);
            self.lock().turns.done(business);
            // Somebody of the same business may have waited for this thread.
            self.changed.notify_one();
        }
    }

    fn next(&self) -> Option<(BusinessId, Job)> {
        let mut state = self.lock();
        loop {
            if state.is_over {
                return None;
            }
            if let Some(next) = state.turns.pop() {
                return Some(next);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Job {
    fn run(self, limit: Duration) {
        let Self { work, asked, reply } = self;
        if reply.is_closed() {
            return;
        }
        let run = if asked.elapsed() > limit {
            nothing(Failure::Expired { limit }, asked)
        } else {
            catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
                tracing::error!("running a plugin panicked");
                nothing(Failure::Host { message: "it panicked".to_owned() }, asked)
            })
        };
        // Whoever asked may have gone.
        let _ = reply.send(run);
    }
}

/// A run in which the plugin did nothing.
fn nothing(failure: Failure, asked: Instant) -> Run {
    Run { answer: Err(failure), fuel: 0, took: asked.elapsed(), memory: 0, logs: Vec::new() }
}

#[cfg(test)]
mod tests;
