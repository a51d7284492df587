//! The rules of the waiting room: who is next, and who won a claim.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use actix::Message;

use crate::ids::{AccountId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::ports::Visit;
use crate::protocol::Offered;
use crate::text::PlainText;

/// Waits that the estimate is made of.
const REMEMBERED_WAITS: usize = 10;

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiter {
    pub(crate) chat: ChatId,
    pub(crate) visitor: VisitorId,
    pub(crate) package: PackageId,
    pub(crate) visit: Arc<Visit>,
    pub(crate) since: Moment,
    /// A consultant answered before and is gone: this visitor comes first.
    pub(crate) returned: bool,
    pub(crate) preview: PlainText,
    pub(crate) here: bool,
    /// Whom the rules offer this visitor to.
    pub(crate) offered: Option<Offered>,
}

/// A visitor begins to wait.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Waits(pub(crate) Waiter);

/// Why a claim failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimError {
    /// Nobody waits under this id.
    Unknown,
    /// Somebody else answers.
    Taken,
}

/// What a claim came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// The winner; the visitor left the room.
    Now(Waiter),
    /// It was theirs already.
    Before,
}

/// Everybody who waits at one business, and who answers whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct WaitingRoom {
    /// Returned visitors first, then by the length of the wait.
    line: VecDeque<Waiter>,
    answered: HashMap<ChatId, AccountId>,
    waits: VecDeque<Duration>,
}

impl WaitingRoom {
    /// Seats a visitor; the place in line, 0 is first. Seating again moves nobody.
    pub(crate) fn seat(&mut self, waiter: Waiter) -> usize {
        self.answered.remove(&waiter.chat);
        if let Some(place) = self.place(waiter.chat) {
            if let Some(seated) = self.line.get_mut(place) {
                *seated = waiter;
            }
            return place;
        }
        let key = |w: &Waiter| (!w.returned, w.since, w.chat);
        let place = self.line.partition_point(|seated| key(seated) <= key(&waiter));
        self.line.insert(place, waiter);
        place
    }

    /// Takes a visitor out of the line for `account`: exactly one claim wins.
    pub(crate) fn claim(&mut self, chat: ChatId, account: AccountId) -> Result<Claimed, ClaimError> {
        match (self.place(chat), self.answered.get(&chat)) {
            (Some(place), _) => {
                let waiter = self.line.remove(place).ok_or(ClaimError::Unknown)?;
                self.answered.insert(chat, account);
                Ok(Claimed::Now(waiter))
            }
            (None, Some(winner)) if *winner == account => Ok(Claimed::Before),
            (None, Some(_)) => Err(ClaimError::Taken),
            (None, None) => Err(ClaimError::Unknown),
        }
    }

    /// A consultant answers the chat, whoever decided it; tells whether somebody left the line.
    pub(crate) fn answer(&mut self, chat: ChatId, account: AccountId) -> bool {
        self.answered.insert(chat, account);
        self.leave_line(chat)
    }

    /// The chat is over; tells whether somebody left the line.
    pub(crate) fn leave(&mut self, chat: ChatId) -> bool {
        self.answered.remove(&chat);
        self.leave_line(chat)
    }

    /// Remembers how long an answered visitor waited.
    pub(crate) fn remember_wait(&mut self, wait: Duration) {
        self.waits.push_back(wait);
        if self.waits.len() > REMEMBERED_WAITS {
            self.waits.pop_front();
        }
    }

    /// How long visitors waited of late: the median, or nothing when nobody was answered yet.
    pub(crate) fn estimate(&self) -> Option<Duration> {
        let mut waits: Vec<_> = self.waits.iter().copied().collect();
        waits.sort_unstable();
        waits.get(waits.len() / 2).copied()
    }

    /// Changes a seated visitor; tells the place when there was something to change.
    pub(crate) fn update(&mut self, chat: ChatId, change: impl FnOnce(&mut Waiter)) -> Option<usize> {
        let place = self.place(chat)?;
        let seated = self.line.get_mut(place)?;
        let before = seated.clone();
        change(seated);
        (*seated != before).then_some(place)
    }

    pub(crate) fn get(&self, chat: ChatId) -> Option<&Waiter> {
        self.line.iter().find(|waiter| waiter.chat == chat)
    }

    pub(crate) fn line(&self) -> impl Iterator<Item = &Waiter> {
        self.line.iter()
    }

    /// The chats that consultants answer.
    pub(crate) fn answered(&self) -> &HashMap<ChatId, AccountId> {
        &self.answered
    }

    /// How many wait at a package.
    pub(crate) fn count(&self, package: PackageId) -> usize {
        self.line.iter().filter(|waiter| waiter.package == package).count()
    }

    fn place(&self, chat: ChatId) -> Option<usize> {
        self.line.iter().position(|waiter| waiter.chat == chat)
    }

    fn leave_line(&mut self, chat: ChatId) -> bool {
        let place = self.place(chat);
        place.is_some_and(|place| self.line.remove(place).is_some())
    }
}
