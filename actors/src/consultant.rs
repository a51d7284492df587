//! `ConsultantActor`: one signed-in consultant, with all tabs and devices.
//!
//! Shows every desk the same lists and the same chats. When the last desk is
//! gone for the grace time it says so and leaves memory.

mod calls;
mod handlers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actix::{Actor, ActorContext as _, AsyncContext as _, Context, Message, SpawnHandle, Supervised};

pub(crate) use calls::DeskCallChanged;

use crate::business::ConsultantGone;
use crate::chat::ChatError;
use crate::ids::{AccountId, BusinessId, CallId, ChatId};
use crate::kit::Fair;
use crate::parts::Parts;
use crate::protocol::{ChatView, CloseCode, DeskCall, Lists, ListsDelta, Seq};
use crate::socket::{Socket, SocketId};
use crate::status::Status;

/// A desk opened; answers with everything it shows.
#[derive(Message)]
#[rtype(result = "Result<Desk, ChatError>")]
pub(crate) struct Greet {
    pub(crate) socket: Socket,
    /// The last event the desk has of each chat.
    pub(crate) have: BTreeMap<ChatId, Seq>,
}

/// What a desk shows.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) lists: Lists,
    pub(crate) chats: Vec<ChatView>,
    pub(crate) calls: Vec<DeskCall>,
    pub(crate) status: Status,
}

/// A desk's socket is gone.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct DeskGone(pub(crate) SocketId);

/// The business gave this consultant a chat.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Given(pub(crate) ChatId);

/// A list changed.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Changed(pub(crate) Arc<ListsDelta>);

/// A desk missed a change and wants the full lists; without a desk, all of them get them.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct TellLists(pub(crate) Option<SocketId>);

/// The consultant chose a status; answers once it is kept.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Choose(pub(crate) Status);

/// The business started anew and does not know who is there.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct ComeAgain;

/// The account may not be here any more.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct CloseDesks(pub(crate) CloseCode);

/// One consultant.
pub(crate) struct ConsultantActor {
    business: BusinessId,
    account: AccountId,
    parts: Arc<Parts>,
    desks: BTreeMap<SocketId, Socket>,
    chats: BTreeSet<ChatId>,
    /// Calls that ring here or are being talked.
    calls: BTreeMap<CallId, DeskCall>,
    /// Counts the changes told.
    ver: u32,
    grace: Option<SpawnHandle>,
    fair: Fair,
}

impl ConsultantActor {
    pub(crate) fn new(business: BusinessId, account: AccountId, parts: Arc<Parts>) -> Self {
        Self {
            business,
            account,
            parts,
            desks: BTreeMap::new(),
            chats: BTreeSet::new(),
            calls: BTreeMap::new(),
            ver: 0,
            grace: None,
            fair: Fair::default(),
        }
    }

    /// Waits for a desk to come back; then gives up.
    fn await_desk(&mut self, ctx: &mut Context<Self>) {
        if !self.desks.is_empty() || self.grace.is_some() {
            return;
        }
        self.grace = Some(ctx.run_later(self.parts.options.consultant_grace, |this, ctx| {
            this.grace = None;
            if this.desks.is_empty() {
                this.parts.tell_business(this.business, ConsultantGone(this.account));
                ctx.stop();
            }
        }));
    }
}

impl Actor for ConsultantActor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        self.await_desk(ctx);
    }

    fn stopped(&mut self, ctx: &mut Self::Context) {
        self.parts.consultants.forget(self.account, &ctx.address());
        self.desks.values().for_each(|desk| desk.close(CloseCode::Unavailable));
    }
}

impl Supervised for ConsultantActor {
    fn restarting(&mut self, ctx: &mut Self::Context) {
        // The desks reconnect and get everything anew: what was being told when it fell is unknown.
        self.desks.values().for_each(|desk| desk.close(CloseCode::Unavailable));
        *self = Self::new(self.business, self.account, Arc::clone(&self.parts));
        self.started(ctx);
    }
}
