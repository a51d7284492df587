//! What both sides see of a call.

use std::time::Duration;

use super::CallActor;
use crate::chat::to_json;
use crate::consultant::DeskCallChanged;
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::protocol::{
    CallQuality, CallReason, CallSide, CallState, Caller, DeskCall, Face, ToConsultant, ToVisitor, VisitorCall,
};
use crate::socket::Socket;
use crate::visitor::VisitorCallChanged;

/// How often an unchanged call is told again: an actor that fell meanwhile learns of it.
const REPEAT: Duration = Duration::from_secs(5);

/// The name of a reason in metrics.
pub(super) fn name(reason: CallReason) -> &'static str {
    match reason {
        CallReason::VisitorHangup => "visitor_hangup",
        CallReason::ConsultantHangup => "consultant_hangup",
        CallReason::Declined => "declined",
        CallReason::Cancelled => "cancelled",
        CallReason::NoAnswer => "no_answer",
        CallReason::Busy => "busy",
        CallReason::OutsideHours => "outside_hours",
        CallReason::ConnectFailed => "connect_failed",
        CallReason::PeerLost => "peer_lost",
        CallReason::MicDenied => "mic_denied",
        CallReason::Transferred => "transferred",
        CallReason::TimeLimit => "time_limit",
        CallReason::ServerShutdown => "server_shutdown",
        CallReason::Error => "error",
    }
}

impl CallActor {
    fn face(&self, account: AccountId) -> Option<Face> {
        let business = self.parts.business(self.facts.business)?;
        business.board.load().faces.get(&account).cloned()
    }

    fn sid(&self, side: CallSide) -> Option<String> {
        let [visitor, consultant] = &self.tabs;
        let tab = match side {
            CallSide::Visitor => visitor,
            CallSide::Consultant => consultant,
        };
        tab.as_ref().map(|tab| tab.id.number().to_string())
    }

    /// Tells everybody how the call stands.
    pub(super) fn tell_all(&mut self) {
        self.told = tokio::time::Instant::now();
        self.parts.tell_visitor(self.facts.visitor, VisitorCallChanged(self.visitor_view()));
        let ringing: Vec<_> = self.session.ringing.iter().map(|ring| (ring.account, ring.at)).collect();
        for (account, since) in ringing {
            let view = DeskCall { since, ..self.desk_view(CallState::Ringing) };
            let transfer_from = self.session.consultant.and_then(|from| self.face(from));
            self.tell_desk(account, DeskCall { transfer_from, transfer_to: None, tab: None, ..view });
        }
        if let Some(account) = self.session.consultant {
            let since = self.session.answered_at.unwrap_or_default();
            self.tell_desk(account, DeskCall { since, ..self.desk_view(self.session.state) });
        }
    }

    /// Shows one tab how the call stands.
    pub(super) fn show(&self, side: CallSide, tab: &Socket) {
        tab.send(match side {
            CallSide::Visitor => to_json(&ToVisitor::Call(self.visitor_view())),
            CallSide::Consultant => {
                let since = self.session.answered_at.unwrap_or_default();
                to_json(&ToConsultant::Call(DeskCall { since, ..self.desk_view(self.session.state) }))
            }
        });
    }

    /// Tells it again once in a while.
    pub(super) fn repeat(&mut self) {
        if !self.session.is_over() && self.told.elapsed() >= REPEAT {
            self.tell_all();
        }
    }

    /// It rings there no more.
    pub(super) fn tell_stopped(&self, account: AccountId) {
        // Who missed a whole call is told why it is over; a turn that passed on is not a reason.
        let reason = self.session.reason;
        self.tell_desk(account, DeskCall { reason, ..self.desk_view(CallState::Ended) });
    }

    /// The consultant gave the call to a colleague.
    pub(super) fn tell_given_away(&self, account: AccountId) {
        let view = self.desk_view(CallState::Ended);
        self.tell_desk(account, DeskCall { reason: Some(CallReason::Transferred), ..view });
    }

    fn tell_desk(&self, account: AccountId, call: DeskCall) {
        self.parts.tell_consultant(account, DeskCallChanged(Box::new(call)));
    }

    fn visitor_view(&self) -> VisitorCall {
        let session = &self.session;
        let ringing = session.ringing.first().map(|ring| ring.account);
        VisitorCall {
            id: self.facts.id,
            state: session.state,
            reason: session.reason,
            consultant: session.consultant.or(ringing).and_then(|account| self.face(account)),
            talking_since: session.talking_since,
            tab: self.sid(CallSide::Visitor),
            peer_muted: session.desk.is_muted,
            lost: session.lost(),
        }
    }

    fn desk_view(&self, state: CallState) -> DeskCall {
        let (session, facts) = (&self.session, &self.facts);
        DeskCall {
            id: facts.id,
            state,
            reason: session.reason,
            since: Moment::default(),
            talking_since: session.talking_since,
            tab: self.sid(CallSide::Consultant),
            peer_muted: session.visitor.is_muted,
            lost: session.lost(),
            caller: Caller {
                visitor: facts.visitor,
                name: facts.visit.name(),
                package: facts.package_name.clone(),
                page: facts.visit.page_url.clone(),
                system: facts.visit.system.clone(),
                browser: facts.visit.browser.clone(),
                chat: facts.chat,
            },
            transfer_to: session.transfer.and_then(|account| self.face(account)),
            transfer_from: None,
        }
    }

    /// Tells both tabs how good the voice is.
    pub(super) fn tell_quality(&self) {
        let [visitor, desk] = &self.session.heard;
        let (visitor, desk) = (visitor.latest(), desk.latest());
        let [visitor_tab, desk_tab] = &self.tabs;
        let call = self.facts.id;
        if let Some((tab, mos10)) = visitor_tab.as_ref().zip(visitor) {
            let quality = CallQuality { call, mos10, peer_mos10: desk.unwrap_or(mos10) };
            tab.send_passing(to_json(&ToVisitor::CallQuality(quality)));
        }
        if let Some((tab, mos10)) = desk_tab.as_ref().zip(desk) {
            let quality = CallQuality { call, mos10, peer_mos10: visitor.unwrap_or(mos10) };
            tab.send_passing(to_json(&ToConsultant::CallQuality(quality)));
        }
    }
}
