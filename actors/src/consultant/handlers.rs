//! What a consultant's actor does when it is asked or told something.

use std::sync::Arc;

use actix::fut::{ready, wrap_future};
use actix::{ActorFutureExt as _, AsyncContext as _, AtomicResponse, Context, Handler};
use futures_util::future::join_all;

use super::{
    Changed, ChatError, Choose, CloseDesks, ComeAgain, ConsultantActor, Desk, DeskGone, Greet, Lists, TellLists,
};
use crate::business::{ChatEnded, ConsultantCame, StatusChosen};
use crate::chat::{Asker, Join, Leave, Snapshot, to_json};
use crate::consultant::Given;
use crate::ids::ChatId;
use crate::kit::chaos::{Victim, strike};
use crate::kit::{ASK, tell};
use crate::protocol::{ChatView, Seq, ToConsultant};
use crate::socket::Socket;

impl ConsultantActor {
    pub(super) fn turn(&mut self, ctx: &mut Context<Self>) {
        self.fair.turn(ctx);
        strike(Victim::Consultant);
    }

    fn asker(&self) -> Asker {
        Asker::Consultant { business: self.business, account: self.account }
    }

    /// Joins a desk to a chat; nothing when the chat is not this consultant's any more.
    fn join(
        &self,
        chat: ChatId,
        socket: Socket,
        have: Option<Seq>,
        shows: bool,
    ) -> impl Future<Output = Result<Option<Snapshot>, ChatError>> + use<> {
        let join = Join { asker: self.asker(), socket, have, visit: None, shows };
        let asked = self.parts.chat(chat, self.business).map(|actor| actor.send(join).timeout(ASK));
        async move {
            let joined = match asked {
                Ok(asked) => asked.await.unwrap_or(Err(ChatError::Unavailable)),
                Err(error) => Err(error),
            };
            match joined {
                Ok(snapshot) => Ok(Some(snapshot)),
                Err(ChatError::Unavailable) => Err(ChatError::Unavailable),
                Err(_not_ours) => Ok(None),
            }
        }
    }

    /// The lists as they are now.
    fn lists(&self) -> Lists {
        let board = self.parts.business(self.business).map(|business| business.board.load_full());
        let (waiting, team) = board.map(|board| (board.waiting.clone(), board.team.clone())).unwrap_or_default();
        Lists { ver: self.ver, waiting, team }
    }

    /// A chat as a desk shows it.
    fn view(&self, chat: Snapshot) -> ChatView {
        let board = self.parts.business(self.business).map(|business| business.board.load_full()).unwrap_or_default();
        chat.on_desk(&board)
    }

    /// The chats this consultant answers, as the business has decided.
    fn answered(&self) -> Vec<ChatId> {
        let board = self.parts.business(self.business).map(|business| business.board.load_full());
        board.and_then(|board| board.answered.get(&self.account).cloned()).unwrap_or_default()
    }

    fn desk(&mut self, socket: Socket, chats: Vec<Snapshot>) -> Desk {
        self.chats = chats.iter().map(|chat| chat.id).chain(std::mem::take(&mut self.chats)).collect();
        self.desks.insert(socket.id, socket);
        let board = self.parts.business(self.business).map(|business| business.board.load_full());
        let status = board.and_then(|board| board.own_status.get(&self.account).copied()).unwrap_or_default();
        let mut chats: Vec<ChatView> = chats.into_iter().map(|chat| self.view(chat)).collect();
        chats.sort_by_key(|chat| chat.opened_at);
        Desk { lists: self.lists(), chats, calls: self.calls.values().cloned().collect(), status }
    }
}

impl Handler<Greet> for ConsultantActor {
    type Result = AtomicResponse<Self, Result<Desk, ChatError>>;

    fn handle(&mut self, Greet { socket, have }: Greet, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        if let Some(grace) = self.grace.take() {
            ctx.cancel_future(grace);
        }
        self.parts.tell_business(self.business, ConsultantCame(self.account));
        let joining =
            self.answered().into_iter().map(|chat| self.join(chat, socket.clone(), have.get(&chat).copied(), false));
        let joined = join_all(joining.collect::<Vec<_>>());
        AtomicResponse::new(Box::pin(wrap_future(joined).map(|joined, this: &mut Self, ctx: &mut Context<Self>| {
            // A desk without one of its chats would never hear of it: better to come again.
            let chats: Result<Vec<_>, _> = joined.into_iter().collect();
            if chats.is_err() {
                this.await_desk(ctx);
            }
            Ok(this.desk(socket, chats?.into_iter().flatten().collect()))
        })))
    }
}

impl Handler<DeskGone> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, DeskGone(socket): DeskGone, ctx: &mut Self::Context) {
        self.desks.remove(&socket);
        self.tell_calls(socket);
        for chat in self.chats.iter().filter_map(|chat| self.parts.chats.get(*chat)) {
            tell(&chat, Leave(socket));
        }
        self.await_desk(ctx);
        self.turn(ctx);
    }
}

impl Handler<Given> for ConsultantActor {
    type Result = AtomicResponse<Self, ()>;

    fn handle(&mut self, Given(chat): Given, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        self.await_desk(ctx);
        if !self.chats.insert(chat) {
            return AtomicResponse::new(Box::pin(ready(())));
        }
        let desks: Vec<Socket> = self.desks.values().cloned().collect();
        let joining: Vec<_> = desks.iter().map(|desk| self.join(chat, desk.clone(), None, true)).collect();
        AtomicResponse::new(Box::pin(wrap_future(join_all(joining)).map(move |joined, this: &mut Self, _: &mut _| {
            if !joined.iter().all(|joined| matches!(joined, Ok(Some(_)))) {
                // The business says it again in a while.
                this.chats.remove(&chat);
            }
        })))
    }
}

impl Handler<ChatEnded> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, ChatEnded(chat): ChatEnded, _: &mut Self::Context) {
        self.chats.remove(&chat);
    }
}

impl Handler<Changed> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, Changed(change): Changed, ctx: &mut Self::Context) {
        self.turn(ctx);
        self.ver = self.ver.wrapping_add(1);
        let frame = to_json(&ToConsultant::Delta { ver: self.ver, change: change.as_ref().clone() });
        for desk in self.desks.values() {
            desk.send(frame.clone());
        }
    }
}

impl Handler<TellLists> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, TellLists(socket): TellLists, ctx: &mut Self::Context) {
        self.turn(ctx);
        let frame = to_json(&ToConsultant::Lists(self.lists()));
        for desk in self.desks.values().filter(|desk| socket.is_none_or(|socket| socket == desk.id)) {
            desk.send(frame.clone());
        }
    }
}

impl Handler<Choose> for ConsultantActor {
    type Result = AtomicResponse<Self, Result<(), ChatError>>;

    fn handle(&mut self, Choose(status): Choose, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let kept = Arc::clone(&self.parts.ports.books).save_status(self.business, self.account, status);
        AtomicResponse::new(Box::pin(wrap_future(kept).map(move |kept, this: &mut Self, _: &mut _| {
            kept.map_err(|_away| ChatError::Unavailable)?;
            this.parts.tell_business(this.business, StatusChosen { account: this.account, status });
            Ok(())
        })))
    }
}

impl Handler<ComeAgain> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, _: ComeAgain, _: &mut Self::Context) {
        if !self.desks.is_empty() {
            self.parts.tell_business(self.business, ConsultantCame(self.account));
        }
    }
}

impl Handler<CloseDesks> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, CloseDesks(code): CloseDesks, _: &mut Self::Context) {
        self.desks.values().for_each(|desk| desk.close(code));
    }
}
