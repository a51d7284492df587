//! What a visitor's actor does when it is asked or told something.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix::fut::{ready, wrap_future};
use actix::{ActorFutureExt as _, AsyncContext as _, AtomicResponse, Context, Handler};
use futures_util::future::join_all;

use super::form::{self, Filled};
use super::identity::identity;
use super::{
    ChatError, FilledForm, Greet, Greeted, Identify, OpenChat, OpenError, RESUMED_CHATS, TabGone, VisitorActor,
};
use crate::business::{ChatEnded, Waiter, Waits};
use crate::call::CallTabGone;
use crate::chat::{Asker, ChatSession, Join, Leave, NEWEST, Snapshot, VisitChanged, to_json};
use crate::ids::ChatId;
use crate::kit::chaos::{Victim, strike};
use crate::kit::{ASK, tell};
use crate::ports::{NewChat, Opened, Visit};
use crate::protocol::{Ack, ChatState, CloseCode, Seq, ToVisitor, VisitorChat};
use crate::socket::{Acked, Socket};
use crate::text::{LINE_CHARS, PlainText};

impl VisitorActor {
    pub(super) fn turn(&mut self, ctx: &mut Context<Self>) {
        self.fair.turn(ctx);
        strike(Victim::Visitor);
    }

    /// Joins a tab to a chat; a chat that fell too often can still be read.
    fn join(
        &self,
        chat: ChatId,
        socket: Socket,
        have: Option<Seq>,
        shows: bool,
    ) -> impl Future<Output = Result<Option<Snapshot>, ChatError>> + use<> {
        let asker = Asker::Visitor(self.identity.id);
        let join = Join { asker, socket, have, visit: Some(self.visit.clone()), shows };
        let asked = self.parts.chat(chat, self.identity.business).map(|actor| actor.send(join).timeout(ASK));
        let (parts, visitor) = (Arc::clone(&self.parts), self.identity.id);
        async move {
            let joined = match asked {
                Ok(asked) => asked.await.unwrap_or(Err(ChatError::Unavailable)),
                Err(error) => Err(error),
            };
            match joined {
                Ok(snapshot) => Ok(Some(snapshot)),
                Err(ChatError::Quarantined) => {
                    let newest = u32::try_from(NEWEST).unwrap_or(u32::MAX);
                    let kept = parts.ports.journal.load(chat, newest).await.ok();
                    Ok(kept
                        .filter(|kept| kept.visitor == visitor)
                        .map(|kept| Snapshot::frozen(&ChatSession::load(kept))))
                }
                Err(ChatError::Unavailable) => Err(ChatError::Unavailable),
                Err(
                    ChatError::Unknown
                    | ChatError::Closed
                    | ChatError::Taken
                    | ChatError::Offered
                    | ChatError::NotYours,
                ) => Ok(None),
            }
        }
    }

    fn view(&self, chat: Snapshot) -> VisitorChat {
        let business = self.parts.business(self.identity.business);
        let board = business.map(|business| business.board.load_full()).unwrap_or_default();
        VisitorChat {
            id: chat.id,
            seq: chat.seq,
            state: chat.state,
            consultant: chat.consultant,
            faces: board.faces_in(&chat.events, chat.consultant),
            seen: chat.seen,
            events: chat.events,
            reset: chat.reset,
            place: chat.place.filter(|_| chat.state == ChatState::Waiting).map(|place| place.place),
        }
    }

    fn greeted(&mut self, socket: Socket, chats: Vec<Snapshot>) -> Greeted {
        let open = chats.iter().filter(|chat| chat.state != ChatState::Closed).map(|chat| chat.id);
        self.chats.extend(open);
        self.tabs.insert(socket.id, socket);
        let chats = chats.into_iter().map(|chat| self.view(chat)).collect();
        Greeted { chats, call: self.call.clone() }
    }

    /// Refuses a chat that would break a limit.
    fn check_may_open(&self, form: &FilledForm) -> Result<Filled, OpenError> {
        if self.chats.len() >= self.parts.options.chats_per_visitor {
            return Err(OpenError::TooMany);
        }
        let business = self.parts.business(self.identity.business).ok_or(OpenError::Unavailable)?;
        let board = business.board.load();
        let waiting = board.waiting_by_package.get(&self.identity.package).copied().unwrap_or_default();
        if waiting >= self.parts.options.waiting_per_package {
            return Err(OpenError::Full);
        }
        let package = board.packages.get(&self.identity.package).ok_or(OpenError::Unavailable)?;
        form::check(package, form).map_err(OpenError::Form)
    }

    fn new_chat(&self, open: &OpenChat, filled: Filled) -> NewChat {
        let at = self.parts.ports.clock.now();
        NewChat {
            id: ChatId::mint(at),
            business: self.identity.business,
            package: self.identity.package,
            visitor: self.identity.id,
            token: self.identity.token,
            cid: open.cid.clone(),
            body: open.body.clone(),
            visit: Visit { answers: filled.answers, given_name: filled.name, ..self.visit.clone() },
            at,
        }
    }

    /// Shows a chat that was just kept on every tab and seats its visitor in the waiting room.
    fn begin(&mut self, opened: Opened, open: &OpenChat, given_name: Option<PlainText>) {
        let author = open.socket;
        self.chats.insert(opened.chat);
        // The tabs join first, so that the chat is there when the place in line is told.
        for tab in self.tabs.values() {
            let have = if tab.id == author { Seq::ZERO.next() } else { Seq::ZERO };
            let joined = self.join(opened.chat, tab.clone(), Some(have), true);
            let tab = tab.clone();
            actix::spawn(async move {
                if joined.await.is_err() {
                    // It would never hear of this chat; connected again it does.
                    tab.close(CloseCode::Unavailable);
                }
            });
        }
        if !opened.repeated {
            let waiter = Waiter {
                chat: opened.chat,
                visitor: self.identity.id,
                package: self.identity.package,
                since: opened.at,
                returned: false,
                preview: open.body.preview(LINE_CHARS),
                visit: Arc::new(Visit { given_name, ..self.visit.clone() }),
                here: true,
                offered: None,
            };
            self.parts.tell_business(self.identity.business, Waits(waiter));
        }
    }
}

impl Handler<Greet> for VisitorActor {
    type Result = AtomicResponse<Self, Result<Greeted, ChatError>>;

    fn handle(&mut self, greet: Greet, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let Greet { socket, visit, kept, have } = greet;
        if let Some(grace) = self.grace.take() {
            ctx.cancel_future(grace);
        }
        self.visit = visit;
        let resumed = have.keys().copied().take(RESUMED_CHATS);
        let chats: BTreeSet<ChatId> = self.chats.iter().copied().chain(kept).chain(resumed).collect();
        let joining: Vec<_> =
            chats.into_iter().map(|chat| self.join(chat, socket.clone(), have.get(&chat).copied(), false)).collect();
        AtomicResponse::new(Box::pin(wrap_future(join_all(joining)).map(|joined, this: &mut Self, ctx: &mut _| {
            let joined: Result<Vec<_>, ChatError> = joined.into_iter().collect();
            match joined {
                Ok(chats) => Ok(this.greeted(socket, chats.into_iter().flatten().collect())),
                Err(error) => {
                    this.await_tab(ctx);
                    Err(error)
                }
            }
        })))
    }
}

impl Handler<OpenChat> for VisitorActor {
    type Result = AtomicResponse<Self, Result<Acked, OpenError>>;

    fn handle(&mut self, open: OpenChat, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let filled = match self.check_may_open(&open.form) {
            Ok(filled) => filled,
            Err(error) => return AtomicResponse::new(Box::pin(ready(Err(error)))),
        };
        let given_name = filled.name.clone();
        let kept = self.parts.ports.journal.open(self.new_chat(&open, filled));
        AtomicResponse::new(Box::pin(wrap_future(kept).map(move |kept, this: &mut Self, _: &mut _| {
            strike(Victim::Visitor);
            let opened = kept.map_err(|_away| OpenError::Unavailable)?;
            let ack = Ack { cid: open.cid.clone(), chat: opened.chat, seq: Seq::ZERO.next(), at: opened.at };
            // Told here, so that nothing of the new chat comes before it.
            let author = this.tabs.get(&open.socket);
            let is_told = author.is_some_and(|tab| tab.send(to_json(&ToVisitor::Ack(ack.clone()))));
            this.begin(opened, &open, given_name);
            Ok(Acked { ack, is_told })
        })))
    }
}

impl Handler<Identify> for VisitorActor {
    type Result = ();

    fn handle(&mut self, Identify(claim): Identify, ctx: &mut Self::Context) {
        self.turn(ctx);
        let business = self.parts.business(self.identity.business);
        let board = business.map(|business| business.board.load_full()).unwrap_or_default();
        let package = board.packages.get(&self.identity.package);
        let secret = package.and_then(|package| package.identity_secret.as_deref());
        self.visit.identity = identity(claim, secret, self.parts.ports.clock.now());
        for chat in self.chats.iter().filter_map(|chat| self.parts.chats.get(*chat)) {
            tell(&chat, VisitChanged(self.visit.clone()));
        }
    }
}

impl Handler<TabGone> for VisitorActor {
    type Result = ();

    fn handle(&mut self, TabGone(socket): TabGone, ctx: &mut Self::Context) {
        self.tabs.remove(&socket);
        self.tell_call(CallTabGone(socket));
        for chat in self.chats.iter().filter_map(|chat| self.parts.chats.get(*chat)) {
            tell(&chat, Leave(socket));
        }
        self.await_tab(ctx);
        self.turn(ctx);
    }
}

impl Handler<ChatEnded> for VisitorActor {
    type Result = ();

    fn handle(&mut self, ChatEnded(chat): ChatEnded, _: &mut Self::Context) {
        self.chats.remove(&chat);
    }
}
