//! What one browser knows of its chats, and how it asks for the rest.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Side;
use crate::harness::dice::Dice;
use crate::harness::history::{History, Line, Step};
use crate::harness::hub::Door;
use crate::harness::{visitor, web};

#[derive(Debug, Default)]
struct View {
    known: BTreeSet<u64>,
    /// Everything up to here is known without a gap.
    last: u64,
    takes_nothing: bool,
}

impl View {
    fn learn(&mut self, seq: u64) {
        self.known.insert(seq);
        while self.known.contains(&(self.last + 1)) {
            self.last += 1;
        }
    }
}

/// The chats of one browser.
#[derive(Debug)]
pub(super) struct Views {
    pub(super) epoch: Option<String>,
    who: String,
    history: History,
    chats: BTreeMap<String, View>,
}

impl Views {
    pub(super) fn new(who: String, history: History) -> Self {
        Self { epoch: None, who, history, chats: BTreeMap::new() }
    }

    /// The part of `hello` that says what is known already.
    pub(super) fn resume(&self) -> Option<Value> {
        let epoch = self.epoch.as_ref()?;
        let chats: BTreeMap<&String, u64> = self.chats.iter().map(|(chat, view)| (chat, view.last)).collect();
        Some(json!({ "epoch": epoch, "chats": chats }))
    }

    /// Takes a chat of a welcome or a claim; after a reset the older lines come over HTTP.
    pub(super) async fn take_chat(&mut self, chat: &Value, side: &Side, door: &Door) -> Option<()> {
        let id = chat["id"].as_str().unwrap().to_owned();
        if chat["reset"] == true {
            self.chats.insert(id.clone(), View::default());
            self.history.add(Step::Forgot { who: self.who.clone(), chat: id.clone() });
        }
        self.chats.entry(id.clone()).or_default().takes_nothing |= chat["state"] == "closed";
        let events = chat["events"].as_array().unwrap();
        let older = if chat["reset"] == true { pages(side, door, &id).await? } else { Vec::new() };
        let newer = events.iter().filter(|event| !older.contains(event));
        for event in older.iter().chain(newer) {
            self.take_event(event, false);
        }
        Some(())
    }

    /// Takes one line.
    pub(super) fn take_event(&mut self, event: &Value, live: bool) {
        let chat = event["chat"].as_str().unwrap().to_owned();
        let seq = event["seq"].as_u64().unwrap();
        let line = Line::of(event);
        self.chats.entry(chat.clone()).or_default().learn(seq);
        self.history.add(Step::Told { who: self.who.clone(), chat, seq, line, live });
    }

    /// Takes the place of an own line.
    pub(super) fn own(&mut self, chat: &str, seq: u64) {
        self.chats.entry(chat.to_owned()).or_default().learn(seq);
    }

    /// The chat takes nothing any more.
    pub(super) fn gave_up(&mut self, chat: &str) {
        self.chats.entry(chat.to_owned()).or_default().takes_nothing = true;
    }

    /// One of the chats that take messages.
    pub(super) fn some_open_chat(&self, dice: &mut Dice) -> Option<String> {
        let open: Vec<&String> = self.chats.iter().filter(|(_, view)| !view.takes_nothing).map(|(id, _)| id).collect();
        if open.is_empty() {
            return None;
        }
        let place = usize::try_from(dice.between(0, open.len() as u64)).unwrap();
        open.get(place).map(|id| (*id).clone())
    }
}

/// All lines of a chat over HTTP; nothing while the hub is down.
async fn pages(side: &Side, door: &Door, chat: &str) -> Option<Vec<Value>> {
    match side {
        Side::Consultant { browser, .. } => web::pages(|before| browser.page(chat, before)).await,
        Side::Visitor { token } => {
            let token = token.as_deref()?;
            web::pages(|before| web::visitor_page(door, token, visitor::PACKAGE, chat, before)).await
        }
    }
}
