//! How a chat answers: decide, keep, tell, answer — always in this order.

use std::sync::Arc;

use actix::fut::{ready, wrap_future};
use actix::{ActorFutureExt as _, AtomicResponse, Context, Handler};
use tokio::time::Instant;

use super::members::to_json;
use super::session::{Missed, RESUMABLE, Saying};
use super::{
    Accept, ChatActor, ChatError, Close, GiveBack, Join, Leave, Member, Place, Say, Seen, Snapshot, Sweep, Typing,
    VisitChanged, VisitorGone,
};
use crate::kit::chaos::{Victim, strike, strike_poison};
use crate::ports::Entry;
use crate::protocol::{Ack, Author, ChatState, Event, Seq, Side, ToConsultant, ToVisitor};
use crate::socket::{Acked, Socket};

/// An answer that lets the mailbox rest until it is given.
pub(super) type Resting<T> = AtomicResponse<ChatActor, Result<T, ChatError>>;

impl ChatActor {
    pub(super) fn turn(&mut self, ctx: &mut Context<Self>) {
        self.touched = Instant::now();
        self.fair.turn(ctx);
    }

    /// Keeps what was decided, when there is something to keep.
    pub(super) fn decided(&self, decision: Result<Option<Entry>, ChatError>) -> Resting<()> {
        match decision {
            Ok(Some(entry)) => self.keep(entry, None, |_, _, _| ()),
            Ok(None) => Self::answer(Ok(())),
            Err(error) => Self::answer(Err(error)),
        }
    }

    fn answer<T: 'static>(answer: Result<T, ChatError>) -> Resting<T> {
        AtomicResponse::new(Box::pin(ready(answer)))
    }

    fn snapshot(&self, events: Vec<Event>, reset: bool) -> Result<Snapshot, ChatError> {
        let snapshot = Snapshot::of(self.session()?, events, reset);
        Ok(Snapshot { here: self.here, place: self.place, ..snapshot })
    }

    /// Tells the desks of the consultant what is known of the visitor now.
    fn tell_visit(&self) {
        let Ok(snapshot) = self.snapshot(Vec::new(), false) else { return };
        let business = self.session().ok().and_then(|session| self.parts.business(session.business));
        let board = business.map(|business| business.board.load_full()).unwrap_or_default();
        let visitor = snapshot.on_desk(&board).visitor;
        self.members.pass_to_consultant(&ToConsultant::Visitor { chat: self.id, visitor }, None);
    }

    /// Shows a socket the chat it was not greeted with.
    fn shown(&self, snapshot: Result<Snapshot, ChatError>, to: Option<(Socket, Side)>) -> Result<Snapshot, ChatError> {
        let snapshot = snapshot?;
        match to {
            Some((desk, Side::Consultant)) => {
                let business = self.session().map(|session| session.business)?;
                let board = self.parts.business(business).map(|business| business.board.load_full());
                let view = snapshot.clone().on_desk(&board.unwrap_or_default());
                desk.send(to_json(&ToConsultant::Chat(view)));
            }
            Some((tab, Side::Visitor)) => {
                for event in &snapshot.events {
                    tab.send(to_json(&ToVisitor::Ev(event.clone())));
                }
            }
            None => {}
        }
        Ok(snapshot)
    }

    /// Lets a verified socket see the chat and decides what it missed.
    fn admit(&mut self, join: Join) -> Result<(Missed, Option<Seq>), ChatError> {
        let author = self.author(join.asker)?;
        let session = self.session_mut().ok_or(ChatError::Unavailable)?;
        if matches!(author, Author::Consultant { account } if session.consultant != Some(account)) {
            return Err(ChatError::NotYours);
        }
        let visit = join.visit.map(|visit| session.visit.clone().on_another_page(visit));
        if let Some(visit) = visit.filter(|visit| *visit != session.visit) {
            session.visit = visit;
            self.tell_visit();
        }
        let session = self.session_mut().ok_or(ChatError::Unavailable)?;
        let missed = session.missed(join.have);
        let sent = session.last_seq;
        let is_closed = session.state == ChatState::Closed;
        let side = join.asker.side();
        if !is_closed {
            self.members.join(Member { socket: join.socket, side, sent });
        }
        if side == Side::Visitor && !is_closed {
            self.set_here(true);
        }
        Ok((missed, join.have))
    }
}

impl Handler<Join> for ChatActor {
    type Result = Resting<Snapshot>;

    fn handle(&mut self, join: Join, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        strike(Victim::Chat);
        let have = join.have;
        let shown = join.shows.then(|| (join.socket.clone(), join.asker.side()));
        match self.admit(join) {
            Ok((Missed::Events(events), _)) => Self::answer(self.shown(self.snapshot(events, false), shown)),
            Ok((Missed::StartOver(events), _)) => Self::answer(self.shown(self.snapshot(events, true), shown)),
            Ok((Missed::InStorage, _)) => {
                let missed = self.parts.ports.journal.events_after(self.id, have.unwrap_or_default(), RESUMABLE);
                AtomicResponse::new(Box::pin(wrap_future(missed).map(|events, this: &mut Self, _: &mut _| {
                    this.snapshot(events.map_err(|_unavailable| ChatError::Unavailable)?, false)
                })))
            }
            Err(error) => Self::answer(Err(error)),
        }
    }
}

impl Handler<VisitChanged> for ChatActor {
    type Result = ();

    fn handle(&mut self, VisitChanged(visit): VisitChanged, ctx: &mut Self::Context) {
        self.turn(ctx);
        let Some(session) = self.session_mut() else { return };
        session.visit = session.visit.clone().on_another_page(visit);
        self.tell_visit();
    }
}

impl Handler<Leave> for ChatActor {
    type Result = ();

    fn handle(&mut self, Leave(socket): Leave, ctx: &mut Self::Context) {
        self.turn(ctx);
        self.members.leave(socket);
    }
}

impl Handler<Say> for ChatActor {
    type Result = Resting<Acked>;

    fn handle(&mut self, say: Say, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        strike(Victim::Chat);
        strike_poison(say.body.as_str());
        let now = self.parts.ports.clock.now();
        let (chat, cid) = (self.id, say.cid.clone());
        let saying = self.author(say.asker).and_then(|author| self.session()?.say(author, say.cid, say.body, now));
        match saying {
            Ok(Saying::Keep(entry)) => self.keep(entry, Some(say.socket), move |this, seq, at| {
                this.members.acknowledge(say.socket, Ack { cid, chat, seq, at })
            }),
            Ok(Saying::Repeated { seq, at }) => {
                Self::answer(Ok(self.members.acknowledge(say.socket, Ack { cid, chat, seq, at })))
            }
            Err(error) => Self::answer(Err(error)),
        }
    }
}

impl Handler<Accept> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, Accept(consultant): Accept, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.session().and_then(|session| session.accept(consultant, now));
        self.decided(decision)
    }
}

impl Handler<GiveBack> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, GiveBack(account): GiveBack, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.session().map(|session| session.give_back(account, now));
        self.decided(decision)
    }
}

impl Handler<Close> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, Close(asker): Close, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.author(asker).and_then(|author| self.session()?.close(author, now));
        self.decided(decision)
    }
}

impl Handler<Typing> for ChatActor {
    type Result = ();

    fn handle(&mut self, typing: Typing, ctx: &mut Self::Context) {
        self.turn(ctx);
        let chat = self.id;
        let Ok(session) = self.session() else { return };
        match self.author(typing.asker) {
            Ok(Author::Visitor) => {
                let frame = ToConsultant::Typing { chat, draft: typing.draft };
                self.members.pass_to_consultant(&frame, Some(typing.socket));
            }
            Ok(Author::Consultant { account }) if session.consultant == Some(account) => {
                let frame = ToVisitor::Typing { chat, writing: typing.writing };
                self.members.pass_to_visitor(&frame, Some(typing.socket));
            }
            Ok(Author::Consultant { .. } | Author::Hub) | Err(_) => {}
        }
    }
}

impl Handler<Seen> for ChatActor {
    type Result = ();

    fn handle(&mut self, seen: Seen, ctx: &mut Self::Context) {
        self.turn(ctx);
        let Ok(author) = self.author(seen.asker) else { return };
        let (chat, seq, side) = (self.id, seen.seq, seen.asker.side());
        let Some(session) = self.session_mut() else { return };
        let is_stranger = matches!(author, Author::Consultant { account } if session.consultant != Some(account));
        if is_stranger || !session.see(side, seq) {
            return;
        }
        match side {
            Side::Visitor => self.members.pass_to_consultant(&ToConsultant::Seen { chat, seq }, Some(seen.socket)),
            Side::Consultant => self.members.pass_to_visitor(&ToVisitor::Seen { chat, seq }, Some(seen.socket)),
        }
        let marked = Arc::clone(&self.parts.ports.journal).mark_seen(chat, side, seq);
        actix::spawn(async move {
            let _a_lost_mark_is_set_by_the_next = marked.await;
        });
    }
}

impl Handler<VisitorGone> for ChatActor {
    type Result = ();

    fn handle(&mut self, _: VisitorGone, _: &mut Self::Context) {
        if !self.members.has_side(Side::Visitor) {
            self.set_here(false);
        }
    }
}

impl Handler<Sweep> for ChatActor {
    type Result = ();

    fn handle(&mut self, _: Sweep, ctx: &mut Self::Context) {
        self.sweep(ctx);
    }
}

impl Handler<Place> for ChatActor {
    type Result = ();

    fn handle(&mut self, place: Place, _: &mut Self::Context) {
        if self.place == Some(place) {
            return;
        }
        self.place = Some(place);
        let Place { place, estimate_seconds } = place;
        self.members.pass_to_visitor(&ToVisitor::Waiting { chat: self.id, place, estimate_seconds }, None);
    }
}
