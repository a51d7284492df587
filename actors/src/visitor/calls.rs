//! The call of a visitor: begun for one tab, seen by all.

use actix::fut::wrap_future;
use actix::{ActorFutureExt as _, AtomicResponse, Handler, Message};

use super::VisitorActor;
use crate::business::BeginCall;
use crate::call::{CallActor, CallError, CallTabGone};
use crate::chat::to_json;
use crate::ids::{AccountId, CallId};
use crate::kit::{ASK, tell};
use crate::protocol::{CallState, Cid, ToVisitor, VisitorCall};
use crate::socket::Socket;

/// Asks for a call; the tab gets its voice.
#[derive(Message)]
#[rtype(result = "Result<CallId, CallError>")]
pub(crate) struct StartCall {
    pub(crate) socket: Socket,
    pub(crate) cid: Cid,
    pub(crate) to: Option<AccountId>,
}

/// Something about the visitor's call changed.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct VisitorCallChanged(pub(crate) VisitorCall);

impl VisitorActor {
    /// Tells the call that is not over.
    pub(super) fn tell_call(&self, notice: CallTabGone) {
        let actor: Option<std::sync::Arc<actix::Addr<CallActor>>> =
            self.call.as_ref().and_then(|call| self.parts.calls.get(call.id));
        if let Some(actor) = actor {
            tell(&actor, notice);
        }
    }
}

impl Handler<StartCall> for VisitorActor {
    type Result = AtomicResponse<Self, Result<CallId, CallError>>;

    fn handle(&mut self, start: StartCall, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let begin = BeginCall {
            visitor: self.identity.id,
            package: self.identity.package,
            visit: self.visit.clone(),
            // The newest one: ids sort by time.
            chat: self.chats.last().copied(),
            socket: start.socket,
            cid: start.cid,
            to: start.to,
        };
        let business = self.parts.business(self.identity.business);
        let asked = business.map(|business| business.address.send(begin).timeout(ASK));
        let begun = async move {
            match asked {
                Some(asked) => asked.await.unwrap_or(Err(CallError::Unavailable)),
                None => Err(CallError::Unavailable),
            }
        };
        AtomicResponse::new(Box::pin(wrap_future(begun).map(|begun, _: &mut Self, _: &mut _| begun)))
    }
}

impl Handler<VisitorCallChanged> for VisitorActor {
    type Result = ();

    fn handle(&mut self, VisitorCallChanged(call): VisitorCallChanged, ctx: &mut Self::Context) {
        self.turn(ctx);
        let is_over = call.state == CallState::Ended;
        if self.call.as_ref() == Some(&call) {
            return;
        }
        let frame = to_json(&ToVisitor::Call(call.clone()));
        for tab in self.tabs.values() {
            tab.send(frame.clone());
        }
        self.call = (!is_over).then_some(call);
    }
}
