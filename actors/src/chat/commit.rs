//! Keep, then tell, then answer: nothing is told before it is kept.

use actix::fut::wrap_future;
use actix::{ActorFutureExt as _, AtomicResponse, Context};
use tracing::error;

use super::handlers::Resting;
use super::{ChatActor, ChatError, Life};
use crate::business::{Assigned, Returned, WaitingSaid};
use crate::kit::chaos::{Victim, strike};
use crate::moment::Moment;
use crate::ports::{Entry, JournalError, Kept};
use crate::protocol::{Author, ChatState, Fact, Seq, Side};
use crate::socket::SocketId;

impl ChatActor {
    /// Keeps an entry, then tells everybody in the chat, then answers.
    pub(super) fn keep<T: 'static>(
        &self,
        entry: Entry,
        author: Option<SocketId>,
        answer: impl FnOnce(&Self, Seq, Moment) -> T + 'static,
    ) -> Resting<T> {
        let kept = self.parts.ports.journal.append(entry.clone());
        AtomicResponse::new(Box::pin(wrap_future(kept).map(move |kept, this: &mut Self, ctx: &mut Context<Self>| {
            strike(Victim::Chat);
            match kept {
                Ok(Kept::Now) => {
                    this.tell(&entry, author);
                    Ok(answer(this, entry.event.seq, entry.event.at))
                }
                Ok(Kept::Before { seq, at }) => Ok(answer(this, seq, at)),
                Err(error) => {
                    this.doubt(error, ctx);
                    Err(ChatError::Unavailable)
                }
            }
        })))
    }

    /// The journal may or may not have kept the last entry: only what it holds counts.
    fn doubt(&mut self, error: JournalError, ctx: &mut Context<Self>) {
        error!(chat = %self.id, %error, "the journal did not keep an event");
        self.life = Life::Loading;
        self.load(ctx);
    }

    /// Makes a kept entry part of the chat and tells whom it concerns.
    fn tell(&mut self, entry: &Entry, author: Option<SocketId>) {
        let Some(session) = self.session_mut() else { return };
        session.apply(entry);
        self.members.catch_up(std::slice::from_ref(&entry.event), author);
        self.tell_others(entry);
    }

    fn tell_others(&mut self, entry: &Entry) {
        let Ok(session) = self.session() else { return };
        let (business, chat) = (session.business, self.id);
        match &entry.event.fact {
            Fact::Said { body, .. } if session.state == ChatState::Waiting && entry.event.from != Author::Hub => {
                let preview = body.preview(crate::text::LINE_CHARS);
                self.parts.tell_business(business, WaitingSaid { chat, preview });
            }
            Fact::Said { .. } | Fact::Invited { .. } | Fact::InviteDeclined | Fact::Called { .. } => {}
            Fact::Joined { consultant } => {
                let account = consultant.id;
                self.place = None;
                self.parts.tell_business(business, Assigned { chat, account });
            }
            Fact::Returned => {
                let waiter = self.waiter(session);
                self.members.leave_all(Side::Consultant);
                if let Some(waiter) = waiter {
                    self.parts.tell_business(business, Returned(waiter));
                }
            }
            Fact::Closed => {
                self.tell_ended(session);
                self.members.clear();
            }
        }
    }
}
