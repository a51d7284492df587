//! Stories of one chat: what each person asks in, what is kept out.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::session::{ChatError, ChatSession, Missed, NEWEST, RESUMABLE, Saying};
use crate::ids::{AccountId, BusinessId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::ports::{ChatRecord, Entry, Visit};
use crate::protocol::{Author, ChatState, Cid, Event, Face, Fact, Marks, Seq, Side};
use crate::text::PlainText;

const ANNA: i64 = 1;
const BEN: i64 = 2;

fn face(account: i64) -> Face {
    let name = if account == ANNA { "Anna" } else { "Ben" };
    Face { id: AccountId::from(account), name: name.to_owned(), photo: None }
}

fn message(cid: &str, body: &str) -> (Cid, PlainText) {
    (Cid::new(cid).unwrap(), PlainText::lines(body, 100).unwrap())
}

fn said(cid: &str, body: &str) -> Fact {
    let (cid, body) = message(cid, body);
    Fact::Said { cid, body }
}

fn session() -> ChatSession {
    let chat = ChatId::from(7);
    let at = Moment::from_millis(1_000);
    let first = Event { chat, seq: Seq::new(1), at, from: Author::Visitor, fact: said("first", "Hello") };
    ChatSession::load(ChatRecord {
        id: chat,
        business: BusinessId::from(1),
        package: PackageId::from(1),
        visitor: VisitorId::from(1),
        consultant: None,
        state: ChatState::Waiting,
        version: 0,
        opened_at: at,
        last_seq: Seq::new(1),
        seen: Marks::default(),
        visit: Visit::default(),
        previous_chats: 0,
        events: vec![first],
    })
}

fn account(name: &str) -> i64 {
    if name == "anna" { ANNA } else { BEN }
}

/// Does one line of a story; what was kept, or why it was refused.
fn act(session: &mut ChatSession, line: &str) -> Result<String, ChatError> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let now = Moment::from_millis(2_000);
    let author = match words[0] {
        "visitor" => Author::Visitor,
        "hub" => Author::Hub,
        name => Author::Consultant { account: AccountId::from(account(name)) },
    };
    let entry = match words[1] {
        "says" => {
            let body = PlainText::lines(&words[2..].join(" "), 100).unwrap();
            match session.say(author, Cid::new(words[2]).unwrap(), body, now)? {
                Saying::Keep(entry) => Some(entry),
                Saying::Repeated { seq, .. } => return Ok(format!("kept before as #{}", seq.number())),
            }
        }
        "accepts" => session.accept(face(account(words[0])), now)?,
        "vanishes" => session.give_back(AccountId::from(account(words[0])), now),
        "closes" => session.close(author, now)?,
        other => panic!("no such verb: {other}"),
    };
    Ok(entry.map_or_else(|| "nothing to keep".to_owned(), |entry| keep(session, &entry)))
}

fn keep(session: &mut ChatSession, entry: &Entry) -> String {
    session.apply(entry);
    let fact = match &entry.event.fact {
        Fact::Said { body, .. } => format!("said {body}"),
        Fact::Joined { consultant } => format!("{} joined", consultant.name),
        Fact::Returned => "returned".to_owned(),
        Fact::Invited { .. } => "invited".to_owned(),
        Fact::InviteDeclined => "invite declined".to_owned(),
        Fact::Called { reason, .. } => format!("called {reason:?}"),
        Fact::Closed => "closed".to_owned(),
    };
    format!("keep #{} {fact}, {:?}", entry.event.seq.number(), session.state)
}

fn check(story: &str, outcome: Expect) {
    let mut session = session();
    let mut log = String::new();
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let result = act(&mut session, line).unwrap_or_else(|error| format!("refused: {error}"));
        writeln!(log, "> {line}\n  {result}").unwrap();
    }
    outcome.assert_eq(&log);
}

#[test]
fn the_first_consultant_to_accept_wins() {
    check(
        "
        visitor says more
        anna accepts
        ben accepts
        anna accepts
        ",
        expect![[r#"
            > visitor says more
              keep #2 said more, Waiting
            > anna accepts
              keep #3 Anna joined, Open
            > ben accepts
              refused: chat is already taken
            > anna accepts
              nothing to keep
        "#]],
    );
}

#[test]
fn only_the_consultant_who_answers_may_write_or_close() {
    check(
        "
        anna says early
        anna accepts
        ben says hi
        ben closes
        anna says hi
        anna closes
        ",
        expect![[r#"
            > anna says early
              refused: another consultant answers this chat
            > anna accepts
              keep #2 Anna joined, Open
            > ben says hi
              refused: another consultant answers this chat
            > ben closes
              refused: another consultant answers this chat
            > anna says hi
              keep #3 said hi, Open
            > anna closes
              keep #4 closed, Closed
        "#]],
    );
}

#[test]
fn a_repeated_message_is_kept_once() {
    check(
        "
        visitor says again
        visitor says again
        visitor closes
        visitor says again
        ",
        expect![[r#"
            > visitor says again
              keep #2 said again, Waiting
            > visitor says again
              kept before as #2
            > visitor closes
              keep #3 closed, Closed
            > visitor says again
              kept before as #2
        "#]],
    );
}

#[test]
fn a_closed_chat_takes_no_more() {
    check(
        "
        visitor closes
        visitor says late
        anna accepts
        visitor closes
        anna vanishes
        ",
        expect![[r#"
            > visitor closes
              keep #2 closed, Closed
            > visitor says late
              refused: chat is closed
            > anna accepts
              refused: chat is closed
            > visitor closes
              nothing to keep
            > anna vanishes
              nothing to keep
        "#]],
    );
}

#[test]
fn a_visitor_whose_consultant_vanished_waits_again() {
    check(
        "
        anna accepts
        ben vanishes
        anna vanishes
        ben accepts
        ",
        expect![[r#"
            > anna accepts
              keep #2 Anna joined, Open
            > ben vanishes
              nothing to keep
            > anna vanishes
              keep #3 returned, Waiting
            > ben accepts
              keep #4 Ben joined, Open
        "#]],
    );
}

#[test]
fn read_marks_only_go_forward_and_never_past_the_end() {
    let mut session = session();

    assert!(session.see(Side::Consultant, Seq::new(1)));
    assert!(!session.see(Side::Consultant, Seq::new(1)));
    assert!(!session.see(Side::Consultant, Seq::new(2)));
    assert_eq!(session.seen, Marks { visitor: Seq::ZERO, consultant: Seq::new(1) });
}

fn long(count: u32) -> ChatSession {
    let mut session = session();
    for number in 1..count {
        let (cid, body) = message(&format!("cid{number}"), "more");
        let Ok(Saying::Keep(entry)) = session.say(Author::Visitor, cid, body, Moment::from_millis(3_000)) else {
            panic!("refused")
        };
        session.apply(&entry);
    }
    session
}

#[test]
fn a_browser_gets_what_it_missed_from_memory_then_storage_then_starts_over() {
    let session = long(2_000);
    let have = |missed: u32| session.missed(Some(Seq::new(2_000 - missed)));

    assert_eq!(have(0), Missed::Events(vec![]));
    assert!(matches!(have(64), Missed::Events(events) if events.len() == 64));
    assert_eq!(have(65), Missed::InStorage);
    assert_eq!(have(RESUMABLE), Missed::InStorage);
    assert!(matches!(have(RESUMABLE + 1), Missed::StartOver(events) if events.len() == NEWEST));
    assert!(matches!(session.missed(Some(Seq::new(2_001))), Missed::StartOver(_)));
    assert!(matches!(session.missed(None), Missed::StartOver(_)));
}

proptest! {
    #[test]
    fn whatever_happens_numbers_have_no_gap_and_time_never_runs_back(
        steps in proptest::collection::vec((0u8..7, 0i64..5_000), 0..60),
    ) {
        let mut session = session();
        let mut kept = vec![(1, 1_000)];
        for (index, (step, now)) in steps.into_iter().enumerate() {
            let now = Moment::from_millis(now);
            let (cid, body) = message(&format!("c{index}"), "text");
            let consultant = Author::Consultant { account: AccountId::from(ANNA) };
            let entry = match step {
                0 | 1 => session.say(Author::Visitor, cid, body, now).ok(),
                2 => session.say(consultant, cid, body, now).ok(),
                3 => session.accept(face(ANNA), now).ok().flatten().map(Saying::Keep),
                4 => session.accept(face(BEN), now).ok().flatten().map(Saying::Keep),
                5 => session.give_back(AccountId::from(ANNA), now).map(Saying::Keep),
                _ => session.close(consultant, now).ok().flatten().map(Saying::Keep),
            };
            if let Some(Saying::Keep(entry)) = entry {
                kept.push((entry.event.seq.number(), entry.event.at.millis()));
                session.apply(&entry);
            }
            let expected = match session.state {
                ChatState::Waiting => session.consultant.is_none(),
                ChatState::Open => session.consultant.is_some(),
                ChatState::Closed => true,
            };
            prop_assert!(expected, "{:?} with {:?}", session.state, session.consultant);
        }
        prop_assert!(kept.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1 && pair[1].1 >= pair[0].1));
    }
}
