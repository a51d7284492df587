//! What a call does when it is asked or told something.

use actix::fut::{ready, wrap_future};
use actix::{ActorFutureExt as _, Context, Handler, ResponseActFuture};

use super::session::CallError;
use super::{
    AcceptCall, CallAccountGone, CallActor, CallAsk, CallAsker, CallTabGone, DeclineCall, EndCall, FromMedia,
    TransferCall,
};
use crate::kit::chaos::{Victim, strike};
use crate::protocol::{CallRequest, CallSide};

impl CallActor {
    /// The side of somebody who is in this call.
    fn side(&self, asker: CallAsker) -> Result<CallSide, CallError> {
        match asker {
            CallAsker::Visitor(visitor) if visitor == self.facts.visitor => Ok(CallSide::Visitor),
            CallAsker::Consultant(account) if self.session.consultant == Some(account) => Ok(CallSide::Consultant),
            CallAsker::Visitor(_) | CallAsker::Consultant(_) => Err(CallError::Unknown),
        }
    }

    /// May this tab speak for its side?
    fn has_the_voice(&mut self, side: CallSide, ask: &CallAsk) -> bool {
        self.tab(side).as_ref().is_some_and(|tab| tab.id == ask.socket.id)
    }

    fn ask(&mut self, ask: CallAsk, ctx: &mut Context<Self>) -> ResponseActFuture<Self, Result<(), CallError>> {
        let done = |answer| Box::pin(ready(answer)) as ResponseActFuture<Self, _>;
        let side = match self.side(ask.asker) {
            Ok(side) if !self.session.is_over() => side,
            Ok(_) | Err(_) => return done(Err(CallError::Unknown)),
        };
        let has_the_voice = self.has_the_voice(side, &ask);
        let now = self.now();
        let effects = match ask.request {
            CallRequest::Ready => {
                *self.tab(side) = Some(ask.socket);
                self.session.ready(side, now)
            }
            CallRequest::Hangup => self.session.hang_up(side, now),
            CallRequest::NoMicrophone => self.session.no_microphone(side, now),
            // The rest is for the tab that has the voice; another one is late.
            _ if !has_the_voice => Vec::new(),
            CallRequest::Answer { g, sdp } => {
                let answered = self.answer(side, g, sdp);
                return Box::pin(wrap_future(answered).map(|answered, _: &mut Self, _: &mut Context<Self>| answered));
            }
            CallRequest::Refresh { g } => {
                let effects = self.session.refresh(side, g, now);
                // Always answered, if only with how the call stands: a browser takes silence for a dead line.
                if effects.is_empty() {
                    self.show(side, &ask.socket);
                }
                effects
            }
            CallRequest::Mute { on } => {
                self.parts.ports.media.mute(self.facts.id, side, on);
                self.session.mute(side, on)
            }
            CallRequest::Leaving => {
                self.session.leaving(side);
                Vec::new()
            }
            CallRequest::Stats(stats) => {
                self.session.measured(side, stats);
                self.tell_quality();
                Vec::new()
            }
        };
        self.carry_out(effects, ctx);
        done(Ok(()))
    }
}

impl Handler<CallAsk> for CallActor {
    type Result = ResponseActFuture<Self, Result<(), CallError>>;

    fn handle(&mut self, ask: CallAsk, ctx: &mut Self::Context) -> Self::Result {
        strike(Victim::Call);
        self.ask(ask, ctx)
    }
}

impl Handler<AcceptCall> for CallActor {
    type Result = Result<(), CallError>;

    fn handle(&mut self, AcceptCall(account): AcceptCall, ctx: &mut Self::Context) -> Self::Result {
        strike(Victim::Call);
        let effects = self.session.accept(account, self.now())?;
        self.carry_out(effects, ctx);
        Ok(())
    }
}

impl Handler<DeclineCall> for CallActor {
    type Result = Result<(), CallError>;

    fn handle(&mut self, DeclineCall(account): DeclineCall, ctx: &mut Self::Context) -> Self::Result {
        let effects = self.session.decline(account, self.now())?;
        self.carry_out(effects, ctx);
        Ok(())
    }
}

impl Handler<TransferCall> for CallActor {
    type Result = Result<(), CallError>;

    fn handle(&mut self, TransferCall { from, to }: TransferCall, ctx: &mut Self::Context) -> Self::Result {
        let effects = self.session.hand_over(from, to)?;
        self.carry_out(effects, ctx);
        Ok(())
    }
}

impl Handler<CallTabGone> for CallActor {
    type Result = ();

    fn handle(&mut self, CallTabGone(socket): CallTabGone, _: &mut Self::Context) {
        for side in [CallSide::Visitor, CallSide::Consultant] {
            if self.tab(side).as_ref().is_some_and(|tab| tab.id == socket) {
                let now = self.now();
                self.session.gone(side, now);
            }
        }
    }
}

impl Handler<CallAccountGone> for CallActor {
    type Result = ();

    fn handle(&mut self, CallAccountGone(account): CallAccountGone, ctx: &mut Self::Context) {
        let effects = self.session.account_gone(account, self.now());
        self.carry_out(effects, ctx);
    }
}

impl Handler<EndCall> for CallActor {
    type Result = ();

    fn handle(&mut self, EndCall(reason): EndCall, ctx: &mut Self::Context) {
        self.finish_with(reason, ctx);
    }
}

impl Handler<FromMedia> for CallActor {
    type Result = ();

    fn handle(&mut self, FromMedia(fact): FromMedia, ctx: &mut Self::Context) {
        let is_first = self.session.talking_since.is_none();
        let effects = self.session.heard(fact.leg.side, fact.leg.generation, fact.what, self.now());
        if is_first && self.session.talking_since.is_some() {
            metrics::histogram!("call_setup_seconds").record(self.session.setup());
        }
        self.carry_out(effects, ctx);
    }
}
