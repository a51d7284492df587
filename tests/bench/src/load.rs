//! Messages at a fixed rate, whatever the server does: each has an intended
//! send time, and its latency counts from there. A server that stalls cannot
//! slow the questions down and so hide its stall.

use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::clock::{MILLISECOND, SECOND, be_punctual, now, sleep_until};
use crate::crowd;
use crate::histogram::Histogram;
use crate::people::People;
use crate::scene::Talker;
use crate::server::Server;
use crate::talk::{Envelope, Sense, cid};

/// Time for the sender to start before the first message is due.
const HEAD_START: u64 = 50 * MILLISECOND;
/// How long the last answers may take.
const LAST_ANSWERS: u64 = 10 * SECOND;
/// As long as a short sentence.
const BODY: &str = "Is the rye bread with sunflower seeds still warm at this hour, please?";

/// What came of it.
pub(crate) struct Outcome {
    /// Intended send time → acknowledgement at the visitor.
    pub acks: Histogram,
    /// Intended send time → arrival at the consultant.
    pub events: Histogram,
    pub sent: u64,
    /// Of the server.
    pub cpu: Duration,
    pub took: Duration,
}

impl Outcome {
    pub(crate) fn cpu_per_message(&self) -> Duration {
        self.cpu / u32::try_from(self.sent.max(1)).unwrap_or(u32::MAX)
    }

    /// Acknowledged messages per second, from the first to the last.
    pub(crate) fn acked_per_second(&self) -> u64 {
        let millis = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX).max(1);
        self.acks.total() * 1_000 / millis
    }
}

/// Has the talkers say `rate` messages a second, in turn.
pub(crate) fn talk(
    server: &Server,
    people: &mut People<'_>,
    talkers: &[Talker],
    rate: u64,
    duration: Duration,
) -> Result<Outcome> {
    let envelope = people.envelope();
    let (streams, mut audience) = people.split();
    let seconds = duration.as_secs();
    let sent = rate * seconds;
    let mut outcome =
        Outcome { acks: Histogram::new(), events: Histogram::new(), sent, cpu: Duration::ZERO, took: Duration::ZERO };
    let used_before = server.cpu()?;
    let begun = now() + HEAD_START;
    std::thread::scope(|scope| -> Result<()> {
        let sender = scope.spawn(move || send(streams, envelope, talkers, &Timetable { begun, rate, messages: sent }));
        let deadline = begun + seconds * SECOND + LAST_ANSWERS;
        let mut last = begun;
        while (outcome.acks.total() < sent || outcome.events.total() < sent) && now() < deadline {
            audience.listen(Duration::from_millis(50), &mut |_, sense| match sense {
                Sense::Ack { sent, .. } => {
                    last = now();
                    outcome.acks.add(last.saturating_sub(sent));
                }
                Sense::Event { sent } => outcome.events.add(now().saturating_sub(sent)),
                _ => {}
            })?;
        }
        outcome.took = Duration::from_nanos(last.saturating_sub(begun));
        sender.join().ok().context("the sender fell")
    })?;
    outcome.cpu = server.cpu()?.saturating_sub(used_before);
    Ok(outcome)
}

/// When each message is due.
struct Timetable {
    begun: u64,
    rate: u64,
    messages: u64,
}

fn send(streams: &[TcpStream], envelope: Envelope, talkers: &[Talker], due: &Timetable) {
    be_punctual();
    for (number, talker) in (0..due.messages).zip(talkers.iter().cycle()) {
        let intended = due.begun + number * SECOND / due.rate;
        let json = say(talker, &cid(intended, talker.name), BODY);
        let frame = envelope.wrap(&json);
        sleep_until(intended);
        if let Some(stream) = streams.get(talker.name) {
            crowd::say(stream, &frame);
        }
    }
}

/// One message as a frame.
pub(crate) fn say(talker: &Talker, cid: &str, body: &str) -> String {
    format!(r#"{{"t":"say","chat":"{}","cid":"{cid}","body":"{body}"}}"#, talker.chat)
}
