//! `Starter`: starts businesses when they are needed, and again when they fell.
//!
//! One actor does it, so that no business is ever started twice.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, AsyncContext as _, Context, Handler, Message, MessageResult, Supervised};
use arc_swap::ArcSwap;

use crate::business::{Board, BusinessActor};
use crate::ids::BusinessId;
use crate::kit::{Budget, start_guarded, tell};
use crate::parts::{Business, Parts};

/// How long a business that fell too often stays down.
const BACK_OFF: Duration = Duration::from_secs(1);

/// Finds or starts a business.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Business")]
pub(super) struct Start(pub(super) BusinessId);

/// A business fell too often and is gone.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
struct Fell(BusinessId);

/// Starts businesses on its own arbiter.
pub(super) struct Starter {
    parts: Arc<Parts>,
}

impl Starter {
    pub(super) fn new(parts: Arc<Parts>) -> Self {
        Self { parts }
    }

    fn find_or_start(&self, id: BusinessId, ctx: &Context<Self>) -> Business {
        if let Some(business) = self.parts.business(id) {
            return business;
        }
        let board = Arc::new(ArcSwap::from_pointee(Board::default()));
        let actor = BusinessActor::new(id, Arc::clone(&self.parts), Arc::clone(&board));
        let starter = ctx.address();
        let address = start_guarded("business", Budget::BUSINESS, actor, move || tell(&starter, Fell(id)));
        let business = Business { address, board };
        self.parts.businesses.insert(id, business.clone());
        business
    }
}

impl Actor for Starter {
    type Context = Context<Self>;
}

impl Supervised for Starter {}

impl Handler<Start> for Starter {
    type Result = MessageResult<Start>;

    fn handle(&mut self, Start(id): Start, ctx: &mut Self::Context) -> Self::Result {
        MessageResult(self.find_or_start(id, ctx))
    }
}

impl Handler<Fell> for Starter {
    type Result = ();

    fn handle(&mut self, Fell(id): Fell, ctx: &mut Self::Context) {
        self.parts.businesses.remove(&id);
        ctx.run_later(BACK_OFF, move |this, ctx| {
            this.find_or_start(id, ctx);
        });
    }
}
