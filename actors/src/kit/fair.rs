//! Fairness between the actors of one arbiter.
//!
//! An actor drains its mailbox without a pause, so a flooded one would hold up
//! the timers of all its neighbours: it rests after each 64 messages instead.

#[cfg(test)]
mod tests;

use actix::fut::wrap_future;
use actix::{Actor, AsyncContext as _, Context};

/// Messages in a row before the neighbours have a turn.
const TURN: u8 = 64;

/// Counts the messages of one actor.
#[derive(Debug, Default)]
pub(crate) struct Fair(u8);

impl Fair {
    /// Counts one message and rests when the turn is over.
    pub(crate) fn turn<A: Actor<Context = Context<A>>>(&mut self, ctx: &mut Context<A>) {
        self.0 += 1;
        if self.0 >= TURN {
            self.0 = 0;
            ctx.wait(wrap_future(tokio::task::yield_now()));
        }
    }
}
