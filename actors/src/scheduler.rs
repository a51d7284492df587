//! `Scheduler`: one clock beat for everybody, instead of a timer in each actor.
//!
//! Chats look at their age, businesses compare memory with the tables.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, AsyncContext as _, Context, Supervised};

use crate::business::Reconcile;
use crate::chat::Sweep;
use crate::kit::tell;
use crate::parts::Parts;

/// How often tables, actors and memory are compared.
const RECONCILE_EVERY: Duration = Duration::from_secs(10);

/// Gives the beat.
pub(crate) struct Scheduler {
    parts: Arc<Parts>,
}

impl Scheduler {
    pub(crate) fn new(parts: Arc<Parts>) -> Self {
        Self { parts }
    }

    fn sweep_chats(&mut self, _: &mut Context<Self>) {
        for chat in self.parts.chats.living() {
            tell(&chat, Sweep);
        }
    }

    fn reconcile_businesses(&mut self, _: &mut Context<Self>) {
        for business in &self.parts.businesses {
            tell(&business.address, Reconcile);
        }
    }
}

impl Actor for Scheduler {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.run_interval(self.parts.options.sweep_every(), Self::sweep_chats);
        ctx.run_interval(RECONCILE_EVERY, Self::reconcile_businesses);
    }
}

impl Supervised for Scheduler {
    fn restarting(&mut self, ctx: &mut Self::Context) {
        self.started(ctx);
    }
}
