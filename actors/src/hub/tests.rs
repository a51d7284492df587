//! Stories of a whole office, in memory and in no time.

mod call_races;
mod calls;
mod office;
mod routing;
mod settings;

use std::time::Duration;

use futures_util::future::join_all;
use office::Office;

use crate::ids::ChatId;
use crate::protocol::{ChatState, Code};
use crate::status::Status;

/// A visitor who waits, and the chat.
async fn waiting(office: &Office) -> (office::Tab, ChatId) {
    let vera = office.vera().await;
    let chat = vera.open("first").await.unwrap().chat;
    office.calm().await;
    (vera, chat)
}

#[actix_rt::test]
async fn a_visitor_writes_and_a_consultant_answers() {
    let office = Office::open(2);
    let anna = office.desk(1).await;
    let (vera, chat) = waiting(&office).await;
    assert_eq!(anna.frames.of("delta").last().unwrap()["change"]["what"], "waits");
    assert_eq!(vera.frames.of("waiting").last().unwrap()["place"], 1);

    anna.line.claim(chat).await.unwrap();
    office.calm().await;
    let said = anna.say(chat, "hi").await.unwrap();
    let answered = vera.say(chat, "thanks").await.unwrap();
    office.calm().await;

    assert_eq!(anna.given(), 1);
    assert_eq!((said.seq.number(), answered.seq.number()), (3, 4));
    assert_eq!(vera.frames.seqs(), [2, 3], "the own message is acknowledged, not told");
    assert_eq!(anna.frames.seqs(), [4]);
}

#[actix_rt::test]
async fn of_fifty_consultants_exactly_one_wins_each_visitor() {
    let office = Office::open(50);
    let desks = join_all((1..=50).map(|account| office.desk(account))).await;

    for round in 0..20 {
        let (_vera, chat) = waiting(&office).await;
        let claims = join_all(desks.iter().map(|desk| desk.line.claim(chat))).await;
        office.calm().await;

        assert_eq!(claims.iter().filter(|claim| claim.is_ok()).count(), 1, "round {round}");
        let refused = claims.iter().filter_map(|claim| claim.as_ref().err());
        assert!(refused.clone().all(|refusal| refusal.code == Code::ChatTaken));
        assert_eq!(desks.iter().map(office::DeskTab::given).sum::<usize>(), round + 1);
    }
}

#[actix_rt::test]
async fn a_visitor_whose_consultant_left_waits_at_the_front_again() {
    let office = Office::open(2);
    let anna = office.desk(1).await;
    let ben = office.desk(2).await;
    let (vera, chat) = waiting(&office).await;
    anna.line.claim(chat).await.unwrap();
    office.pass(Duration::from_secs(1)).await;
    let (_other, _) = waiting(&office).await;

    drop(anna.line);
    office.pass(Duration::from_secs(59)).await;
    assert_eq!(ben.frames.of("delta").iter().filter(|delta| delta["change"]["what"] == "waits").count(), 2);
    office.pass(Duration::from_secs(2)).await;

    let deltas = ben.frames.of("delta");
    let back = deltas.iter().rev().find(|delta| delta["change"]["what"] == "waits").unwrap();
    assert_eq!((&back["change"]["visitor"]["chat"], &back["change"]["at"]), (&chat.to_string().into(), &0.into()));
    assert_eq!(vera.frames.of("ev").last().unwrap()["k"], "returned");
    assert_eq!(vera.frames.of("waiting").last().unwrap()["place"], 1);
}

#[actix_rt::test]
async fn nothing_is_told_that_is_not_kept() {
    let office = Office::open(1);
    let anna = office.desk(1).await;
    let (vera, chat) = waiting(&office).await;
    anna.line.claim(chat).await.unwrap();
    office.calm().await;

    office.store.break_down(true);
    let refused = vera.say(chat, "lost?").await.unwrap_err();
    office.calm().await;
    assert_eq!(refused.code, Code::Unavailable);
    assert!(anna.frames.seqs().is_empty());

    office.store.break_down(false);
    office.pass(Duration::from_secs(1)).await;
    let kept = vera.say(chat, "lost?").await.unwrap();
    office.calm().await;
    assert_eq!(kept.seq.number(), 3);
    assert_eq!(anna.frames.seqs(), [3]);
    assert_eq!(office.store.events(chat).len(), 3);
}

#[actix_rt::test]
async fn no_event_overtakes_an_acknowledgement() {
    let office = Office::open(1);
    let anna = office.desk(1).await;
    let (vera, chat) = waiting(&office).await;
    anna.line.claim(chat).await.unwrap();
    office.calm().await;

    let asked = vera.say(chat, "question");
    let answered = anna.say(chat, "answer");
    let (asked, answered) = futures_util::future::join(asked, answered).await;
    office.calm().await;

    assert_eq!((asked.unwrap().seq.number(), answered.unwrap().seq.number()), (3, 4));
    assert_eq!(vera.frames.kinds(), ["ack", "waiting", "ev", "ack", "ev"]);
}

#[actix_rt::test]
async fn a_repeated_request_opens_one_chat() {
    let office = Office::open(1);
    let vera = office.vera().await;

    let first = vera.open("same").await.unwrap();
    let again = vera.open("same").await.unwrap();

    assert_eq!(first, again);
}

#[actix_rt::test]
async fn a_visitor_has_so_many_open_chats_and_no_more() {
    let office = Office::open(1);
    let vera = office.vera().await;
    for cid in ["a", "b", "c"] {
        vera.open(cid).await.unwrap();
    }

    assert_eq!(vera.open("d").await.unwrap_err().code, Code::TooManyChats);
}

#[actix_rt::test]
async fn a_stranger_cannot_touch_a_chat() {
    let office = Office::open(1);
    let (_vera, chat) = waiting(&office).await;
    let stranger = office.visitor(None, &[(chat, 0)]).await.unwrap();

    assert!(stranger.welcome.chats.is_empty());
    assert_eq!(stranger.say(chat, "hi").await.unwrap_err().code, Code::UnknownChat);
    assert_eq!(stranger.line.close(chat).await.unwrap_err().code, Code::UnknownChat);
    assert_eq!(office.store.events(chat).len(), 1);
}

#[actix_rt::test]
async fn all_tabs_see_the_same_chat() {
    let office = Office::open(1);
    let first = office.vera().await;
    let second = office.visitor(Some(&first.welcome.tok), &[]).await.unwrap();

    let chat = first.open("first").await.unwrap().chat;
    office.calm().await;
    second.say(chat, "more").await.unwrap();
    office.calm().await;

    assert_eq!(first.frames.seqs(), [2]);
    assert_eq!(second.frames.seqs(), [1]);
}

#[actix_rt::test]
async fn after_a_restart_everybody_goes_on() {
    let office = Office::open(1);
    let anna = office.desk(1).await;
    let (vera, chat) = waiting(&office).await;
    anna.line.claim(chat).await.unwrap();
    let token = vera.welcome.tok.clone();

    let office = Office::reopen(office.store, office.clock);
    office.hub.resume().await.unwrap();
    let vera = office.visitor(Some(&token), &[(chat, 1)]).await.unwrap();
    let anna = office.desk(1).await;

    assert_eq!(vera.welcome.chats[0].events.len(), 1, "only what was missed");
    assert_eq!((vera.welcome.chats[0].state, vera.welcome.chats[0].reset), (ChatState::Open, false));
    assert_eq!(anna.welcome.chats[0].id, chat);
    assert_eq!(anna.welcome.chats[0].events.len(), 2);
}

#[actix_rt::test]
async fn a_visitor_who_left_is_shown_as_gone_after_the_grace_time() {
    let office = Office::open(1);
    let anna = office.desk(1).await;
    let (vera, _) = waiting(&office).await;
    let is_here = || anna.frames.of("delta").last().unwrap()["change"]["visitor"]["here"].clone();

    drop(vera);
    office.pass(Duration::from_secs(59)).await;
    assert_eq!(is_here(), true);
    office.pass(Duration::from_secs(2)).await;
    assert_eq!(is_here(), false);
}

#[actix_rt::test]
async fn a_silent_chat_closes_by_itself_but_a_waiting_visitor_stays() {
    let office = Office::open(1);
    let anna = office.desk(1).await;
    let (vera, open) = waiting(&office).await;
    anna.line.claim(open).await.unwrap();
    let (_waits, waits) = waiting(&office).await;

    office.pass(Duration::from_mins(32)).await;

    assert_eq!(vera.frames.of("ev").last().unwrap()["k"], "closed");
    assert_eq!(office.store.events(waits).len(), 1);
}

#[actix_rt::test]
async fn a_chat_nobody_needs_leaves_memory_and_still_closes_in_time() {
    let office = Office::open(1);
    let (vera, chat) = waiting(&office).await;
    drop(vera);

    office.pass(Duration::from_mins(13)).await;
    assert!(office.hub.population().contains(&("chat", 0)));
    assert!(office.hub.population().contains(&("visitor", 0)));

    office.pass(Duration::from_mins(20)).await;
    assert_eq!(office.store.events(chat).len(), 2, "closed by the hub");
}

#[actix_rt::test]
async fn a_chosen_status_reaches_visitors_and_colleagues() {
    let office = Office::open(2);
    let anna = office.desk(1).await;
    let ben = office.desk(2).await;
    let vera = office.vera().await;
    assert!(vera.welcome.open);

    anna.line.status(Status::Busy).await.unwrap();
    ben.line.status(Status::Away).await.unwrap();
    office.pass(Duration::from_secs(1)).await;

    let presence = vera.frames.of("presence").last().unwrap().clone();
    assert_eq!(presence["open"], false);
    assert_eq!(presence["team"][0]["status"], "busy");
    assert_eq!(ben.frames.of("delta").iter().filter(|delta| delta["change"]["what"] == "team").count(), 3);
}

#[actix_rt::test]
async fn versions_of_the_lists_have_no_gap() {
    let office = Office::open(1);
    let anna = office.desk(1).await;
    let mut expected = u64::from(anna.welcome.lists.ver);
    for _ in 0..3 {
        waiting(&office).await;
    }

    for delta in anna.frames.of("delta") {
        expected += 1;
        assert_eq!(delta["ver"], expected);
    }
    assert!(expected >= 3);
}

#[actix_rt::test]
async fn closed_desks_are_told_to_sign_in_again() {
    let office = Office::open(1);
    let anna = office.desk(1).await;

    office.hub.close_desks(crate::hub::SignedIn { business: 1.into(), account: 1.into() });
    office.calm().await;

    assert_eq!(anna.frames.closed(), Some(4101));
}
