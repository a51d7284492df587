//! Calls of a business: who may begin one, who is free to be rung, who talks.

use std::collections::HashMap;

use actix::{Handler, Message};
use tracing::warn;

use super::BusinessActor;
use crate::call::{CallActor, CallError, CallFacts};
use crate::ids::{AccountId, CallId, ChatId, PackageId, VisitorId};
use crate::kit::{Budget, start_guarded};
use crate::ports::Visit;
use crate::protocol::{Cid, ListsDelta};
use crate::socket::Socket;

/// A visitor asks for a call.
#[derive(Message)]
#[rtype(result = "Result<CallId, CallError>")]
pub(crate) struct BeginCall {
    pub(crate) visitor: VisitorId,
    pub(crate) package: PackageId,
    pub(crate) visit: Visit,
    pub(crate) chat: Option<ChatId>,
    pub(crate) socket: Socket,
    pub(crate) cid: Cid,
    pub(crate) to: Option<AccountId>,
}

/// A call wants to ring these; answers with those who are free, and now are not.
#[derive(Clone, Debug, Message)]
#[rtype(result = "Vec<AccountId>")]
pub(crate) struct Reserve {
    pub(crate) call: CallId,
    pub(crate) accounts: Vec<AccountId>,
}

/// A consultant is free again for other calls.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Release {
    pub(crate) call: CallId,
    pub(crate) account: AccountId,
}

/// A consultant talks from now on.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct InCall {
    pub(crate) call: CallId,
    pub(crate) account: AccountId,
}

/// A call is over; its record is being kept.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct CallEnds(pub(crate) CallId);

/// A call is over, and kept.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct CallOver(pub(crate) CallId);

/// What a business remembers of a call.
struct LiveCall {
    visitor: VisitorId,
    package: PackageId,
    cid: Cid,
    /// The visitor may call again.
    is_over: bool,
}

/// The calls of one business.
#[derive(Default)]
pub(super) struct Calls {
    live: HashMap<CallId, LiveCall>,
    /// Whom a call rings or who talks in it.
    taken: HashMap<AccountId, CallId>,
    /// Calls that the last look found without an actor.
    suspects: Vec<CallId>,
}

impl Calls {
    fn of_visitor(&self, visitor: VisitorId) -> impl Iterator<Item = (CallId, &LiveCall)> {
        self.live.iter().filter(move |(_, call)| call.visitor == visitor).map(|(id, call)| (*id, call))
    }

    fn count(&self, package: PackageId) -> usize {
        self.live.values().filter(|call| call.package == package).count()
    }

    fn is_free(&self, account: AccountId) -> bool {
        !self.taken.contains_key(&account)
    }
}

impl BusinessActor {
    fn begin_call(&mut self, begin: BeginCall) -> Result<CallId, CallError> {
        if !self.is_loaded {
            return Err(CallError::Unavailable);
        }
        if let Some((call, _)) = self.calls.of_visitor(begin.visitor).find(|(_, known)| known.cid == begin.cid) {
            return Ok(call);
        }
        if self.calls.of_visitor(begin.visitor).any(|(_, known)| !known.is_over) {
            return Err(CallError::Another);
        }
        let options = self.parts.options;
        let facts = self.facts_of(&begin)?;
        if self.parts.calls.len() >= options.calls || self.calls.count(begin.package) >= options.calls_per_package {
            return Err(CallError::Full);
        }
        let call = facts.id;
        let (tab, parts) = (begin.socket, std::sync::Arc::clone(&self.parts));
        self.parts.calls.get_or_start(call, || {
            let (business, beside) = (facts.business, std::sync::Arc::clone(&parts));
            let given_up = move || beside.tell_business(business, CallOver(call));
            start_guarded("call", Budget::ONE_PERSON, CallActor::new(facts, tab, parts), given_up)
        });
        let live = LiveCall { visitor: begin.visitor, package: begin.package, cid: begin.cid, is_over: false };
        self.calls.live.insert(call, live);
        metrics::gauge!("calls").increment(1.0);
        Ok(call)
    }

    fn facts_of(&self, begin: &BeginCall) -> Result<CallFacts, CallError> {
        let board = self.board.load();
        let package = board.packages.get(&begin.package).filter(|package| !package.is_deleted);
        let package = package.filter(|package| package.has_voice).ok_or(CallError::NoVoice)?;
        let mut candidates = self.roster.candidates(package.consultants.as_deref(), self.room.answered());
        candidates.retain(|one| self.calls.is_free(one.account));
        Ok(CallFacts {
            id: CallId::mint(self.parts.ports.clock.now()),
            business: self.id,
            package: package.id,
            package_name: package.name.clone(),
            visitor: begin.visitor,
            visit: begin.visit.clone(),
            chat: begin.chat,
            chosen: begin.to,
            candidates,
            is_open: self.hours.of(package.id).is_open,
            zone: package.zone.clone(),
        })
    }

    /// Forgets calls whose actor is gone without a word: nobody stays Busy for them.
    pub(super) fn look_after_calls(&mut self, ctx: &mut actix::Context<Self>) {
        let gone: Vec<CallId> =
            self.calls.live.keys().copied().filter(|call| self.parts.calls.get(*call).is_none()).collect();
        for call in gone.iter().filter(|call| self.calls.suspects.contains(call)) {
            warn!(%call, "a call was gone without a word");
            metrics::counter!("reconcile_fixed_total").increment(1);
            crate::kit::tell(&actix::AsyncContext::address(ctx), CallOver(*call));
        }
        self.calls.suspects = gone;
    }

    fn set_in_call(&mut self, account: AccountId, is_in_call: bool, ctx: &mut actix::Context<Self>) {
        if self.roster.set_in_call(account, is_in_call) {
            self.team_changed(account, ctx);
        }
    }
}

impl Handler<BeginCall> for BusinessActor {
    type Result = Result<CallId, CallError>;

    fn handle(&mut self, begin: BeginCall, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        self.begin_call(begin)
    }
}

impl Handler<Reserve> for BusinessActor {
    type Result = Vec<AccountId>;

    fn handle(&mut self, Reserve { call, accounts }: Reserve, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        if !self.calls.live.contains_key(&call) {
            return Vec::new();
        }
        let free = |account: &AccountId| self.calls.is_free(*account) && self.roster.can_be_rung(*account);
        let free: Vec<AccountId> = accounts.into_iter().filter(free).collect();
        self.calls.taken.extend(free.iter().map(|account| (*account, call)));
        free
    }
}

impl Handler<Release> for BusinessActor {
    type Result = ();

    fn handle(&mut self, Release { call, account }: Release, ctx: &mut Self::Context) {
        self.turn(ctx);
        if self.calls.taken.get(&account) == Some(&call) {
            self.calls.taken.remove(&account);
            self.set_in_call(account, false, ctx);
        }
    }
}

impl Handler<InCall> for BusinessActor {
    type Result = ();

    fn handle(&mut self, InCall { call, account }: InCall, ctx: &mut Self::Context) {
        self.turn(ctx);
        if self.calls.live.contains_key(&call) {
            self.calls.taken.insert(account, call);
            self.set_in_call(account, true, ctx);
        }
    }
}

impl Handler<CallEnds> for BusinessActor {
    type Result = ();

    fn handle(&mut self, CallEnds(call): CallEnds, ctx: &mut Self::Context) {
        self.turn(ctx);
        if let Some(known) = self.calls.live.get_mut(&call) {
            known.is_over = true;
        }
    }
}

impl Handler<CallOver> for BusinessActor {
    type Result = ();

    fn handle(&mut self, CallOver(call): CallOver, ctx: &mut Self::Context) {
        self.turn(ctx);
        if self.calls.live.remove(&call).is_none() {
            return;
        }
        metrics::gauge!("calls").decrement(1.0);
        let taken = self.calls.taken.iter().filter(|(_, by)| **by == call);
        for account in taken.map(|(account, _)| *account).collect::<Vec<_>>() {
            self.calls.taken.remove(&account);
            self.set_in_call(account, false, ctx);
        }
        self.tell_lists(ListsDelta::Calls);
    }
}
