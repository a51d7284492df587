//! Telling desks and visitors what changed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::BusinessActor;
use super::board::Front;
use crate::chat::{Place, to_json};
use crate::consultant::Changed;
use crate::ids::ChatId;
use crate::kit::tell;
use crate::protocol::{ListsDelta, ToVisitor};

/// Changes of the team within this time reach visitors as one frame.
pub(super) const PRESENCE_PAUSE: Duration = Duration::from_millis(100);

impl BusinessActor {
    /// Tells every desk one change.
    pub(super) fn tell_lists(&self, change: ListsDelta) {
        let change = Arc::new(change);
        for account in self.roster.connected() {
            self.parts.tell_consultant(account, Changed(Arc::clone(&change)));
        }
    }

    /// Tells every desk that somebody waits.
    pub(super) fn tell_waits(&self, chat: ChatId, place: usize) {
        let board = self.board.load();
        if let Some(waiter) = self.room.get(chat) {
            let at = u32::try_from(place).unwrap_or(u32::MAX);
            self.tell_lists(ListsDelta::Waits { at, visitor: board.waiting_visitor(waiter) });
        }
    }

    /// Tells everybody in line their place.
    pub(super) fn tell_places(&self) {
        let estimate = self.room.estimate();
        let estimate_seconds = estimate.map(|wait| u32::try_from(wait.as_secs()).unwrap_or(u32::MAX));
        for (place, waiter) in (1..).zip(self.room.line()) {
            if let Some(chat) = self.parts.chats.get(waiter.chat) {
                tell(&chat, Place { place, estimate_seconds });
            }
        }
    }

    /// Tells every visitor who is there: encoded once for each package, and only the latest counts.
    pub(super) fn tell_presence(&mut self) {
        self.presence_due = false;
        let board = self.board.load();
        let frame = |front: &Front| {
            let Front { open, hours, members } = front.clone();
            to_json(&ToVisitor::Presence { open, hours, team: members })
        };
        let frames: HashMap<_, _> = board.fronts.iter().map(|(package, front)| (*package, frame(front))).collect();
        for one in self.audience.values() {
            if let Some(frame) = frames.get(&one.package) {
                one.socket.send_passing(frame.clone());
            }
        }
    }
}
