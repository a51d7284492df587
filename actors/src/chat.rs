//! `ChatActor`: one chat. Numbers what is said, keeps it, then tells everybody in it.
//!
//! It never tells what is not kept, and never remembers what was not.

mod commit;
mod handlers;
mod invitations;
mod members;
mod notices;
mod requests;
mod session;
mod snapshot;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use actix::fut::wrap_future;
use actix::{Actor, ActorContext as _, ActorFutureExt as _, AsyncContext as _, Context, Supervised};
use tokio::time::Instant;
use tracing::warn;

pub(crate) use members::{Leave, Member, Members, to_json};
pub(crate) use requests::{
    Accept, Asker, Called, Close, GiveBack, Invite, Join, NotNow, Notice, Place, Say, Seen, Sweep, Typing,
    VisitChanged, VisitorGone,
};
pub(crate) use session::{ChatError, ChatSession, NEWEST};
pub(crate) use snapshot::Snapshot;

use crate::business::{Assigned, ChatEnded, ChatRests, VisitorIsHere, Waiter, Waits};
use crate::ids::ChatId;
use crate::kit::Fair;
use crate::parts::Parts;
use crate::ports::JournalError;
use crate::protocol::{Author, ChatState};

/// How soon a chat asks a storage again that did not answer.
const RELOAD: Duration = Duration::from_millis(500);

/// How long an actor that found no chat stays to answer those who asked.
const UNKNOWN_STAYS: Duration = Duration::from_secs(2);

/// What the actor knows of its chat.
pub(crate) enum Life {
    /// The journal has not answered yet, or is away.
    Loading,
    Ready(Box<ChatSession>),
    /// The journal knows no such chat.
    Unknown,
}

/// One chat.
pub(crate) struct ChatActor {
    id: ChatId,
    parts: Arc<Parts>,
    life: Life,
    members: Members,
    /// Is the visitor there, or was until a moment ago?
    here: bool,
    place: Option<Place>,
    touched: Instant,
    fair: Fair,
}

impl ChatActor {
    /// A chat that is kept; its first request waits until it is loaded.
    pub(crate) fn new(id: ChatId, parts: Arc<Parts>) -> Self {
        Self {
            id,
            parts,
            life: Life::Loading,
            members: Members::default(),
            here: false,
            place: None,
            touched: Instant::now(),
            fair: Fair::default(),
        }
    }

    /// Loads what was kept; the mailbox rests meanwhile.
    ///
    /// First everything that was asked of the journal must have been kept or
    /// refused, or an append on its way would be missed.
    fn load(&mut self, ctx: &mut Context<Self>) {
        let journal = Arc::clone(&self.parts.ports.journal);
        let id = self.id;
        let newest = u32::try_from(NEWEST).unwrap_or(u32::MAX);
        let loaded = async move {
            journal.flush().await?;
            journal.load(id, newest).await
        };
        ctx.wait(wrap_future(loaded).map(|record, this: &mut Self, ctx: &mut Context<Self>| match record {
            Ok(record) => this.begin(ChatSession::load(record)),
            Err(JournalError::Unknown) => {
                this.life = Life::Unknown;
                ctx.run_later(UNKNOWN_STAYS, |_, ctx| ctx.stop());
            }
            Err(JournalError::Unavailable | JournalError::Stale) => {
                this.life = Life::Loading;
                ctx.run_later(RELOAD, Self::load);
            }
        }));
    }

    fn begin(&mut self, session: ChatSession) {
        if let session::Missed::StartOver(newest) = session.missed(None) {
            self.members.catch_up(&newest, None);
        }
        self.life = Life::Ready(Box::new(session));
        self.announce();
    }

    /// Tells where the chat stands: whoever missed it when the actor fell hears it now.
    fn announce(&self) {
        let Life::Ready(session) = &self.life else { return };
        let business = session.business;
        match (session.state, session.consultant) {
            (ChatState::Closed, _) => self.tell_ended(session),
            (ChatState::Open, Some(account)) => {
                self.parts.tell_business(business, Assigned { chat: self.id, account });
            }
            (ChatState::Open | ChatState::Waiting, _) => {
                if let Some(waiter) = self.waiter(session) {
                    self.parts.tell_business(business, Waits(waiter));
                }
            }
        }
    }

    fn tell_ended(&self, session: &ChatSession) {
        self.parts.tell_business(session.business, ChatEnded(self.id));
        self.parts.tell_visitor(session.visitor, ChatEnded(self.id));
        if let Some(account) = session.consultant {
            self.parts.tell_consultant(account, ChatEnded(self.id));
        }
    }

    /// Closes a chat that was silent too long, and leaves memory when nobody needs it.
    fn sweep(&mut self, ctx: &mut Context<Self>) {
        let Life::Ready(session) = &self.life else { return };
        let options = &self.parts.options;
        let is_closed = session.state == ChatState::Closed;
        let silent_until = session.last_at.after(options.silence);
        let is_awaited = session.state == ChatState::Waiting && self.here;
        if !is_closed && !is_awaited && self.parts.ports.clock.now() >= silent_until {
            crate::kit::tell(&ctx.address(), Close(Asker::Hub));
        } else if self.members.is_empty() && (is_closed || self.touched.elapsed() >= options.idle) {
            if !is_closed {
                self.parts.tell_business(session.business, ChatRests { chat: self.id, wake_at: silent_until });
            }
            ctx.stop();
        }
    }

    fn session(&self) -> Result<&ChatSession, ChatError> {
        match &self.life {
            Life::Ready(session) => Ok(session),
            Life::Unknown => Err(ChatError::Unknown),
            Life::Loading => Err(ChatError::Unavailable),
        }
    }

    fn session_mut(&mut self) -> Option<&mut ChatSession> {
        match &mut self.life {
            Life::Ready(session) => Some(session),
            Life::Unknown | Life::Loading => None,
        }
    }

    /// Who the asker is in this chat; strangers see no chat at all.
    fn author(&self, asker: Asker) -> Result<Author, ChatError> {
        let session = self.session()?;
        match asker {
            Asker::Hub => Ok(Author::Hub),
            Asker::Visitor(visitor) if visitor == session.visitor => Ok(Author::Visitor),
            Asker::Consultant { business, account } if business == session.business => {
                Ok(Author::Consultant { account })
            }
            Asker::Visitor(_) | Asker::Consultant { .. } => Err(ChatError::Unknown),
        }
    }

    /// The chat as the waiting room shows it.
    fn waiter(&self, session: &ChatSession) -> Option<Waiter> {
        let (since, returned) = session.wait();
        Some(Waiter {
            chat: self.id,
            visitor: session.visitor,
            package: session.package,
            since,
            returned,
            preview: session.last_message()?.preview(crate::text::LINE_CHARS),
            visit: Arc::new(session.visit.clone()),
            here: self.here,
            offered: None,
        })
    }

    fn set_here(&mut self, here: bool) {
        if self.here == here {
            return;
        }
        self.here = here;
        let frame = crate::protocol::ToConsultant::Here { chat: self.id, here };
        self.members.pass_to_consultant(&frame, None);
        if let Ok(session) = self.session() {
            self.parts.tell_business(session.business, VisitorIsHere { chat: self.id, here });
        }
    }
}

impl Actor for ChatActor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        if matches!(self.life, Life::Loading) {
            self.load(ctx);
        }
    }

    fn stopped(&mut self, ctx: &mut Self::Context) {
        self.parts.chats.forget(self.id, &ctx.address());
    }
}

impl Supervised for ChatActor {
    fn restarting(&mut self, ctx: &mut Self::Context) {
        warn!(chat = %self.id, "loading the chat again");
        let members = std::mem::take(&mut self.members);
        *self = Self { members, here: self.here, place: self.place, ..Self::new(self.id, Arc::clone(&self.parts)) };
        self.started(ctx);
    }
}
