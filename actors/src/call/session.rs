//! `CallSession`: the rules of a call, from the first ring to the end.
//!
//! Every decision is a list of effects that the actor carries out in order.
//! Times are counted from the beginning of the call, so that no clock can jump.

use std::collections::VecDeque;
use std::time::Duration;

use super::party::Party;
use super::quality::Mean;
use super::times::Times;
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::ports::{LONGEST_PATIENCE, RingOutcome, RingRecord, STEPS, Step};
use crate::protocol::{CallReason, CallSide, CallState};

/// Now: by the clock on the wall, and since the call began.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Now {
    pub(crate) at: Moment,
    pub(crate) elapsed: Duration,
}

/// What the actor does for the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Asks the business who of these is free; the answer is `rings`.
    Reserve(Vec<AccountId>),
    /// The consultant is free again for other calls.
    Release(AccountId),
    /// It rings there no more.
    StopRing(AccountId),
    /// The consultant talks from now on.
    Busy(AccountId),
    /// The call is over for a consultant who gave it away.
    GivenAway(AccountId),
    /// A fresh leg, offered to the tab that has the microphone.
    Connect(CallSide, u32),
    /// Another path for a leg.
    Mend(CallSide, u32),
    /// A leg that nobody needs.
    Drop(CallSide, u32),
    /// Everybody sees the call as it is now.
    Tell,
    /// The call is over: keep it, close the media, tell everybody.
    Finish,
}

/// What cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallError {
    /// No such call, not theirs, or it rings there no more.
    Unknown,
    /// The visitor is in a call already.
    Another,
    /// The package has no voice.
    NoVoice,
    /// As many calls as there may be.
    Full,
    /// The description cannot be used.
    BadDescription,
    Unavailable,
}

/// One consultant who is rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ring {
    pub(crate) account: AccountId,
    pub(crate) at: Moment,
}

/// One call in memory.
#[derive(Clone, Debug)]
pub(crate) struct CallSession {
    pub(super) times: Times,
    pub(super) state: CallState,
    pub(super) reason: Option<CallReason>,
    pub(super) steps: VecDeque<Step>,
    /// How long this step rings.
    pub(super) patience: Duration,
    pub(super) ringing: Vec<Ring>,
    /// When this step began to ring.
    pub(super) rings_since: Duration,
    pub(super) rings: Vec<RingRecord>,
    /// Who answered.
    pub(super) consultant: Option<AccountId>,
    /// Whom the call is handed over to, while they are rung.
    pub(super) transfer: Option<AccountId>,
    pub(super) visitor: Party,
    pub(super) desk: Party,
    pub(super) answered: Duration,
    pub(super) answered_at: Option<Moment>,
    pub(super) talking: Duration,
    pub(super) talking_since: Option<Moment>,
    pub(super) ended_at: Option<Moment>,
    /// What the visitor hears, and what the consultant hears.
    pub(super) heard: [Mean; 2],
}

impl CallSession {
    pub(crate) fn new(times: Times) -> Self {
        Self {
            times,
            state: CallState::Ringing,
            reason: None,
            steps: VecDeque::new(),
            patience: times.ring,
            ringing: Vec::new(),
            rings_since: Duration::ZERO,
            rings: Vec::new(),
            consultant: None,
            transfer: None,
            visitor: Party::default(),
            desk: Party::default(),
            answered: Duration::ZERO,
            answered_at: None,
            talking: Duration::ZERO,
            talking_since: None,
            ended_at: None,
            heard: [Mean::default(); 2],
        }
    }

    pub(super) fn party(&mut self, side: CallSide) -> &mut Party {
        match side {
            CallSide::Visitor => &mut self.visitor,
            CallSide::Consultant => &mut self.desk,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.state == CallState::Ended
    }

    /// From the answer until both heard each other.
    pub(crate) fn setup(&self) -> Duration {
        self.talking.saturating_sub(self.answered)
    }

    pub(super) fn has_voice(&self) -> bool {
        matches!(self.state, CallState::Connecting | CallState::Active | CallState::Reconnecting)
    }

    /// The rules said who is rung.
    pub(crate) fn begin(&mut self, plan: Vec<Step>, now: Now) -> Vec<Effect> {
        self.steps = plan.into_iter().take(STEPS).collect();
        self.next_step(now)
    }

    /// Rings the next of the plan; without one the call is over.
    pub(super) fn next_step(&mut self, now: Now) -> Vec<Effect> {
        if self.is_over() {
            return Vec::new();
        }
        match self.steps.pop_front() {
            Some(step) => {
                let patience = step.patience.filter(|patience| !patience.is_zero());
                self.patience = patience.unwrap_or(self.times.ring).min(LONGEST_PATIENCE);
                vec![Effect::Reserve(step.consultants)]
            }
            None => self.end(self.unanswered(), now),
        }
    }

    fn unanswered(&self) -> CallReason {
        if self.rings.is_empty() {
            return CallReason::Busy;
        }
        let is_declined = |ring: &RingRecord| ring.outcome == RingOutcome::Declined;
        if self.rings.iter().all(is_declined) { CallReason::Declined } else { CallReason::NoAnswer }
    }

    /// These were free and are rung now.
    pub(crate) fn rings(&mut self, free: Vec<AccountId>, now: Now) -> Vec<Effect> {
        let is_handing_over = self.transfer.is_some();
        if self.is_over() || (self.consultant.is_some() && !is_handing_over) {
            return free.into_iter().map(Effect::Release).collect();
        }
        // A hand-over that was changed meanwhile: only the newest choice rings.
        let (free, late): (Vec<_>, Vec<_>) =
            free.into_iter().partition(|account| self.transfer.is_none_or(|to| to == *account));
        if !late.is_empty() {
            return late.into_iter().map(Effect::Release).collect();
        }
        if free.is_empty() {
            return if is_handing_over { self.transfer_failed() } else { self.next_step(now) };
        }
        self.ringing = free.into_iter().map(|account| Ring { account, at: now.at }).collect();
        self.rings_since = now.elapsed;
        vec![Effect::Tell]
    }

    /// Takes a ring off the list and notes what became of it.
    pub(super) fn settle(&mut self, account: AccountId, outcome: RingOutcome) -> bool {
        let Some(at) = self.ringing.iter().position(|ring| ring.account == account) else { return false };
        let ring = self.ringing.swap_remove(at);
        self.rings.push(RingRecord { account, at: ring.at, outcome });
        true
    }

    /// Stops every ring there is.
    pub(super) fn stop_rings(&mut self, outcome: RingOutcome) -> Vec<Effect> {
        let accounts: Vec<AccountId> = self.ringing.iter().map(|ring| ring.account).collect();
        let stop = |account| {
            self.settle(account, outcome);
            [Effect::StopRing(account), Effect::Release(account)]
        };
        accounts.into_iter().flat_map(stop).collect()
    }

    /// A consultant answers; the first one has the call.
    pub(crate) fn accept(&mut self, account: AccountId, now: Now) -> Result<Vec<Effect>, CallError> {
        if !self.settle(account, RingOutcome::Answered) {
            return Err(CallError::Unknown);
        }
        let mut effects = self.stop_rings(RingOutcome::Stopped);
        effects.push(Effect::Busy(account));
        match self.consultant.replace(account) {
            // Handed over: the one before is heard until the next one is connected.
            Some(before) if self.transfer.take().is_some() => {
                effects.push(Effect::GivenAway(before));
                self.desk = Party { generation: self.desk.generation, ..Party::default() };
            }
            Some(_) | None => {
                self.answered_at = Some(now.at);
            }
        }
        self.state = CallState::Connecting;
        self.answered = now.elapsed;
        // Whoever has the microphone already is offered its voice now.
        if self.visitor.is_ready && self.visitor.generation == 0 {
            effects.push(Effect::Connect(CallSide::Visitor, self.visitor.next_leg(now.elapsed)));
        }
        effects.push(Effect::Tell);
        Ok(effects)
    }

    /// A consultant does not want to answer.
    pub(crate) fn decline(&mut self, account: AccountId, now: Now) -> Result<Vec<Effect>, CallError> {
        if !self.settle(account, RingOutcome::Declined) {
            return Err(CallError::Unknown);
        }
        let mut effects = vec![Effect::StopRing(account), Effect::Release(account)];
        if self.ringing.is_empty() {
            effects.extend(if self.transfer.is_some() { self.transfer_failed() } else { self.next_step(now) });
        }
        Ok(effects)
    }

    /// The call is to be handed over, or, without a colleague, is not.
    pub(crate) fn hand_over(&mut self, from: AccountId, to: Option<AccountId>) -> Result<Vec<Effect>, CallError> {
        if self.consultant != Some(from) || !matches!(self.state, CallState::Active | CallState::Reconnecting) {
            return Err(CallError::Unknown);
        }
        let mut effects = self.stop_rings(RingOutcome::Stopped);
        self.transfer = to.filter(|to| *to != from);
        self.patience = self.times.ring;
        effects.extend(self.transfer.map(|to| Effect::Reserve(vec![to])));
        effects.push(Effect::Tell);
        Ok(effects)
    }

    pub(super) fn transfer_failed(&mut self) -> Vec<Effect> {
        self.transfer = None;
        vec![Effect::Tell]
    }

    /// Somebody hangs up, or takes the call back while it rings.
    pub(crate) fn hang_up(&mut self, side: CallSide, now: Now) -> Vec<Effect> {
        let reason = match (side, self.state) {
            (CallSide::Visitor, CallState::Ringing) => CallReason::Cancelled,
            (CallSide::Visitor, _) => CallReason::VisitorHangup,
            (CallSide::Consultant, _) => CallReason::ConsultantHangup,
        };
        self.end(reason, now)
    }

    /// The call is over. Nothing happens to one that is over already.
    pub(crate) fn end(&mut self, reason: CallReason, now: Now) -> Vec<Effect> {
        if self.is_over() {
            return Vec::new();
        }
        let mut effects = self.stop_rings(match reason {
            CallReason::NoAnswer => RingOutcome::Missed,
            _ => RingOutcome::Stopped,
        });
        self.state = CallState::Ended;
        self.reason = Some(reason);
        self.ended_at = Some(now.at);
        self.transfer = None;
        effects.extend(self.consultant.map(Effect::Release));
        effects.push(Effect::Finish);
        effects
    }
}
