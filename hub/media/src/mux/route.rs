//! One leg at the port: its names, its secrets, and the places it was seen at.

use std::sync::Arc;
use std::time::Instant;

use super::budget::Budget;
use super::inbox::Inbox;
use super::ruling::Place;
use crate::sdp::Credentials;

/// A place that showed a signed check.
#[derive(Debug)]
pub(super) struct Entered {
    pub(super) place: Place,
    pub(super) generation: u32,
    pub(super) heard: Instant,
}

#[derive(Debug)]
pub(super) struct Route {
    pub(super) inbox: Arc<Inbox>,
    pub(super) budget: Budget,
    /// Counts the offers with credentials of their own.
    pub(super) generation: u32,
    pub(super) own: Credentials,
    /// The last ones but one: a browser uses them until it answers the newest offer.
    pub(super) older: Option<Credentials>,
    /// Of the answer to the newest offer; none until it is there.
    pub(super) remote: Option<Credentials>,
    /// How the browser called itself in its answer before.
    pub(super) older_remote: Option<String>,
    /// The last check that came before that answer.
    pub(super) early: Option<Vec<u8>>,
    pub(super) places: Vec<Entered>,
    pub(super) destination: Option<Place>,
}

impl Route {
    /// What a check between these names has to be signed with, and to which offer it belongs.
    ///
    /// After a new offer, a browser also checks its old sockets against our new name, under its old name.
    /// That is not the new path: the library would refuse it, and so does the port.
    pub(super) fn password(&self, name: &str, sender: &str) -> Option<(String, u32)> {
        if name != self.own.ufrag {
            let older = self.older.as_ref().filter(|older| older.ufrag == name)?;
            return Some((older.password.clone(), self.generation.saturating_sub(1)));
        }
        let is_current = match &self.remote {
            Some(remote) => remote.ufrag == sender,
            None => self.older_remote.as_ref().is_none_or(|older| older != sender),
        };
        is_current.then(|| (self.own.password.clone(), self.generation))
    }

    /// Notes that something came from a place that entered, and says for which offer it did.
    pub(super) fn hear(&mut self, place: Place, now: Instant) -> Option<u32> {
        let entered = self.places.iter_mut().find(|entered| entered.place == place)?;
        entered.heard = now;
        Some(entered.generation)
    }
}
