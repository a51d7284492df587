//! Carrying out what the rules decided.

use std::sync::Arc;
use std::time::Duration;

use actix::fut::wrap_future;
use actix::{ActorContext as _, ActorFutureExt as _, AsyncContext as _, Context};
use tracing::{debug, error, info};

use super::session::{CallError, Effect};
use super::{CallActor, FromMedia};
use crate::business::{CallEnds, CallOver, InCall, Release, Reserve};
use crate::chat::Called;
use crate::ids::AccountId;
use crate::kit::{ASK, tell};
use crate::parts::Parts;
use crate::ports::{EndedCall, Heard, JournalError, Leg, MediaError, MediaFact, MediaListener, Offer};
use crate::protocol::{CallOffer, CallReason, CallSide, ToConsultant, ToVisitor};

/// How long a call that is over stays to answer late questions about it.
const AFTERWARDS: Duration = Duration::from_millis(200);

/// How often the storage is asked to keep the end of a call, and how long it is left alone after the first time; each
/// pause is twice as long as the one before, so that it may be away for four minutes.
const KEEPS: u32 = 10;
const FIRST_PAUSE: Duration = Duration::from_millis(500);

impl CallActor {
    /// Does, in order, what was decided.
    pub(super) fn carry_out(&mut self, effects: Vec<Effect>, ctx: &mut Context<Self>) {
        for effect in effects {
            debug!(call = %self.facts.id, ?effect, "call");
            match effect {
                Effect::Reserve(accounts) => self.reserve(accounts, ctx),
                Effect::Release(account) => self.tell_business(Release { call: self.facts.id, account }),
                Effect::StopRing(account) => self.tell_stopped(account),
                Effect::Busy(account) => self.tell_business(InCall { call: self.facts.id, account }),
                Effect::GivenAway(account) => {
                    *self.tab(CallSide::Consultant) = None;
                    self.tell_given_away(account);
                    self.tell_business(Release { call: self.facts.id, account });
                }
                Effect::Connect(side, generation) => self.connect(side, generation, ctx),
                Effect::Mend(side, generation) => self.mend(side, generation, ctx),
                Effect::Drop(side, generation) => self.parts.ports.media.drop_leg(self.leg(side, generation)),
                Effect::Tell => self.tell_all(),
                Effect::Finish => self.finish(ctx),
            }
        }
    }

    fn tell_business<M>(&self, notice: M)
    where
        M: actix::Message<Result = ()> + Send + 'static,
        crate::business::BusinessActor: actix::Handler<M>,
        Context<crate::business::BusinessActor>: actix::dev::ToEnvelope<crate::business::BusinessActor, M>,
    {
        self.parts.tell_business(self.facts.business, notice);
    }

    pub(super) fn leg(&self, side: CallSide, generation: u32) -> Leg {
        Leg { call: self.facts.id, side, generation }
    }

    /// Asks the business who of these is free.
    fn reserve(&self, accounts: Vec<AccountId>, ctx: &mut Context<Self>) {
        let business = self.parts.business(self.facts.business);
        let call = self.facts.id;
        let asked = business.map(|business| business.address.send(Reserve { call, accounts }).timeout(ASK));
        let free = async move {
            match asked {
                Some(asked) => asked.await.unwrap_or_default(),
                None => Vec::new(),
            }
        };
        ctx.spawn(wrap_future(free).map(|free, this: &mut Self, ctx: &mut Context<Self>| {
            let effects = this.session.rings(free, this.now());
            this.carry_out(effects, ctx);
        }));
    }

    fn connect(&self, side: CallSide, generation: u32, ctx: &mut Context<Self>) {
        let address = ctx.address();
        let listener: MediaListener = Arc::new(move |fact: MediaFact| tell(&address, FromMedia(fact)));
        let leg = self.leg(side, generation);
        ctx.spawn(
            wrap_future(self.parts.ports.media.connect(leg, listener))
                .map(move |offered, this: &mut Self, ctx: &mut Context<Self>| this.offered(leg, true, offered, ctx)),
        );
    }

    fn mend(&self, side: CallSide, generation: u32, ctx: &mut Context<Self>) {
        let leg = self.leg(side, generation);
        ctx.spawn(
            wrap_future(self.parts.ports.media.mend(leg))
                .map(move |offered, this: &mut Self, ctx: &mut Context<Self>| this.offered(leg, false, offered, ctx)),
        );
    }

    /// The media made an offer, or could not: it goes to the tab that has the voice.
    fn offered(&mut self, leg: Leg, fresh: bool, offered: Result<Offer, MediaError>, ctx: &mut Context<Self>) {
        match offered {
            Ok(Offer { sdp, ice_servers }) => {
                let offer = CallOffer { call: leg.call, g: leg.generation, sdp, fresh, ice_servers };
                self.send_offer(leg.side, offer);
            }
            Err(error) => {
                info!(call = %leg.call, side = ?leg.side, leg.generation, %error, "no connection could be offered");
                let effects = self.session.heard(leg.side, leg.generation, Heard::Failed, self.now());
                self.carry_out(effects, ctx);
            }
        }
    }

    fn send_offer(&mut self, side: CallSide, offer: CallOffer) {
        let frame = match side {
            CallSide::Visitor => crate::chat::to_json(&ToVisitor::CallOffer(offer)),
            CallSide::Consultant => crate::chat::to_json(&ToConsultant::CallOffer(offer)),
        };
        if let Some(tab) = self.tab(side) {
            tab.send(frame);
        }
    }

    /// Passes an answer of a browser to the media.
    pub(super) fn answer(
        &self,
        side: CallSide,
        generation: u32,
        sdp: String,
    ) -> crate::ports::Later<Result<(), CallError>> {
        let answered = self.parts.ports.media.answer(self.leg(side, generation), sdp);
        Box::pin(async move {
            match answered.await {
                // Late for a leg that was replaced: nothing to do.
                Ok(()) | Err(MediaError::Unknown) => Ok(()),
                Err(MediaError::BadDescription) => Err(CallError::BadDescription),
                Err(MediaError::Unavailable) => Err(CallError::Unavailable),
            }
        })
    }

    /// Ends the media, keeps the record, then tells everybody.
    fn finish(&mut self, ctx: &mut Context<Self>) {
        self.parts.ports.media.close(self.facts.id);
        let record = self.record();
        let reason = record.reason;
        info!(call = %record.id, ?reason, "a call ended");
        metrics::counter!("calls_ended_total", "reason" => super::tell::name(reason)).increment(1);
        if let Some((chat, seconds)) = self.facts.chat.zip(Some(self.seconds())) {
            self.keep_in_chat(chat, reason, seconds);
        }
        let (parts, business, call) = (Arc::clone(&self.parts), self.facts.business, self.facts.id);
        self.tell_business(CallEnds(call));
        // By itself: a call that falls now must not leave a record without an end.
        let kept = actix::spawn(async move {
            keep(&parts, record).await;
            parts.tell_business(business, CallOver(call));
        });
        ctx.spawn(wrap_future(kept).map(|_kept, _: &mut Self, ctx: &mut Context<Self>| {
            ctx.run_later(AFTERWARDS, |_, ctx| ctx.stop());
        }));
        // The voice is off already: nobody waits for the storage to be told so.
        self.tell_all();
    }

    fn keep_in_chat(&self, chat: crate::ids::ChatId, reason: CallReason, seconds: u32) {
        if let Ok(chat) = self.parts.chat(chat, self.facts.business) {
            let kept = chat.send(Called { call: self.facts.id, reason, seconds });
            actix::spawn(async move {
                let _the_record_has_it = kept.await;
            });
        }
    }

    fn seconds(&self) -> u32 {
        let talked = self.session.talking_since.zip(self.session.ended_at);
        talked.map_or(0, |(since, until)| u32::try_from(until.since(since).as_secs()).unwrap_or(u32::MAX))
    }

    fn record(&self) -> EndedCall {
        let session = &self.session;
        let [visitor, desk] = &session.heard;
        EndedCall {
            id: self.facts.id,
            business: self.facts.business,
            reason: session.reason.unwrap_or(CallReason::Error),
            ended_at: session.ended_at.unwrap_or_else(|| self.now().at),
            consultant: session.consultant,
            answered_at: session.answered_at,
            talking_since: session.talking_since,
            rings: session.rings.clone(),
            visitor_mos10: visitor.mean(),
            consultant_mos10: desk.mean(),
        }
    }
}

/// Keeps how a call ended; a storage that is away is asked again for a while.
async fn keep(parts: &Parts, record: EndedCall) {
    let mut pause = FIRST_PAUSE;
    for _ in 1..KEEPS {
        match parts.ports.books.end_call(record.clone()).await {
            Err(JournalError::Unavailable) => tokio::time::sleep(pause).await,
            Ok(()) | Err(JournalError::Stale | JournalError::Unknown) => return,
        }
        pause *= 2;
    }
    if let Err(error) = parts.ports.books.end_call(record).await {
        error!(%error, "cannot keep how a call ended");
    }
}
