//! The calls of a consultant, on every desk.

use actix::{Handler, Message};

use super::ConsultantActor;
use crate::call::CallTabGone;
use crate::chat::to_json;
use crate::kit::tell;
use crate::protocol::{CallState, DeskCall, ToConsultant};
use crate::socket::SocketId;

/// Something about a call of this consultant changed.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct DeskCallChanged(pub(crate) Box<DeskCall>);

impl ConsultantActor {
    /// Tells the calls that a desk is gone.
    pub(super) fn tell_calls(&self, socket: SocketId) {
        for call in self.calls.keys().filter_map(|call| self.parts.calls.get(*call)) {
            tell(&call, CallTabGone(socket));
        }
    }
}

impl Handler<DeskCallChanged> for ConsultantActor {
    type Result = ();

    fn handle(&mut self, DeskCallChanged(call): DeskCallChanged, ctx: &mut Self::Context) {
        self.turn(ctx);
        if self.calls.get(&call.id) == Some(&*call) {
            return;
        }
        let frame = to_json(&ToConsultant::Call((*call).clone()));
        for desk in self.desks.values() {
            desk.send(frame.clone());
        }
        if call.state == CallState::Ended {
            self.calls.remove(&call.id);
        } else {
            self.calls.insert(call.id, *call);
        }
    }
}
