//! `VisitorActor`: one person in a browser, with all tabs.
//!
//! Opens chats, joins every tab to them, and says when the visitor is gone for
//! longer than the grace time.

mod calls;
mod form;
mod handlers;
mod identity;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actix::{Actor, ActorContext as _, AsyncContext as _, Context, Message, SpawnHandle, Supervised};

pub use form::FilledForm;
pub(crate) use form::Unfilled;
pub(crate) use identity::identity;
#[cfg(test)]
pub(crate) use identity::signature;

pub(crate) use calls::{StartCall, VisitorCallChanged};

use crate::chat::{ChatError, VisitorGone};
use crate::ids::{BusinessId, ChatId, PackageId, VisitorId};
use crate::kit::{Fair, tell};
use crate::parts::Parts;
use crate::ports::{TokenHash, Visit};
use crate::protocol::{Cid, CloseCode, IdentityClaim, Seq, VisitorCall, VisitorChat};
use crate::socket::{Acked, Socket, SocketId};
use crate::text::PlainText;

/// Chats a browser may ask to resume beside the open ones.
pub(crate) const RESUMED_CHATS: usize = 16;

/// Who the visitor is; never changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity {
    pub(crate) id: VisitorId,
    pub(crate) business: BusinessId,
    pub(crate) package: PackageId,
    pub(crate) token: TokenHash,
}

/// A tab opened; answers with the visitor's chats.
#[derive(Message)]
#[rtype(result = "Result<Greeted, ChatError>")]
pub(crate) struct Greet {
    pub(crate) socket: Socket,
    pub(crate) visit: Visit,
    /// Chats that are not closed, as the tables have them.
    pub(crate) kept: Vec<ChatId>,
    /// The last event the tab has of each chat.
    pub(crate) have: BTreeMap<ChatId, Seq>,
}

/// What a tab shows.
#[derive(Clone, Debug)]
pub(crate) struct Greeted {
    pub(crate) chats: Vec<VisitorChat>,
    pub(crate) call: Option<VisitorCall>,
}

/// Opens a chat with its first message; answers once it is kept.
#[derive(Debug, Message)]
#[rtype(result = "Result<Acked, OpenError>")]
pub(crate) struct OpenChat {
    pub(crate) socket: SocketId,
    pub(crate) cid: Cid,
    pub(crate) body: PlainText,
    pub(crate) form: FilledForm,
}

/// The page tells who the visitor is.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Identify(pub(crate) IdentityClaim);

/// Why no chat was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OpenError {
    /// The form is not filled in as the package asks.
    Form(Unfilled),
    /// The visitor has as many open chats as allowed.
    TooMany,
    /// The waiting room is full.
    Full,
    /// The storage did not keep it.
    Unavailable,
}

/// A tab's socket is gone.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct TabGone(pub(crate) SocketId);

/// One visitor.
pub(crate) struct VisitorActor {
    identity: Identity,
    parts: Arc<Parts>,
    tabs: BTreeMap<SocketId, Socket>,
    /// Chats that are not closed.
    chats: BTreeSet<ChatId>,
    /// The call that is not over.
    call: Option<VisitorCall>,
    visit: Visit,
    grace: Option<SpawnHandle>,
    fair: Fair,
}

impl VisitorActor {
    pub(crate) fn new(identity: Identity, parts: Arc<Parts>) -> Self {
        Self {
            identity,
            parts,
            tabs: BTreeMap::new(),
            chats: BTreeSet::new(),
            call: None,
            visit: Visit::default(),
            grace: None,
            fair: Fair::default(),
        }
    }

    /// Waits for a tab to come back; then the visitor is gone.
    fn await_tab(&mut self, ctx: &mut Context<Self>) {
        if !self.tabs.is_empty() || self.grace.is_some() {
            return;
        }
        self.grace = Some(ctx.run_later(self.parts.options.visitor_grace, |this, ctx| {
            this.grace = None;
            if this.tabs.is_empty() {
                for chat in this.chats.iter().filter_map(|chat| this.parts.chats.get(*chat)) {
                    tell(&chat, VisitorGone);
                }
                ctx.stop();
            }
        }));
    }
}

impl Actor for VisitorActor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        self.await_tab(ctx);
    }

    fn stopped(&mut self, ctx: &mut Self::Context) {
        self.parts.visitors.forget(self.identity.id, &ctx.address());
        self.parts.tokens.remove_if(&self.identity.token, |_, living| *living == self.identity.id);
        self.tabs.values().for_each(|tab| tab.close(CloseCode::Unavailable));
    }
}

impl Supervised for VisitorActor {
    fn restarting(&mut self, ctx: &mut Self::Context) {
        // The tabs reconnect and resume: what was being told when it fell is unknown.
        self.tabs.values().for_each(|tab| tab.close(CloseCode::Unavailable));
        *self = Self::new(self.identity, Arc::clone(&self.parts));
        self.started(ctx);
    }
}
