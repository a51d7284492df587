//! Calls as stories: what each side does, and what the rules decide.

mod hand_over;
mod ringing;
mod voice;

use std::fmt::Write as _;
use std::time::Duration;

use expect_test::Expect;

use super::session::{CallError, CallSession, Effect, Now};
use super::times::Times;
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::ports::{Heard, Step};
use crate::protocol::{CallReason, CallSide, CallState, CallStats};

const NAMES: [&str; 3] = ["anna", "ben", "cora"];

fn account(name: &str) -> AccountId {
    let place = NAMES.iter().position(|known| *known == name).unwrap();
    AccountId::from(i64::try_from(place).unwrap() + 1)
}

fn name(account: AccountId) -> &'static str {
    NAMES[usize::try_from(i64::from(account)).unwrap() - 1]
}

fn accounts(words: &[&str]) -> Vec<AccountId> {
    words.iter().map(|word| account(word)).collect()
}

fn session() -> CallSession {
    CallSession::new(Times { ring: Duration::from_secs(25), longest: Duration::from_hours(4) })
}

fn side(word: &str) -> CallSide {
    if word == "visitor" { CallSide::Visitor } else { CallSide::Consultant }
}

/// A story with its clock.
struct Story {
    session: CallSession,
    elapsed: Duration,
}

impl Story {
    fn now(&self) -> Now {
        Now { at: Moment::from_millis(1_790_000_000_000).after(self.elapsed), elapsed: self.elapsed }
    }

    /// Lets seconds go by, tick by tick, as the actor does.
    fn wait(&mut self, seconds: u64) -> Vec<Effect> {
        let until = self.elapsed + Duration::from_secs(seconds);
        let mut effects = Vec::new();
        while self.elapsed < until {
            self.elapsed += Times::TICK;
            effects.extend(self.session.tick(self.now()));
        }
        effects
    }

    fn act(&mut self, line: &str) -> Result<Vec<Effect>, CallError> {
        let now = self.now();
        let words: Vec<&str> = line.split_whitespace().collect();
        Ok(match words.as_slice() {
            ["plan", steps @ ..] => {
                let steps = steps.split(|word| *word == "then").map(accounts).filter(|step| !step.is_empty());
                let steps = steps.map(|consultants| Step { consultants, patience: None });
                self.session.begin(steps.collect(), now)
            }
            ["free", who @ ..] => self.session.rings(accounts(who), now),
            ["wait", seconds] => self.wait(seconds.parse().unwrap()),
            [who, "accepts"] => self.session.accept(account(who), now)?,
            [who, "declines"] => self.session.decline(account(who), now)?,
            [who, "gives", "to", "nobody"] => self.session.hand_over(account(who), None)?,
            [who, "gives", "to", to] => self.session.hand_over(account(who), Some(account(to)))?,
            [who, "is", "deleted"] => self.session.account_gone(account(who), now),
            [who, "ready"] => self.session.ready(side(who), now),
            [who, "has", "no", "microphone"] => self.session.no_microphone(side(who), now),
            [who, "hangs", "up"] => self.session.hang_up(side(who), now),
            [who, "leaves"] => {
                self.session.leaving(side(who));
                self.session.gone(side(who), now);
                Vec::new()
            }
            [who, "is", "gone"] => {
                self.session.gone(side(who), now);
                Vec::new()
            }
            [who, "mutes"] => self.session.mute(side(who), true),
            [who, "asks", "for", "a", "path", generation] => {
                self.session.refresh(side(who), generation.parse().unwrap(), now)
            }
            [who, generation, what] => {
                let what = match *what {
                    "connected" => Heard::Connected,
                    "silent" => Heard::Silent,
                    "back" => Heard::Back,
                    _ => Heard::Failed,
                };
                self.session.heard(side(who), generation.parse().unwrap(), what, now)
            }
            _ => panic!("not a line of a story: {line}"),
        })
    }
}

fn shown(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::Reserve(who) => {
            format!("who is free of {}?", who.iter().map(|who| name(*who)).collect::<Vec<_>>().join(", "))
        }
        Effect::Release(who) => format!("{} is free", name(*who)),
        Effect::StopRing(who) => format!("stop ringing {}", name(*who)),
        Effect::Busy(who) => format!("{} is busy", name(*who)),
        Effect::GivenAway(who) => format!("{} gave it away", name(*who)),
        Effect::Connect(side, generation) => format!("connect {side:?} {generation}"),
        Effect::Mend(side, generation) => format!("mend {side:?} {generation}"),
        Effect::Drop(side, generation) => format!("drop {side:?} {generation}"),
        Effect::Tell => return None,
        Effect::Finish => "over".to_owned(),
    })
}

/// Both talk.
const TALKING: &str = "
    plan anna
    free anna
    visitor ready
    anna accepts
    consultant ready
    visitor 1 connected
    consultant 1 connected";

fn lines(story: &str) -> impl Iterator<Item = &str> {
    story.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A story from the first ring.
fn check(story: &str, outcome: Expect) {
    tell(Story { session: session(), elapsed: Duration::ZERO }, story, outcome);
}

/// A story of two who talk.
fn check_talking(story: &str, outcome: Expect) {
    let mut telling = Story { session: session(), elapsed: Duration::ZERO };
    for line in lines(TALKING) {
        telling.act(line).unwrap();
    }
    assert_eq!(telling.session.state, CallState::Active);
    tell(telling, story, outcome);
}

fn tell(mut telling: Story, story: &str, outcome: Expect) {
    let mut log = String::new();
    for line in lines(story) {
        let done = match telling.act(line) {
            Ok(effects) => effects.iter().filter_map(shown).collect::<Vec<_>>().join("; "),
            Err(error) => format!("refused: {error:?}"),
        };
        let (state, reason) = (telling.session.state, telling.session.reason);
        let ended = reason.map(|reason| format!(" {reason:?}")).unwrap_or_default();
        writeln!(log, "{line}\n  {done}{}[{state:?}{ended}]", if done.is_empty() { "" } else { " " }).unwrap();
    }
    outcome.assert_eq(&log);
}

#[test]
fn nothing_happens_after_the_end() {
    let mut over = session();
    over.end(CallReason::Error, Now::default());

    assert_eq!(over.end(CallReason::PeerLost, Now::default()), []);
    assert_eq!(over.ready(CallSide::Visitor, Now::default()), []);
    assert_eq!(over.heard(CallSide::Visitor, 0, Heard::Silent, Now::default()), []);
    assert_eq!(over.accept(account("anna"), Now::default()), Err(CallError::Unknown));
    assert_eq!((over.state, over.reason), (CallState::Ended, Some(CallReason::Error)));
}

#[test]
fn quality_is_kept_for_each_side() {
    let mut call = session();
    call.measured(CallSide::Visitor, CallStats { rtt_ms: 20, jitter_ms: 2, lost_permille: 0 });
    call.measured(CallSide::Consultant, CallStats { rtt_ms: 900, jitter_ms: 90, lost_permille: 100 });

    let [visitor, desk] = call.heard;
    assert!(visitor.mean() > desk.mean());
}
