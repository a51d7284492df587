//! Keeps an actor alive through panics: same address, same mailbox, fresh state.
//!
//! `actix::Supervisor` restarts after `ctx.stop()` only; a panic leaves a dead
//! address behind. Here the poll of the actor is caught, and `restarting` loads
//! the state again. Too many falls in a row end the actor for good.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{self, Poll};
use std::time::Duration;

use actix::dev::ContextFut;
use actix::{Actor, Addr, Context, Supervised};
use tokio::time::Instant;
use tracing::{error, warn};

use super::MAILBOX;

/// How many falls are forgiven in which time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub(crate) falls: usize,
    pub(crate) within: Duration,
}

impl Budget {
    /// For an actor that serves one person or one chat.
    pub(crate) const ONE_PERSON: Self = Self { falls: 3, within: Duration::from_secs(10) };
    /// For an actor that everybody needs: it is never given up.
    pub(crate) const EVERYBODY: Self = Self { falls: usize::MAX, within: Duration::from_secs(10) };
    /// For an actor that serves a whole business.
    pub(crate) const BUSINESS: Self = Self { falls: 5, within: Duration::from_mins(1) };
}

/// Starts an actor on this arbiter that survives panics within its budget.
///
/// `kind` names it in logs and metrics; `given_up` runs once when the budget is
/// spent, after the actor is gone.
pub(crate) fn start_guarded<A>(
    kind: &'static str,
    budget: Budget,
    actor: A,
    given_up: impl FnOnce() + 'static,
) -> Addr<A>
where
    A: Actor<Context = Context<A>> + Supervised,
{
    let mut context = Context::new();
    context.set_mailbox_capacity(MAILBOX);
    let life = context.into_future(actor);
    let address = life.address();
    let guard =
        Guard { kind, budget, falls: VecDeque::new(), life: Some(Box::new(life)), given_up: Some(Box::new(given_up)) };
    actix::spawn(guard);
    address
}

struct Guard<A>
where
    A: Actor<Context = Context<A>> + Supervised,
{
    kind: &'static str,
    budget: Budget,
    falls: VecDeque<Instant>,
    life: Option<Box<ContextFut<A, Context<A>>>>,
    given_up: Option<Box<dyn FnOnce()>>,
}

/// Nothing in it is pinned: the actor is polled through its box.
impl<A> Unpin for Guard<A> where A: Actor<Context = Context<A>> + Supervised {}

impl<A> Future for Guard<A>
where
    A: Actor<Context = Context<A>> + Supervised,
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            let Some(life) = this.life.as_mut() else { return Poll::Ready(()) };
            match catch_unwind(AssertUnwindSafe(|| Pin::new(&mut **life).poll(cx))) {
                Ok(poll) => return poll,
                Err(_fall) if this.may_restart() && this.restart() => {}
                Err(_fall) => {
                    this.give_up();
                    return Poll::Ready(());
                }
            }
        }
    }
}

impl<A> Guard<A>
where
    A: Actor<Context = Context<A>> + Supervised,
{
    fn may_restart(&mut self) -> bool {
        let now = Instant::now();
        self.falls.push_back(now);
        while self.falls.front().is_some_and(|fall| now.duration_since(*fall) > self.budget.within) {
            self.falls.pop_front();
        }
        self.falls.len() <= self.budget.falls
    }

    fn restart(&mut self) -> bool {
        metrics::counter!("actor_restarts_total", "actor" => self.kind).increment(1);
        warn!(actor = self.kind, "restarting an actor that panicked");
        let Some(life) = self.life.as_mut() else { return false };
        catch_unwind(AssertUnwindSafe(|| life.restart())).unwrap_or(false)
    }

    fn give_up(&mut self) {
        metrics::counter!("actor_quarantines_total", "actor" => self.kind).increment(1);
        error!(actor = self.kind, "giving up on an actor that panicked too often");
        let life = self.life.take();
        // Dropping polls the actor once more, which may panic once more.
        let _fell_again = catch_unwind(AssertUnwindSafe(|| drop(life)));
        if let Some(given_up) = self.given_up.take() {
            given_up();
        }
    }
}
