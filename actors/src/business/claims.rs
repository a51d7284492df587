//! A claim: one winner, decided here, then kept by the chat.

use actix::fut::{ready, wrap_future};
use actix::{ActorFutureExt as _, Handler, MailboxError, Message, ResponseActFuture};

use super::BusinessActor;
use super::waiting_room::{ClaimError, Claimed, Waiter};
use crate::chat::{Accept, ChatError};
use crate::consultant::Given;
use crate::ids::{AccountId, ChatId};
use crate::kit::ASK;

/// A consultant wants to answer a waiting visitor.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Claim {
    pub(crate) chat: ChatId,
    pub(crate) account: AccountId,
}

impl Handler<Claim> for BusinessActor {
    type Result = ResponseActFuture<Self, Result<(), ChatError>>;

    fn handle(&mut self, Claim { chat, account }: Claim, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        if !self.is_loaded {
            return Box::pin(ready(Err(ChatError::Unavailable)));
        }
        if !self.offers.may_claim(chat, account) {
            return Box::pin(ready(Err(ChatError::Offered)));
        }
        match self.room.claim(chat, account) {
            Ok(Claimed::Now(waiter)) => self.accept(waiter, account),
            Ok(Claimed::Before) => {
                self.hand_over(chat, account);
                Box::pin(ready(Ok(())))
            }
            Err(ClaimError::Taken) => Box::pin(ready(Err(ChatError::Taken))),
            Err(ClaimError::Unknown) => Box::pin(ready(Err(ChatError::Unknown))),
        }
    }
}

impl BusinessActor {
    /// Asks the chat to keep the winner; whatever goes wrong seats the visitor again.
    pub(super) fn accept(
        &mut self,
        waiter: Waiter,
        account: AccountId,
    ) -> ResponseActFuture<Self, Result<(), ChatError>> {
        self.unseat(waiter.chat);
        let asked = self.roster.face(account).ok_or(ChatError::NotYours).and_then(|face| {
            let chat = self.parts.chat(waiter.chat, self.id)?;
            Ok(chat.send(Accept(face)).timeout(ASK))
        });
        let accepted = async move {
            match asked?.await {
                Ok(accepted) => accepted,
                Err(MailboxError::Closed | MailboxError::Timeout) => Err(ChatError::Unavailable),
            }
        };
        Box::pin(wrap_future(accepted).map(move |accepted, this: &mut Self, _: &mut _| {
            match accepted {
                Ok(()) => this.won(&waiter, account),
                Err(ChatError::Closed | ChatError::Unknown | ChatError::Quarantined) => {
                    this.room.leave(waiter.chat);
                }
                Err(ChatError::Taken | ChatError::Offered | ChatError::NotYours | ChatError::Unavailable) => {
                    this.seat(waiter);
                }
            }
            accepted
        }))
    }

    fn won(&mut self, waiter: &Waiter, account: AccountId) {
        self.offers.end(waiter.chat);
        self.roster.given(account, self.parts.ports.clock.now());
        self.room.remember_wait(self.parts.ports.clock.now().since(waiter.since));
        self.tell_places();
        self.hand_over(waiter.chat, account);
    }

    /// Shows the chat on the desks of its consultant.
    ///
    /// When the last desk is gone meanwhile the actor starts anew, and its grace
    /// time gives the chat back.
    pub(super) fn hand_over(&self, chat: ChatId, account: AccountId) {
        crate::kit::tell(&self.parts.consultant(self.id, account), Given(chat));
    }
}
