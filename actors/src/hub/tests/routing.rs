//! Plans of the rules through the actors: offers, declines, given visitors, limits of the hub, late rules.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::office::{DeskTab, Office, text};
use crate::ids::{AccountId, ChatId};
use crate::ports::{BusinessRecord, Plan, Room, RouteQuestion, Stage, Step};
use crate::protocol::Code;
use crate::status::Status;

/// Lets everything that was said arrive.
async fn settle() {
    sleep(Duration::from_millis(120)).await;
}

fn steps(plan: &[(&[i64], Option<u64>)]) -> Plan {
    let step = |(consultants, seconds): &(&[i64], Option<u64>)| Step {
        consultants: consultants.iter().copied().map(AccountId::from).collect(),
        patience: seconds.map(Duration::from_secs),
    };
    Plan::Steps(plan.iter().map(step).collect())
}

impl Office {
    fn plans(&self, plan: &[(&[i64], Option<u64>)]) {
        let plan = steps(plan);
        self.rules.set(move |_| plan.clone());
    }

    async fn waits(&self) -> (super::office::Tab, ChatId) {
        let tab = self.vera().await;
        let chat = tab.open("o1").await.unwrap().chat;
        settle().await;
        (tab, chat)
    }

    fn stages(&self) -> Vec<Stage> {
        self.rules.asked().iter().map(|question| question.stage).collect()
    }
}

impl DeskTab {
    /// To whom the newest word about a waiting visitor says it is offered; nothing when everybody may claim.
    fn offered(&self) -> Option<Vec<Value>> {
        let deltas = self.frames.of("delta");
        let waits = deltas.iter().rev().find(|delta| delta["change"]["what"] == "waits")?;
        waits["change"]["visitor"]["offered"]["to"].as_array().cloned()
    }

    async fn claims(&self, chat: ChatId) -> Result<(), Code> {
        let claimed = self.line.claim(chat).await.map_err(|refused| refused.code);
        settle().await;
        claimed
    }

    async fn declines(&self, chat: ChatId) -> Result<(), Code> {
        let declined = self.line.decline(chat).await.map_err(|refused| refused.code);
        settle().await;
        declined
    }
}

fn ids(ids: &[i64]) -> Vec<Value> {
    ids.iter().map(|id| json!(AccountId::from(*id))).collect()
}

#[actix_rt::test]
async fn who_is_offered_the_visitor_may_accept_and_nobody_else() {
    let office = Office::open(2);
    office.plans(&[(&[2], Some(20)), (&[1], Some(20))]);
    let (one, two) = (office.desk(1).await, office.desk(2).await);
    let (_vera, chat) = office.waits().await;

    assert_eq!(one.offered(), Some(ids(&[2])));
    assert_eq!(one.claims(chat).await, Err(Code::ChatOffered));
    assert_eq!(one.declines(chat).await, Err(Code::UnknownChat));
    assert_eq!(two.claims(chat).await, Ok(()));
    assert_eq!((one.given(), two.given()), (0, 1));
}

#[actix_rt::test]
async fn an_offer_nobody_takes_goes_on_and_then_everybody_may() {
    let office = Office::open(2);
    office.plans(&[(&[1], Some(20)), (&[2], Some(20))]);
    let (one, two) = (office.desk(1).await, office.desk(2).await);
    let (_vera, chat) = office.waits().await;

    sleep(Duration::from_secs(20)).await;
    settle().await;
    assert_eq!(one.offered(), Some(ids(&[2])));
    assert_eq!(two.declines(chat).await, Ok(()));
    assert_eq!(office.stages(), [Stage::Arrived, Stage::Unanswered { steps: 2 }]);
    assert_eq!(one.offered(), Some(ids(&[1])), "the rules plan again");

    office.rules.set(|_| Plan::ROOM);
    sleep(Duration::from_secs(45)).await;
    assert_eq!(one.offered(), None);
    assert_eq!(two.claims(chat).await, Ok(()));
}

#[actix_rt::test]
async fn a_plan_may_give_visitors_but_not_more_than_a_consultant_takes() {
    let office = Office::open(2);
    let take_one = |record: &mut BusinessRecord| record.accounts.iter_mut().for_each(|one| one.most_chats = Some(1));
    office.change(take_one).await;
    office.plans(&[(&[1, 2, 99], Some(0))]);
    let (one, two) = (office.desk(1).await, office.desk(2).await);

    let (_first, chat) = office.waits().await;
    let (_second, _) = office.waits().await;
    let (_third, third) = office.waits().await;

    assert_eq!((one.given(), two.given()), (1, 1));
    assert_eq!(one.offered(), None, "nobody is free, so everybody sees the third");
    one.line.close(chat).await.unwrap();
    sleep(Duration::from_millis(500)).await;
    assert_eq!(one.given(), 2, "who is free again is given the one who waits");
    assert_eq!(two.claims(third).await, Err(Code::ChatTaken));
}

#[actix_rt::test]
async fn who_is_away_is_passed_by_and_an_offer_ends_when_they_leave() {
    let office = Office::open(2);
    office.plans(&[(&[1], Some(60)), (&[2], Some(60))]);
    let (one, two) = (office.desk(1).await, office.desk(2).await);
    let (_vera, _) = office.waits().await;
    assert_eq!(two.offered(), Some(ids(&[1])));

    one.line.status(Status::Away).await.unwrap();
    settle().await;

    assert_eq!(two.offered(), Some(ids(&[2])));
}

#[actix_rt::test]
async fn the_hub_says_what_the_plan_wants_to_be_said_once() {
    let office = Office::open(1);
    office.rules.set(|_| {
        let message = Some(text("We are back at two o'clock."));
        Plan::Room(Room { message, is_asked_again: true, asked_again_after: Some(Duration::from_secs(10)) })
    });
    let (vera, _) = office.waits().await;
    sleep(Duration::from_secs(25)).await;

    let said: Vec<Value> = vera.frames.of("ev").into_iter().filter(|event| event["from"]["by"] == "hub").collect();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0]["body"], "We are back at two o'clock.");
    assert_eq!(office.stages(), [Stage::Arrived, Stage::Waiting, Stage::Waiting]);
}

#[actix_rt::test]
async fn rules_that_never_answer_keep_nobody_waiting() {
    let office = Office::open(1);
    office.rules.say_nothing();
    let one = office.desk(1).await;
    let (_vera, chat) = office.waits().await;
    assert_eq!(one.claims(chat).await, Ok(()));
    sleep(Duration::from_secs(1)).await;
    assert_eq!(one.given(), 1);
}

#[actix_rt::test]
async fn the_rules_know_who_waits_and_who_could_answer() {
    let office = Office::open(2);
    let _one = office.desk(1).await;
    let (vera, chat) = office.waits().await;
    vera.say(chat, "More").await.unwrap();

    let RouteQuestion { candidates, preview, stage, attempt, waiting, .. } = office.rules.asked().remove(0);

    assert_eq!((stage, attempt, waiting), (Stage::Arrived, 0, 1));
    assert_eq!(preview, Some(text("Hello")));
    let seen: Vec<_> = candidates.iter().map(|one| (i64::from(one.account), one.status, one.chats)).collect();
    assert_eq!(seen, [(1, Status::Available, 0), (2, Status::Away, 0)]);
}
