//! Media without a network, for tests: legs connect when the test says so.

use std::collections::HashSet;

use dashmap::DashMap;

use crate::ids::CallId;
use crate::ports::{Heard, Later, Leg, Media, MediaError, MediaFact, MediaListener, Offer};
use crate::protocol::CallSide;

/// Remembers what it was asked.
#[derive(Default)]
pub struct FakeMedia {
    legs: DashMap<Leg, MediaListener>,
    /// By their place in time.
    asked: DashMap<usize, String>,
}

impl std::fmt::Debug for FakeMedia {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FakeMedia").field(&self.asked()).finish()
    }
}

impl FakeMedia {
    /// Everything it was asked, in order.
    pub fn asked(&self) -> Vec<String> {
        (0..self.asked.len()).filter_map(|place| self.asked.get(&place).map(|asked| asked.clone())).collect()
    }

    /// Something happens to the newest leg of a side.
    pub fn happens(&self, call: CallId, side: CallSide, what: Heard) {
        let ours = self.legs.iter().filter(|entry| entry.key().call == call && entry.key().side == side);
        let newest = ours.max_by_key(|entry| entry.key().generation);
        if let Some((leg, listener)) = newest.map(|entry| (*entry.key(), MediaListener::clone(entry.value()))) {
            listener(MediaFact { leg, what });
        }
    }

    fn note(&self, what: String) {
        self.asked.insert(self.asked.len(), what);
    }
}

fn offer(name: &str, leg: Leg) -> Later<Result<Offer, MediaError>> {
    let sdp = format!("{name} {}", leg.generation);
    Box::pin(std::future::ready(Ok(Offer { sdp, ice_servers: Vec::new() })))
}

impl Media for FakeMedia {
    fn connect(&self, leg: Leg, listener: MediaListener) -> Later<Result<Offer, MediaError>> {
        self.note(format!("connect {:?} {}", leg.side, leg.generation));
        self.legs.insert(leg, listener);
        offer("fresh", leg)
    }

    fn mend(&self, leg: Leg) -> Later<Result<Offer, MediaError>> {
        self.note(format!("mend {:?} {}", leg.side, leg.generation));
        offer("mend", leg)
    }

    fn answer(&self, leg: Leg, sdp: String) -> Later<Result<(), MediaError>> {
        self.note(format!("answer {:?} {} {sdp}", leg.side, leg.generation));
        let answer = if sdp == "bad" { Err(MediaError::BadDescription) } else { Ok(()) };
        Box::pin(std::future::ready(answer))
    }

    fn mute(&self, _: CallId, side: CallSide, is_muted: bool) {
        self.note(format!("mute {side:?} {is_muted}"));
    }

    fn drop_leg(&self, leg: Leg) {
        self.note(format!("drop {:?} {}", leg.side, leg.generation));
    }

    fn close(&self, call: CallId) {
        self.note("close".to_owned());
        self.legs.retain(|leg, _| leg.call != call);
    }

    fn calls(&self) -> usize {
        self.legs.iter().map(|entry| entry.key().call).collect::<HashSet<_>>().len()
    }
}
