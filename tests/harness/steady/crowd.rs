//! Many steady visitors and consultants at once, and the verdict at the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::{Side, Stage, Steady};
use crate::harness::dice::Dice;
use crate::harness::history::{Fault, History, Summary, Truth, lines};
use crate::harness::hub::Hub;
use crate::harness::setup::{PASSWORD, Setup};
use crate::harness::web::{ANNA, Browser, OLGA};
use crate::harness::{accounts, until};

/// How long the people have to bring everything home once the storms are over.
const HOMEWARD: Duration = Duration::from_mins(1);

/// How many people there are and how fast they write.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub visitors: usize,
    pub consultants: usize,
    pub pause: Duration,
}

/// A running crowd.
pub struct Crowd {
    pub dice: Dice,
    pub stage: Stage,
    name: &'static str,
    size: Size,
    people: JoinSet<Steady>,
}

impl Crowd {
    /// Adds the accounts a crowd needs, before or while the hub runs.
    pub fn hub(setup: Setup, size: Size) -> Hub {
        let mut hub = Hub::start(setup);
        if size.consultants > 1 {
            hub.stop();
            accounts::add_accounts(&hub, size.consultants - 1);
            hub.run();
        }
        hub
    }

    /// Sends everybody to the hub.
    pub async fn gather(name: &'static str, hub: &Hub, size: Size) -> Self {
        let mut dice = Dice::thrown();
        let stage = Stage {
            door: hub.door.clone(),
            history: History::default(),
            speaking: Arc::new(AtomicBool::new(true)),
            over: Arc::new(AtomicBool::new(false)),
            unanswered: Arc::new(AtomicUsize::new(0)),
            pause: size.pause,
        };
        let mut people = JoinSet::new();
        for place in 0..size.consultants {
            let email = if place == 0 { ANNA.to_owned() } else { accounts::email(place - 1) };
            let browser = Browser::signed_in(&hub.door, &email).await;
            let side = Side::Consultant { browser, place, of: size.consultants };
            let person = Steady::new(format!("consultant{place}"), side, stage.clone(), dice.split());
            people.spawn(person.live());
        }
        for place in 0..size.visitors {
            let side = Side::Visitor { token: None };
            let person = Steady::new(format!("visitor{place}"), side, stage.clone(), dice.split());
            people.spawn(person.live());
        }
        Self { dice, stage, name, size, people }
    }

    /// Lets people write until this many messages are kept in all.
    pub async fn wait_for_kept(&self, messages: usize) {
        let enough = async || (self.stage.history.kept() >= messages).then_some(());
        until("more messages to be kept", enough).await;
    }

    /// Lets everybody finish, reads what the hub kept and judges the whole run.
    pub async fn verdict(mut self, hub: &Hub) -> Summary {
        self.stage.speaking.store(false, Ordering::Relaxed);
        let begun = Instant::now();
        let mut truth = Truth::new();
        let judged = loop {
            let unanswered = self.stage.unanswered.load(Ordering::Relaxed);
            if unanswered == 0 {
                truth = self.truth(hub).await;
                let judged = self.stage.history.check(&truth);
                // Who has not been told yet may still be on the way; everything else is final.
                let only_missed =
                    |faults: &Vec<Fault>| faults.iter().all(|fault| matches!(fault, Fault::Missed { .. }));
                if !judged.as_ref().is_err_and(only_missed) || begun.elapsed() > HOMEWARD {
                    break judged;
                }
            } else if begun.elapsed() > HOMEWARD {
                let path = self.stage.history.save(self.name, &truth);
                panic!("{unanswered} messages never answered; history in {path}");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        self.stage.over.store(true, Ordering::Relaxed);
        while let Some(person) = self.people.join_next().await {
            person.unwrap();
        }
        match judged {
            Ok(summary) => {
                assert_eq!(truth.len(), self.size.visitors, "each visitor opens one chat");
                eprintln!("{}: {summary:?}", self.name);
                summary
            }
            Err(faults) => {
                let path = self.stage.history.save(self.name, &truth);
                let shown = &faults[..faults.len().min(10)];
                panic!("{} faults, the first: {shown:#?}; history in {path}", faults.len());
            }
        }
    }

    async fn truth(&self, hub: &Hub) -> Truth {
        let mut olga = Browser::new(&hub.door);
        assert!(olga.sign_in(OLGA, PASSWORD).await.status().is_success());
        let mut truth = Truth::new();
        for chat in self.stage.history.chats() {
            truth.insert(chat.clone(), lines(&olga.events(&chat).await));
        }
        truth
    }
}
