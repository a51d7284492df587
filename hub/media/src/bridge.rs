//! One call: whose voice goes where.
//!
//! Packets go from the newest connected leg of one side to that of the other. No
//! packet waits for anything, and none can end the call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use actors::ports::{Heard, Leg, MediaFact, MediaListener};
use actors::protocol::CallSide;
use tokio::runtime::Handle;

use crate::leg::{LegEvents, Voice, VoiceLeg};
use crate::mux::LegKey;
use crate::rewriter::{Rewriter, Source};

/// A connected leg that was not heard for so long is silent: browsers send 50 packets a second, muted or not.
const SILENT_AFTER: Duration = Duration::from_millis(1_200);

/// The call ended while a leg was made for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ended;

/// One call.
pub(crate) struct Bridge {
    state: Mutex<State>,
    /// Where legs are closed.
    runtime: Handle,
    started: Instant,
}

#[derive(Default)]
struct State {
    seats: Vec<Seat>,
    /// Visitor, consultant.
    is_muted: [bool; 2],
    has_ended: bool,
}

/// One leg of the call.
struct Seat {
    key: LegKey,
    leg: Leg,
    peer: Arc<dyn VoiceLeg>,
    listener: MediaListener,
    /// Makes what this leg hears one stream.
    hears: Rewriter,
    is_connected: bool,
    is_silent: bool,
    heard: Instant,
}

impl Seat {
    fn fact(&self, what: Heard) -> (MediaListener, MediaFact) {
        (Arc::clone(&self.listener), MediaFact { leg: self.leg, what })
    }
}

impl Bridge {
    /// A call without legs; what is closed is closed on `runtime`.
    pub(crate) fn new(runtime: Handle) -> Self {
        Self { state: Mutex::default(), runtime, started: Instant::now() }
    }

    /// Adds a leg that is not connected yet. One of the same side that never got connected gives way.
    pub(crate) fn add(
        &self,
        key: LegKey,
        leg: Leg,
        peer: Arc<dyn VoiceLeg>,
        listener: MediaListener,
    ) -> Result<(), Ended> {
        let seat = Seat {
            key,
            leg,
            peer,
            listener,
            hears: Rewriter::default(),
            is_connected: false,
            is_silent: false,
            heard: Instant::now(),
        };
        let mut state = self.state();
        if state.has_ended {
            self.close([seat]);
            return Err(Ended);
        }
        let waiting = state.take(|other| other.leg.side == leg.side && !other.is_connected);
        state.seats.push(seat);
        drop(state);
        self.close(waiting);
        Ok(())
    }

    /// The connection of a leg, if the call still has it.
    pub(crate) fn peer(&self, leg: Leg) -> Option<Arc<dyn VoiceLeg>> {
        self.state().seats.iter().find(|seat| seat.leg == leg).map(|seat| Arc::clone(&seat.peer))
    }

    /// From now on nothing, or everything, that a side says is passed on.
    pub(crate) fn mute(&self, side: CallSide, is_muted: bool) {
        let mut state = self.state();
        if let Some(flag) = state.is_muted.get_mut(index(side)) {
            *flag = is_muted;
        }
        // What follows is a new stretch of voice to everybody who listens.
        for listener in state.seats.iter_mut().filter(|seat| seat.leg.side != side) {
            listener.hears.interrupt();
        }
    }

    /// Ends one leg.
    pub(crate) fn drop_leg(&self, leg: Leg) {
        let gone = self.state().take(|seat| seat.leg == leg);
        self.close(gone);
    }

    /// Ends the leg of this connection.
    pub(crate) fn discard(&self, key: LegKey) {
        let gone = self.state().take(|seat| seat.key == key);
        self.close(gone);
    }

    /// Ends all legs, for ever.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.has_ended = true;
        let gone = std::mem::take(&mut state.seats);
        drop(state);
        self.close(gone);
    }

    /// Tells of legs that fell silent.
    pub(crate) fn watch(&self, now: Instant) {
        let mut facts = Vec::new();
        for seat in &mut self.state().seats {
            if seat.is_connected && !seat.is_silent && now.saturating_duration_since(seat.heard) > SILENT_AFTER {
                seat.is_silent = true;
                facts.push(seat.fact(Heard::Silent));
            }
        }
        tell(facts);
    }

    fn connected(&self, key: LegKey) {
        let mut state = self.state();
        let Some(seat) = state.seats.iter_mut().find(|seat| seat.key == key) else { return };
        if std::mem::replace(&mut seat.is_connected, true) {
            return;
        }
        seat.heard = Instant::now();
        let leg = seat.leg;
        let fact = seat.fact(Heard::Connected);
        let replaced = state
            .take(|other| other.leg.side == leg.side && other.is_connected && other.leg.generation < leg.generation);
        drop(state);
        self.close(replaced);
        tell([fact]);
    }

    fn failed(&self, key: LegKey) {
        let gone = self.state().take(|seat| seat.key == key);
        let facts: Vec<_> = gone.iter().map(|seat| seat.fact(Heard::Failed)).collect();
        self.close(gone);
        tell(facts);
    }

    fn heard(&self, key: LegKey, voice: Voice) {
        let now = Instant::now();
        let mut state = self.state();
        let Some(speaker) = state.seats.iter_mut().find(|seat| seat.key == key && seat.is_connected) else { return };
        speaker.heard = now;
        let back = std::mem::take(&mut speaker.is_silent).then(|| speaker.fact(Heard::Back));
        let side = speaker.leg.side;
        let is_muted = state.is_muted.get(index(side)).copied().unwrap_or_default();
        let is_newest = state.newest(side).is_some_and(|newest| newest.key == key);
        if is_newest
            && !is_muted
            && let Some(listener) = state.newest(other(side))
        {
            let source = Source { leg: key, ssrc: voice.ssrc };
            let since = now.saturating_duration_since(self.started);
            if let Some(stamp) = listener.hears.rewrite(source, voice.stamp, since) {
                listener.peer.send(Voice { stamp, ..voice });
            }
        }
        drop(state);
        tell(back);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, seats: impl IntoIterator<Item = Seat>) {
        for seat in seats {
            self.runtime.spawn(seat.peer.close());
        }
    }
}

impl State {
    /// The leg of a side that is heard and hears.
    fn newest(&mut self, side: CallSide) -> Option<&mut Seat> {
        let of_side = self.seats.iter_mut().filter(|seat| seat.leg.side == side && seat.is_connected);
        of_side.max_by_key(|seat| seat.leg.generation)
    }

    fn take(&mut self, is_wanted: impl Fn(&Seat) -> bool) -> Vec<Seat> {
        self.seats.extract_if(.., |seat| is_wanted(seat)).collect()
    }
}

fn index(side: CallSide) -> usize {
    match side {
        CallSide::Visitor => 0,
        CallSide::Consultant => 1,
    }
}

fn other(side: CallSide) -> CallSide {
    match side {
        CallSide::Visitor => CallSide::Consultant,
        CallSide::Consultant => CallSide::Visitor,
    }
}

fn tell(facts: impl IntoIterator<Item = (MediaListener, MediaFact)>) {
    for (listener, fact) in facts {
        listener(fact);
    }
}

/// The ear of one leg. It does not keep the call alive.
pub(crate) struct Ear {
    pub(crate) bridge: Weak<Bridge>,
    pub(crate) key: LegKey,
}

impl LegEvents for Ear {
    fn connected(&self) {
        if let Some(bridge) = self.bridge.upgrade() {
            bridge.connected(self.key);
        }
    }

    fn failed(&self) {
        if let Some(bridge) = self.bridge.upgrade() {
            bridge.failed(self.key);
        }
    }

    fn heard(&self, voice: Voice) {
        if let Some(bridge) = self.bridge.upgrade() {
            bridge.heard(self.key, voice);
        }
    }
}

#[cfg(test)]
mod tests;
