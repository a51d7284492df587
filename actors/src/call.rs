//! `CallActor`: one call, from the first ring until its record is kept.
//!
//! Rules decide (`session`, `voice`); the actor asks the business who is free,
//! the media for connections, and tells both sides what they see.

mod effects;
mod handlers;
mod party;
mod quality;
mod session;
mod tell;
#[cfg(test)]
mod tests;
mod times;
mod voice;

use std::sync::Arc;

use actix::fut::wrap_future;
use actix::{Actor, ActorContext as _, ActorFutureExt as _, AsyncContext as _, Context, Message, Supervised};
use tokio::time::Instant;
use tracing::{error, warn};

use session::Now;
pub(crate) use session::{CallError, CallSession};
pub(crate) use times::Times;

use crate::hours::Zone;
use crate::ids::{AccountId, BusinessId, CallId, ChatId, PackageId, VisitorId};
use crate::parts::Parts;
use crate::ports::{
    Candidate, MediaFact, NewCall, PATIENCE, Plan, RouteQuestion, Stage, Step, Visit, Wish, without_rules,
};
use crate::protocol::{CallReason, CallRequest, CallSide};
use crate::socket::{Socket, SocketId};

/// Who asks something of a call, as the edge has verified it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallAsker {
    Visitor(VisitorId),
    Consultant(AccountId),
}

/// Does something in a call, from one tab.
#[derive(Message)]
#[rtype(result = "Result<(), CallError>")]
pub(crate) struct CallAsk {
    pub(crate) asker: CallAsker,
    pub(crate) socket: Socket,
    pub(crate) request: CallRequest,
}

/// A consultant answers.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), CallError>")]
pub(crate) struct AcceptCall(pub(crate) AccountId);

/// A consultant does not want to answer.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), CallError>")]
pub(crate) struct DeclineCall(pub(crate) AccountId);

/// A consultant hands the call over to a colleague, or takes that back.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), CallError>")]
pub(crate) struct TransferCall {
    pub(crate) from: AccountId,
    pub(crate) to: Option<AccountId>,
}

/// A tab of somebody in the call is gone.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct CallTabGone(pub(crate) SocketId);

/// An account may not be here any more.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct CallAccountGone(pub(crate) AccountId);

/// The hub stops.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct EndCall(pub(crate) CallReason);

/// What the media tells.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct FromMedia(pub(crate) MediaFact);

/// What never changes about a call.
#[derive(Clone, Debug)]
pub(crate) struct CallFacts {
    pub(crate) id: CallId,
    pub(crate) business: BusinessId,
    pub(crate) package: PackageId,
    pub(crate) package_name: String,
    pub(crate) visitor: VisitorId,
    pub(crate) visit: Visit,
    pub(crate) chat: Option<ChatId>,
    /// Whom the visitor chose.
    pub(crate) chosen: Option<AccountId>,
    /// Who was not in a call at the beginning, in the order of the package.
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) is_open: bool,
    /// Of the package.
    pub(crate) zone: Zone,
}

/// One call.
pub(crate) struct CallActor {
    facts: CallFacts,
    parts: Arc<Parts>,
    session: CallSession,
    /// The tabs that have the voice: the visitor's and the consultant's.
    tabs: [Option<Socket>; 2],
    began: Instant,
    /// When everybody was told last.
    told: Instant,
    fell: bool,
}

impl CallActor {
    pub(crate) fn new(facts: CallFacts, tab: Socket, parts: Arc<Parts>) -> Self {
        let times = Times { ring: parts.options.ring, longest: parts.options.longest_call };
        Self {
            facts,
            parts,
            session: CallSession::new(times),
            tabs: [Some(tab), None],
            began: Instant::now(),
            told: Instant::now(),
            fell: false,
        }
    }

    fn now(&self) -> Now {
        Now { at: self.parts.ports.clock.now(), elapsed: self.began.elapsed() }
    }

    fn tab(&mut self, side: CallSide) -> &mut Option<Socket> {
        let [visitor, consultant] = &mut self.tabs;
        match side {
            CallSide::Visitor => visitor,
            CallSide::Consultant => consultant,
        }
    }

    /// Keeps that it rings, asks the rules whom, and rings.
    fn begin(&self, ctx: &mut Context<Self>) {
        let facts = &self.facts;
        let kept = self.parts.ports.books.begin_call(NewCall {
            id: facts.id,
            business: facts.business,
            package: facts.package,
            visitor: facts.visitor,
            chat: facts.chat,
            visit: facts.visit.clone(),
            at: self.now().at,
        });
        ctx.wait(wrap_future(kept).map(|kept, this: &mut Self, ctx: &mut Context<Self>| match kept {
            Ok(()) if !this.facts.is_open => this.finish_with(CallReason::OutsideHours, ctx),
            Ok(()) => this.plan(ctx),
            Err(error) => {
                error!(call = %this.facts.id, %error, "cannot keep a call");
                this.finish_with(CallReason::Error, ctx);
            }
        }));
    }

    fn plan(&self, ctx: &mut Context<Self>) {
        let question = self.question();
        let otherwise = without_rules(&question);
        let plan = tokio::time::timeout(PATIENCE, self.parts.ports.rules.route(question));
        ctx.spawn(wrap_future(plan).map(|plan, this: &mut Self, ctx: &mut Context<Self>| {
            let plan = plan.unwrap_or_else(|_late| {
                warn!(call = %this.facts.id, "the rules were late; ringing in the order of the list");
                otherwise
            });
            let effects = this.session.begin(steps(plan), this.now());
            this.carry_out(effects, ctx);
        }));
    }

    fn question(&self) -> RouteQuestion {
        let facts = &self.facts;
        let now = self.now().at;
        RouteQuestion {
            business: facts.business,
            package: facts.package,
            package_name: facts.package_name.clone(),
            is_open: facts.is_open,
            wish: Wish::Call(facts.id),
            stage: Stage::Arrived,
            attempt: 0,
            visitor: facts.visitor,
            visit: facts.visit.clone(),
            preview: None,
            chosen: facts.chosen,
            now,
            local: facts.zone.local(now),
            waits_since: now,
            candidates: facts.candidates.clone(),
            waiting: 0,
        }
    }

    fn finish_with(&mut self, reason: CallReason, ctx: &mut Context<Self>) {
        let effects = self.session.end(reason, self.now());
        self.carry_out(effects, ctx);
    }

    fn tick(&mut self, ctx: &mut Context<Self>) {
        let effects = self.session.tick(self.now());
        self.carry_out(effects, ctx);
        self.repeat();
    }
}

impl Actor for CallActor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.run_interval(Times::TICK, Self::tick);
        if self.fell {
            // What was being done when it fell is unknown: both sides may call again.
            self.finish_with(CallReason::Error, ctx);
        } else {
            self.begin(ctx);
        }
    }

    fn stopped(&mut self, ctx: &mut Self::Context) {
        self.parts.calls.forget(self.facts.id, &ctx.address());
        self.parts.ports.media.close(self.facts.id);
    }
}

impl Supervised for CallActor {
    fn restarting(&mut self, ctx: &mut Self::Context) {
        if self.session.is_over() {
            // It fell while its end was being kept.
            ctx.stop();
            return;
        }
        self.fell = true;
        self.started(ctx);
    }
}

/// Who is rung: in a room nobody rings, so the visitor is told that nobody is free.
fn steps(plan: Plan) -> Vec<Step> {
    match plan {
        Plan::Steps(steps) => steps,
        Plan::Room(_) => Vec::new(),
    }
}
