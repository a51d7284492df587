//! What a business does when it is told something.

use actix::{Context, Handler};
use tracing::info;

use super::lists::PRESENCE_PAUSE;
use super::{
    Arrive, Assigned, BusinessActor, ChatEnded, ChatQuarantined, ChatRests, ConsultantCame, ConsultantGone, Depart,
    Ready, Returned, StatusChosen, VisitorIsHere, Waiter, WaitingSaid, Waits,
};
use crate::chat::GiveBack;
use crate::ids::{AccountId, ChatId};
use crate::kit::chaos::{Victim, strike};
use crate::ports::{JournalError, Stage};
use crate::protocol::ListsDelta;
use crate::status::Status;

impl BusinessActor {
    pub(super) fn turn(&mut self, ctx: &mut Context<Self>) {
        self.fair.turn(ctx);
        strike(Victim::Business);
    }

    /// Seats a visitor and tells everybody.
    pub(super) fn seat(&mut self, waiter: Waiter) {
        let chat = waiter.chat;
        let place = self.room.seat(waiter);
        self.publish();
        self.tell_waits(chat, place);
        self.tell_places();
    }

    /// A visitor waits no more.
    pub(super) fn unseat(&mut self, chat: ChatId) {
        self.publish();
        self.tell_lists(ListsDelta::WaitsNoMore { chat });
        self.tell_places();
    }

    /// Gives the chats of a consultant back who is gone.
    ///
    /// The chat tells when it is done; a storage that is away is asked again by the reconciler.
    pub(super) fn give_back(&self, account: AccountId) {
        let theirs = self.room.answered().iter().filter(|(_, answering)| **answering == account);
        for (chat, _) in theirs {
            if let Ok(actor) = self.parts.chat(*chat, self.id) {
                let given_back = actor.send(GiveBack(account));
                actix::spawn(async move {
                    let _the_reconciler_asks_again = given_back.await;
                });
            }
        }
    }
}

impl Handler<Ready> for BusinessActor {
    type Result = Result<(), JournalError>;

    fn handle(&mut self, _: Ready, _: &mut Self::Context) -> Self::Result {
        if self.is_loaded { Ok(()) } else { Err(JournalError::Unavailable) }
    }
}

impl Handler<Arrive> for BusinessActor {
    type Result = ();

    fn handle(&mut self, arrived: Arrive, ctx: &mut Self::Context) {
        self.audience.insert(arrived.socket.id, arrived);
        self.turn(ctx);
    }
}

impl Handler<Depart> for BusinessActor {
    type Result = ();

    fn handle(&mut self, Depart(socket): Depart, ctx: &mut Self::Context) {
        self.audience.remove(&socket);
        self.turn(ctx);
    }
}

impl Handler<Waits> for BusinessActor {
    type Result = ();

    fn handle(&mut self, Waits(waiter): Waits, ctx: &mut Self::Context) {
        self.turn(ctx);
        let is_known = self.room.get(waiter.chat).is_some() || self.room.answered().contains_key(&waiter.chat);
        if is_known {
            return;
        }
        let chat = waiter.chat;
        self.seat(waiter);
        self.route(chat, Stage::Arrived, ctx);
    }
}

impl Handler<WaitingSaid> for BusinessActor {
    type Result = ();

    fn handle(&mut self, said: WaitingSaid, ctx: &mut Self::Context) {
        self.turn(ctx);
        if let Some(place) = self.room.update(said.chat, |waiter| waiter.preview = said.preview) {
            self.publish();
            self.tell_waits(said.chat, place);
        }
    }
}

impl Handler<VisitorIsHere> for BusinessActor {
    type Result = ();

    fn handle(&mut self, notice: VisitorIsHere, ctx: &mut Self::Context) {
        self.turn(ctx);
        if let Some(place) = self.room.update(notice.chat, |waiter| waiter.here = notice.here) {
            self.publish();
            self.tell_waits(notice.chat, place);
        }
    }
}

impl Handler<Assigned> for BusinessActor {
    type Result = ();

    fn handle(&mut self, Assigned { chat, account }: Assigned, ctx: &mut Self::Context) {
        self.turn(ctx);
        self.offers.end(chat);
        if self.room.answer(chat, account) {
            self.unseat(chat);
        } else {
            self.publish();
        }
        self.hand_over(chat, account);
    }
}

impl Handler<Returned> for BusinessActor {
    type Result = ();

    fn handle(&mut self, Returned(waiter): Returned, ctx: &mut Self::Context) {
        self.turn(ctx);
        let chat = waiter.chat;
        self.seat(waiter);
        self.route(chat, Stage::Returned, ctx);
    }
}

impl Handler<ChatEnded> for BusinessActor {
    type Result = ();

    fn handle(&mut self, ChatEnded(chat): ChatEnded, ctx: &mut Self::Context) {
        self.turn(ctx);
        self.resting.remove(&chat);
        self.offers.end(chat);
        if self.room.leave(chat) {
            self.unseat(chat);
        } else {
            self.publish();
            self.somebody_is_free(ctx);
        }
    }
}

impl Handler<ChatQuarantined> for BusinessActor {
    type Result = ();

    fn handle(&mut self, ChatQuarantined(chat): ChatQuarantined, ctx: &mut Self::Context) {
        self.turn(ctx);
        self.resting.remove(&chat);
        self.offers.end(chat);
        if self.room.leave(chat) {
            self.unseat(chat);
        }
    }
}

impl Handler<ChatRests> for BusinessActor {
    type Result = ();

    fn handle(&mut self, ChatRests { chat, wake_at }: ChatRests, _: &mut Self::Context) {
        self.resting.insert(chat, wake_at);
    }
}

impl Handler<ConsultantCame> for BusinessActor {
    type Result = ();

    fn handle(&mut self, ConsultantCame(account): ConsultantCame, ctx: &mut Self::Context) {
        self.turn(ctx);
        if self.roster.set_connected(account, true) {
            self.team_changed(account, ctx);
        }
    }
}

impl Handler<ConsultantGone> for BusinessActor {
    type Result = ();

    fn handle(&mut self, ConsultantGone(account): ConsultantGone, ctx: &mut Self::Context) {
        self.turn(ctx);
        info!(%account, "a consultant is gone, giving the chats back");
        if self.roster.set_connected(account, false) {
            self.team_changed(account, ctx);
        }
        self.give_back(account);
    }
}

impl Handler<StatusChosen> for BusinessActor {
    type Result = ();

    fn handle(&mut self, chosen: StatusChosen, ctx: &mut Self::Context) {
        self.turn(ctx);
        if self.roster.set_status(chosen.account, chosen.status) {
            self.team_changed(chosen.account, ctx);
        }
    }
}

impl BusinessActor {
    pub(super) fn team_changed(&mut self, account: AccountId, ctx: &mut Context<Self>) {
        use actix::AsyncContext as _;

        self.roster.note_status(account, self.parts.ports.clock.now());
        self.publish();
        if let Some(colleague) = self.roster.colleague(account) {
            if colleague.status == Status::Available {
                self.somebody_is_free(ctx);
            } else {
                self.end_offers_to(account, ctx);
            }
            self.tell_lists(ListsDelta::Team { colleague });
        }
        if !std::mem::replace(&mut self.presence_due, true) {
            ctx.run_later(PRESENCE_PAUSE, |this, _| this.tell_presence());
        }
    }
}
