//! The rules of the voice: microphones, connections, silence, and what time brings.

use super::party::{Cure, Party};
use super::quality::mos10;
use super::session::{CallSession, Effect, Now};
use super::times::Times;
use crate::ids::AccountId;
use crate::ports::{Heard, RingOutcome};
use crate::protocol::{CallReason, CallSide, CallState, CallStats};

impl CallSession {
    /// A tab of this side has the microphone: it gets the voice.
    pub(crate) fn ready(&mut self, side: CallSide, now: Now) -> Vec<Effect> {
        if self.is_over() {
            return Vec::new();
        }
        let has_voice = self.has_voice();
        let is_talking = self.talking_since.is_some();
        let party = self.party(side);
        party.is_ready = true;
        party.ready_at = now.elapsed;
        party.gone_at = None;
        party.is_leaving = false;
        if !has_voice {
            return vec![Effect::Tell];
        }
        let generation = party.next_leg(now.elapsed);
        if is_talking {
            party.lose(now.elapsed);
        }
        self.look(now);
        vec![Effect::Connect(side, generation), Effect::Tell]
    }

    /// Its microphone was refused, or there is none.
    pub(crate) fn no_microphone(&mut self, side: CallSide, now: Now) -> Vec<Effect> {
        match (side, self.consultant) {
            // The visitor did nothing wrong: the next one is rung.
            (CallSide::Consultant, Some(account)) if self.is_first_answer() => {
                self.consultant = None;
                self.answered_at = None;
                self.state = CallState::Ringing;
                let leg = self.desk.generation;
                self.desk = Party { generation: leg, ..Party::default() };
                if let Some(ring) = self.rings.iter_mut().rev().find(|ring| ring.account == account) {
                    ring.outcome = RingOutcome::Declined;
                }
                let mut effects = vec![Effect::StopRing(account), Effect::Release(account)];
                effects.extend((leg > 0).then_some(Effect::Drop(side, leg)));
                effects.extend(self.next_step(now));
                effects
            }
            _ => self.end(CallReason::MicDenied, now),
        }
    }

    /// Answered, and nobody was heard yet.
    fn is_first_answer(&self) -> bool {
        self.state == CallState::Connecting && self.talking_since.is_none()
    }

    /// What the media tells of a leg; of one that was replaced nothing counts any more.
    pub(crate) fn heard(&mut self, side: CallSide, generation: u32, what: Heard, now: Now) -> Vec<Effect> {
        if !self.has_voice() || self.party(side).generation != generation {
            return Vec::new();
        }
        let party = self.party(side);
        match what {
            Heard::Connected => {
                party.is_connected = true;
                party.find();
            }
            Heard::Back => party.find(),
            // A browser may send nothing while its microphone is off.
            Heard::Silent if party.is_muted => return Vec::new(),
            Heard::Silent => party.lose(now.elapsed),
            Heard::Failed => {
                party.is_connected = false;
                party.lose(now.elapsed);
            }
        }
        let before = self.state;
        self.look(now);
        let mut effects = self.cure(side, now);
        if self.state != before || !effects.is_empty() {
            effects.push(Effect::Tell);
        }
        effects
    }

    /// A browser asks for a new path.
    pub(crate) fn refresh(&mut self, side: CallSide, generation: u32, now: Now) -> Vec<Effect> {
        if !self.has_voice() || self.party(side).generation != generation {
            return Vec::new();
        }
        let is_talking = self.talking_since.is_some();
        let party = self.party(side);
        if !is_talking || party.lost_at.is_some() {
            return Vec::new();
        }
        // It hears nothing although it is heard: the way back is broken.
        let rested = party.mended_at.is_none_or(|last| now.elapsed.saturating_sub(last) >= Times::BETWEEN_MENDS);
        if !rested {
            return Vec::new();
        }
        party.mended_at = Some(now.elapsed);
        vec![Effect::Mend(side, generation)]
    }

    fn cure(&mut self, side: CallSide, now: Now) -> Vec<Effect> {
        let party = self.party(side);
        match party.cure(now.elapsed) {
            Cure::Nothing => Vec::new(),
            Cure::Mend => {
                party.mends += 1;
                party.mended_at = Some(now.elapsed);
                vec![Effect::Mend(side, party.generation)]
            }
            Cure::Replace => vec![Effect::Connect(side, party.next_leg(now.elapsed))],
        }
    }

    /// Active, or not yet, or no more.
    fn look(&mut self, now: Now) {
        if !self.has_voice() {
            return;
        }
        let both = self.visitor.is_fine() && self.desk.is_fine();
        match (both, self.talking_since) {
            (true, None) => {
                self.talking_since = Some(now.at);
                self.talking = now.elapsed;
                self.state = CallState::Active;
            }
            (true, Some(_)) => self.state = CallState::Active,
            // After a hand-over the next consultant is still being connected.
            (false, Some(_)) if self.state != CallState::Connecting => self.state = CallState::Reconnecting,
            (false, _) => {}
        }
    }

    /// Which side is being waited for.
    pub(crate) fn lost(&self) -> Option<CallSide> {
        if self.state != CallState::Reconnecting {
            return None;
        }
        Some(if self.visitor.is_fine() { CallSide::Consultant } else { CallSide::Visitor })
    }

    pub(crate) fn mute(&mut self, side: CallSide, is_muted: bool) -> Vec<Effect> {
        self.party(side).is_muted = is_muted;
        vec![Effect::Tell]
    }

    /// The page of a side says that it goes away.
    pub(crate) fn leaving(&mut self, side: CallSide) {
        self.party(side).is_leaving = true;
    }

    /// The socket of the page that has the voice is gone.
    pub(crate) fn gone(&mut self, side: CallSide, now: Now) {
        self.party(side).gone_at.get_or_insert(now.elapsed);
    }

    /// An account may not be here any more.
    pub(crate) fn account_gone(&mut self, account: AccountId, now: Now) -> Vec<Effect> {
        if self.consultant == Some(account) {
            return self.end(CallReason::ConsultantHangup, now);
        }
        self.decline(account, now).unwrap_or_default()
    }

    /// What one side measured.
    pub(crate) fn measured(&mut self, side: CallSide, stats: CallStats) {
        let [visitor, desk] = &mut self.heard;
        match side {
            CallSide::Visitor => visitor.add(mos10(stats)),
            CallSide::Consultant => desk.add(mos10(stats)),
        }
    }

    /// Time went by.
    pub(crate) fn tick(&mut self, now: Now) -> Vec<Effect> {
        match self.state {
            CallState::Ringing => self.tick_ringing(now),
            CallState::Connecting | CallState::Active | CallState::Reconnecting => self.tick_voice(now),
            CallState::Ended => Vec::new(),
        }
    }

    fn tick_ringing(&mut self, now: Now) -> Vec<Effect> {
        let patience = if self.visitor.is_leaving { Times::GRACE_LEAVING } else { Times::GRACE_GONE };
        if self.visitor.gone_at.is_some_and(|gone| now.elapsed.saturating_sub(gone) >= patience) {
            return self.end(CallReason::Cancelled, now);
        }
        if self.ringing.is_empty() || now.elapsed.saturating_sub(self.rings_since) < self.patience {
            return Vec::new();
        }
        let mut effects = self.stop_rings(RingOutcome::Missed);
        effects.extend(self.next_step(now));
        effects
    }

    fn tick_voice(&mut self, now: Now) -> Vec<Effect> {
        if self.talking_since.is_some() && now.elapsed.saturating_sub(self.talking) >= self.times.longest {
            return self.end(CallReason::TimeLimit, now);
        }
        if self.visitor.is_given_up(now.elapsed) || self.desk.is_given_up(now.elapsed) {
            return self.end(CallReason::PeerLost, now);
        }
        if self.state == CallState::Connecting && self.is_connecting_too_long(now) {
            return self.end(CallReason::ConnectFailed, now);
        }
        let mut effects = Vec::new();
        if self.transfer.is_some() && now.elapsed.saturating_sub(self.rings_since) >= self.times.ring {
            effects.extend(self.stop_rings(RingOutcome::Missed));
            effects.extend(self.transfer_failed());
        }
        effects.extend(self.cure(CallSide::Visitor, now));
        effects.extend(self.cure(CallSide::Consultant, now));
        effects
    }

    fn is_connecting_too_long(&self, now: Now) -> bool {
        if !(self.visitor.is_ready && self.desk.is_ready) {
            return now.elapsed.saturating_sub(self.answered) >= Times::MICROPHONE;
        }
        let since = self.visitor.ready_at.max(self.desk.ready_at).max(self.answered);
        now.elapsed.saturating_sub(since) >= Times::CONNECT
    }
}
