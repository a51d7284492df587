//! Stories of the waiting room and the roster.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;

use super::roster::Roster;
use super::waiting_room::{ClaimError, Claimed, Waiter, WaitingRoom};
use crate::ids::{AccountId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::ports::AccountRecord;
use crate::status::Status;
use crate::text::PlainText;

fn waiter(chat: i64, since: i64, returned: bool) -> Waiter {
    Waiter {
        chat: ChatId::from(chat),
        visitor: VisitorId::from(chat),
        package: PackageId::from(1),
        since: Moment::from_millis(since),
        returned,
        preview: PlainText::line("Hello", 10).unwrap(),
        visit: Arc::default(),
        here: true,
        offered: None,
    }
}

fn line(room: &WaitingRoom) -> Vec<i64> {
    room.line().map(|waiter| i64::from(waiter.chat)).collect()
}

const ANNA: i64 = 1;
const BEN: i64 = 2;

fn account(id: i64) -> AccountId {
    AccountId::from(id)
}

#[test]
fn the_longest_wait_comes_first_and_a_returned_visitor_before_all() {
    let mut room = WaitingRoom::default();

    assert_eq!(room.seat(waiter(1, 100, false)), 0);
    assert_eq!(room.seat(waiter(2, 50, false)), 0);
    assert_eq!(room.seat(waiter(3, 200, true)), 0);
    assert_eq!(room.seat(waiter(4, 300, false)), 3);
    assert_eq!(line(&room), [3, 2, 1, 4]);
}

#[test]
fn seating_again_moves_nobody() {
    let mut room = WaitingRoom::default();
    room.seat(waiter(1, 100, false));
    room.seat(waiter(2, 200, false));

    assert_eq!(room.seat(waiter(1, 100, false)), 0);
    assert_eq!(line(&room), [1, 2]);
}

#[test]
fn one_claim_wins_and_the_winner_may_ask_again() {
    let mut room = WaitingRoom::default();
    room.seat(waiter(1, 100, false));
    let chat = ChatId::from(1);

    assert_eq!(room.claim(chat, account(ANNA)), Ok(Claimed::Now(waiter(1, 100, false))));
    assert_eq!(room.claim(chat, account(BEN)), Err(ClaimError::Taken));
    assert_eq!(room.claim(chat, account(ANNA)), Ok(Claimed::Before));
    assert_eq!(room.claim(ChatId::from(9), account(BEN)), Err(ClaimError::Unknown));
}

#[test]
fn the_estimate_is_the_median_of_the_last_waits() {
    let mut room = WaitingRoom::default();
    assert_eq!(room.estimate(), None);

    for seconds in [500, 10, 20, 30, 40, 50, 60, 70, 80, 90, 1_000] {
        room.remember_wait(Duration::from_secs(seconds));
    }

    assert_eq!(room.estimate(), Some(Duration::from_mins(1)));
}

fn roster() -> Roster {
    let record = |id, name: &str, takes_calls| AccountRecord {
        id: account(id),
        given_name: name.to_owned(),
        photo: None,
        takes_calls,
        status: Status::Available,
        most_chats: None,
        languages: Vec::new(),
        skills: Vec::new(),
    };
    let mut roster = Roster::default();
    roster.set_accounts(vec![record(ANNA, "Anna", true), record(BEN, "Ben", true), record(3, "Olga", false)]);
    roster
}

#[test]
fn nobody_is_available_without_a_browser() {
    let mut roster = roster();
    assert_eq!(roster.available(None), []);

    roster.set_connected(account(BEN), true);
    roster.set_connected(account(3), true);

    assert_eq!(roster.available(None), [account(BEN)]);
    assert_eq!(roster.own_status(account(ANNA)), Status::Available);
    let seen: Vec<_> = roster.members(None).iter().map(|member| (member.face.name.clone(), member.status)).collect();
    assert_eq!(seen, [("Anna".to_owned(), Status::Away), ("Ben".to_owned(), Status::Available)]);
}

#[test]
fn a_busy_consultant_is_not_available() {
    let mut roster = roster();
    roster.set_connected(account(ANNA), true);

    assert!(roster.set_status(account(ANNA), Status::Busy));
    assert!(!roster.set_status(account(ANNA), Status::Busy));
    assert_eq!(roster.available(None), []);
}

proptest! {
    #[test]
    fn nobody_is_in_line_and_answered_at_once(steps in proptest::collection::vec((0u8..4, 1i64..6, 1i64..4), 0..80)) {
        let mut room = WaitingRoom::default();
        for (step, chat, who) in steps {
            match step {
                0 => {
                    room.seat(waiter(chat, chat * 10, who == 1));
                }
                1 => {
                    let was_waiting = room.get(ChatId::from(chat)).is_some();
                    let won = matches!(room.claim(ChatId::from(chat), account(who)), Ok(Claimed::Now(_)));
                    prop_assert_eq!(won, was_waiting);
                }
                2 => {
                    room.answer(ChatId::from(chat), account(who));
                }
                _ => {
                    room.leave(ChatId::from(chat));
                }
            }
            prop_assert!(room.line().all(|waiter| !room.answered().contains_key(&waiter.chat)));
            let mut ids = line(&room);
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), room.line().count());
        }
    }
}
