//! A property: whatever several chats append in whatever order, each reads back without a gap.

use actors::ids::ChatId;
use actors::ports::Kept;
use actors::protocol::Seq;
use futures_util::future::join_all;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::bakery::{Bakery, Home};

/// Chats that write at once.
const CHATS: usize = 4;

/// One step: a chat sends its next message, or repeats an earlier one.
#[derive(Clone, Copy, Debug)]
struct Step {
    chat: usize,
    repeats: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..CHATS, prop::bool::weighted(0.3)).prop_map(|(chat, repeats)| Step { chat, repeats });
    prop::collection::vec(step, 1..60)
}

/// Does its steps one after the other, as a chat's actor does; gives the number of messages.
async fn write(bakery: &Bakery, chat: ChatId, steps: Vec<Step>) -> u32 {
    let mut last = 1;
    for step in steps {
        let number = if step.repeats { last } else { last + 1 };
        let name = if number == 1 { "first".to_owned() } else { format!("n{number}") };
        let kept = bakery.store.append(bakery.said(chat, last + 1, &name)).await.unwrap();
        match kept {
            Kept::Now => last += 1,
            Kept::Before { seq, .. } => assert_eq!(seq, Seq::new(number), "a repeat is found where it was kept"),
        }
        assert_eq!(kept == Kept::Now, !step.repeats);
    }
    last
}

async fn check(bakery: &Bakery, steps: &[Step]) {
    let chats = join_all((0..CHATS).map(|_| bakery.open())).await;

    let writers = chats.iter().enumerate().map(|(number, chat)| {
        let own = steps.iter().copied().filter(|step| step.chat == number).collect();
        write(bakery, *chat, own)
    });
    let lasts = join_all(writers).await;

    for (chat, last) in chats.into_iter().zip(lasts) {
        let events = bakery.store.events_after(chat, Seq::ZERO, 1_000).await.unwrap();
        let places: Vec<u32> = events.iter().map(|event| event.seq.number()).collect();
        assert_eq!(places, (1..=last).collect::<Vec<_>>());
    }
}

fn hold_at(home: Home) {
    let system = actix_rt::System::new();
    let bakery = system.block_on(Bakery::at(home));
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let held = runner.run(&steps(), |steps| {
        system.block_on(check(&bakery, &steps));
        Ok(())
    });
    held.unwrap();
}

#[test]
fn random_appends_read_back_without_a_gap_on_sqlite() {
    hold_at(Home::sqlite());
}

#[test]
fn random_appends_read_back_without_a_gap_on_postgres() {
    hold_at(Home::postgres());
}
