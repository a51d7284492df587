//! A call between legs that only write down what they get.

use std::sync::mpsc;

use actors::ids::CallId;
use actors::ports::Later;
use bytes::Bytes;

use super::*;
use crate::leg::LegError;
use crate::rewriter::Stamp;

struct Paper {
    name: u64,
    sent: mpsc::Sender<(u64, Voice)>,
    closed: mpsc::Sender<u64>,
}

impl VoiceLeg for Paper {
    fn offer(&self, _restarts: bool) -> Later<Result<String, LegError>> {
        Box::pin(async { Err(LegError::Broken) })
    }

    fn answer(&self, _sdp: String) -> Later<Result<(), LegError>> {
        Box::pin(async { Err(LegError::NotAsked) })
    }

    fn send(&self, voice: Voice) -> bool {
        self.sent.send((self.name, voice)).is_ok()
    }

    fn close(&self) -> Later<()> {
        let (name, closed) = (self.name, self.closed.clone());
        Box::pin(async move {
            closed.send(name).unwrap();
        })
    }
}

/// Both ends of a channel.
type Wire<T> = (mpsc::Sender<T>, mpsc::Receiver<T>);

struct Story {
    runtime: tokio::runtime::Runtime,
    bridge: Bridge,
    sent: Wire<(u64, Voice)>,
    closed: Wire<u64>,
    facts: Wire<MediaFact>,
}

impl Story {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let bridge = Bridge::new(runtime.handle().clone());
        Self { runtime, bridge, sent: mpsc::channel(), closed: mpsc::channel(), facts: mpsc::channel() }
    }

    fn add(&self, key: LegKey, side: CallSide, generation: u32) -> Result<(), Ended> {
        let peer = Paper { name: key, sent: self.sent.0.clone(), closed: self.closed.0.clone() };
        let facts = self.facts.0.clone();
        let leg = Leg { call: CallId::from(1), side, generation };
        self.bridge.add(key, leg, Arc::new(peer), Arc::new(move |fact| facts.send(fact).unwrap()))
    }

    fn says(&self, key: LegKey, sequence: u16) {
        let stamp = Stamp { sequence, timestamp: u32::from(sequence) * 960, marker: false };
        self.bridge.heard(key, Voice { ssrc: 5, stamp, payload: Bytes::from_static(b"voice") });
    }

    fn heard(&self) -> Vec<(u64, u16)> {
        self.sent.1.try_iter().map(|(leg, voice)| (leg, voice.stamp.sequence)).collect()
    }

    fn facts(&self) -> Vec<Heard> {
        self.facts.1.try_iter().map(|fact| fact.what).collect()
    }

    fn closed(&self) -> Vec<u64> {
        self.runtime.block_on(tokio::task::yield_now());
        let mut closed: Vec<u64> = self.closed.1.try_iter().collect();
        closed.sort_unstable();
        closed
    }
}

use CallSide::{Consultant, Visitor};

#[test]
fn voice_passes_only_between_connected_legs() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    story.add(2, Consultant, 0).unwrap();
    story.bridge.connected(1);
    story.says(1, 10);
    assert!(story.heard().is_empty());
    story.bridge.connected(2);
    story.says(1, 11);
    story.says(2, 70);
    assert_eq!(story.heard(), [(2, 11), (1, 70)]);
    assert_eq!(story.facts(), [Heard::Connected, Heard::Connected]);
}

#[test]
fn a_replaced_leg_is_heard_until_the_new_one_is_connected() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    story.add(2, Consultant, 0).unwrap();
    story.bridge.connected(1);
    story.bridge.connected(2);
    story.add(3, Visitor, 1).unwrap();
    story.says(1, 10);
    assert_eq!(story.heard(), [(2, 10)]);
    assert!(story.closed().is_empty());
    story.bridge.connected(3);
    assert_eq!(story.closed(), [1]);
    story.says(1, 11);
    story.says(3, 500);
    story.says(2, 90);
    assert_eq!(story.heard(), [(2, 11), (3, 90)]);
}

#[test]
fn a_leg_that_never_connected_gives_way_to_the_next() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    story.add(2, Visitor, 1).unwrap();
    assert_eq!(story.closed(), [1]);
}

#[test]
fn a_muted_side_is_not_passed_on_and_goes_on_without_a_gap() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    story.add(2, Consultant, 0).unwrap();
    story.bridge.connected(1);
    story.bridge.connected(2);
    story.says(1, 10);
    story.bridge.mute(Visitor, true);
    story.says(1, 11);
    story.says(2, 70);
    story.bridge.mute(Visitor, false);
    story.says(1, 12);
    assert_eq!(story.heard(), [(2, 10), (1, 70), (2, 11)]);
}

#[test]
fn silence_and_its_end_are_told_once() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    let now = Instant::now();
    story.bridge.watch(now + Duration::from_mins(1));
    assert!(story.facts().is_empty());
    story.bridge.connected(1);
    story.bridge.watch(now + Duration::from_millis(900));
    assert_eq!(story.facts(), [Heard::Connected]);
    story.bridge.watch(now + Duration::from_mins(1));
    story.bridge.watch(now + Duration::from_secs(61));
    story.says(1, 1);
    story.says(1, 2);
    assert_eq!(story.facts(), [Heard::Silent, Heard::Back]);
}

#[test]
fn a_failed_leg_is_told_once_and_closed() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    story.bridge.failed(1);
    story.bridge.failed(1);
    assert_eq!(story.facts(), [Heard::Failed]);
    assert_eq!(story.closed(), [1]);
}

#[test]
fn an_ended_call_closes_every_leg_and_takes_no_more() {
    let story = Story::new();
    story.add(1, Visitor, 0).unwrap();
    story.add(2, Consultant, 0).unwrap();
    story.bridge.end();
    assert_eq!(story.add(3, Visitor, 1), Err(Ended));
    assert_eq!(story.closed(), [1, 2, 3]);
    story.bridge.failed(1);
    assert!(story.facts().is_empty());
}
