//! Who may speak to which leg, and where each leg is now.
//!
//! Nobody enters but with a connectivity check signed with the leg's password;
//! keys and voice are taken from places that entered, from no other.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::budget::{Bounds, Budget};
use super::inbox::Inbox;
use super::route::{Entered, Route};
use super::ruling::{Place, Refusal, Ruling};
use crate::sdp::Credentials;
use crate::stun::{self, Kind};

/// Most places of one leg: networks × transports of a browser, with room.
const PLACES_PER_LEG: usize = 16;
/// A place another leg was heard from so lately cannot be taken over by this one.
const TAKEN_FOR: Duration = Duration::from_secs(5);
/// A leg whose place is silent for so long is looked for where its checks come from.
const LOST_AFTER: Duration = Duration::from_secs(3);
/// A place nothing came from is forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(1);

/// One connection, as the mux names it.
pub(crate) type LegKey = u64;

/// The legs of one port.
#[derive(Debug, Default)]
pub(crate) struct Table {
    legs: HashMap<LegKey, Route>,
    names: HashMap<String, LegKey>,
    places: HashMap<Place, LegKey>,
    bounds: Bounds,
}

impl Table {
    /// No legs yet; each may send so much.
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self { bounds, ..Self::default() }
    }

    pub(crate) fn add(&mut self, leg: LegKey, inbox: Arc<Inbox>, own: Credentials, now: Instant) {
        self.names.insert(own.ufrag.clone(), leg);
        let route = Route {
            inbox,
            budget: Budget::new(self.bounds, now),
            generation: 0,
            own,
            older: None,
            remote: None,
            older_remote: None,
            early: None,
            places: Vec::new(),
            destination: None,
        };
        self.legs.insert(leg, route);
    }

    /// The leg has a new offer: from now on its checks are signed with these.
    pub(crate) fn renew(&mut self, leg: LegKey, own: Credentials) {
        let Some(route) = self.legs.get_mut(&leg) else { return };
        self.names.insert(own.ufrag.clone(), leg);
        let older = std::mem::replace(&mut route.own, own);
        if let Some(oldest) = route.older.replace(older) {
            self.names.remove(&oldest.ufrag);
        }
        if let Some(remote) = route.remote.take() {
            route.older_remote = Some(remote.ufrag);
        }
        route.early = None;
        route.generation += 1;
    }

    /// The browser answered: it signs its answers to our checks with this.
    pub(crate) fn answered(&mut self, leg: LegKey, remote: &Credentials) {
        if let Some(route) = self.legs.get_mut(&leg) {
            route.remote = Some(remote.clone());
            if let Some(early) = route.early.take() {
                // The queue of a leg that waits for its answer is empty.
                route.inbox.push(&early);
            }
        }
    }

    /// Forgets a leg; `false` if it was not there.
    pub(crate) fn remove(&mut self, leg: LegKey) -> bool {
        let Some(route) = self.legs.remove(&leg) else { return false };
        for credentials in [Some(route.own), route.older].into_iter().flatten() {
            self.names.remove(&credentials.ufrag);
        }
        self.places.retain(|_place, owner| *owner != leg);
        true
    }

    /// A stream or a relayed peer is gone.
    pub(crate) fn leave(&mut self, place: Place) {
        let Some(leg) = self.places.remove(&place) else { return };
        let Some(route) = self.legs.get_mut(&leg) else { return };
        route.places.retain(|entered| entered.place != place);
        if route.destination == Some(place) {
            let newest = route.places.iter().max_by_key(|entered| (entered.generation, entered.heard));
            route.destination = newest.map(|entered| entered.place);
        }
    }

    /// Where datagrams of a leg go.
    pub(crate) fn destination(&self, leg: LegKey) -> Option<Place> {
        self.legs.get(&leg)?.destination
    }

    pub(crate) fn legs(&self) -> usize {
        self.legs.len()
    }

    pub(crate) fn places(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn names(&self) -> usize {
        self.names.len()
    }

    /// Whether somebody who entered is at this place.
    pub(crate) fn knows(&self, place: Place) -> bool {
        self.places.contains_key(&place)
    }

    /// Forgets places nothing comes from.
    pub(crate) fn sweep(&mut self, now: Instant) {
        for route in self.legs.values_mut() {
            let destination = route.destination;
            route.places.retain(|entered| {
                let stays = Some(entered.place) == destination || now - entered.heard < FORGOTTEN_AFTER;
                if !stays {
                    self.places.remove(&entered.place);
                }
                stays
            });
        }
    }

    /// Rules on a datagram.
    pub(crate) fn incoming(&mut self, place: Place, datagram: &[u8], now: Instant) -> Ruling {
        match datagram.first() {
            Some(0..=3) => self.check(place, datagram, now),
            Some(20..=63) if datagram.len() >= 13 => self.data(place, datagram.len(), now, false),
            Some(128..=191) if datagram.len() >= 12 => self.data(place, datagram.len(), now, !is_rtcp(datagram)),
            _other => Ruling::refuse(Refusal::Malformed),
        }
    }

    fn check(&mut self, place: Place, datagram: &[u8], now: Instant) -> Ruling {
        let Some(message) = stun::parse(datagram) else {
            return Ruling::refuse(Refusal::Malformed);
        };
        if message.kind != Kind::Request {
            return self.response(place, &message, now);
        }
        let Some((name, sender)) = message.names() else {
            return Ruling::refuse(Refusal::Malformed);
        };
        let Some((leg, route)) = self.names.get(name).and_then(|leg| Some((*leg, self.legs.get(leg)?))) else {
            return Ruling::refuse(Refusal::Unknown);
        };
        let Some((password, generation)) = route.password(name, sender) else {
            return Ruling::refuse(Refusal::Unknown);
        };
        let is_newest = generation == route.generation;
        if !message.is_signed_with(&password) || !self.enter(leg, place, generation, now) {
            return Ruling::refuse(Refusal::Unknown);
        }
        if !self.legs.get_mut(&leg).is_some_and(|route| route.budget.check(now)) {
            return Ruling::refuse(Refusal::Budget);
        }
        let has_moved = is_newest && self.follow_check(leg, place, message.nominates, now);
        // The library is told of the checks of its present place only: to it there is one place.
        let route = self.legs.get_mut(&leg).filter(|route| is_newest && route.destination == Some(place));
        let deliver = route.and_then(|route| {
            // Without the browser's answer it could not use the check, and the next may take seconds.
            let is_early = route.remote.is_none();
            route.early = is_early.then(|| datagram.to_vec());
            (!is_early).then(|| Arc::clone(&route.inbox))
        });
        let reply = Some(stun::answer(message.transaction, place.address(), &password));
        Ruling { reply, deliver, refusal: None, has_moved }
    }

    /// An answer to a check of the library.
    fn response(&mut self, place: Place, message: &stun::Message<'_>, now: Instant) -> Ruling {
        let Some(route) = self.places.get(&place).and_then(|leg| self.legs.get_mut(leg)) else {
            return Ruling::refuse(Refusal::Unknown);
        };
        let is_signed = route.remote.as_ref().is_some_and(|remote| message.is_signed_with(&remote.password));
        if !is_signed || route.destination != Some(place) {
            return Ruling::refuse(Refusal::Unknown);
        }
        route.hear(place, now);
        if !route.budget.check(now) {
            return Ruling::refuse(Refusal::Budget);
        }
        Ruling { deliver: Some(Arc::clone(&route.inbox)), ..Ruling::default() }
    }

    /// Keys or voice. Voice shows where its leg is.
    fn data(&mut self, place: Place, bytes: usize, now: Instant, is_voice: bool) -> Ruling {
        let Some(route) = self.places.get(&place).and_then(|leg| self.legs.get_mut(leg)) else {
            return Ruling::refuse(Refusal::Unknown);
        };
        let Some(generation) = route.hear(place, now) else {
            return Ruling::refuse(Refusal::Unknown);
        };
        if !route.budget.packet(bytes, now) {
            return Ruling::refuse(Refusal::Budget);
        }
        let there = route.destination.and_then(|there| route.places.iter().find(|entered| entered.place == there));
        // What is still sent on the paths of an older offer does not call the leg back to them.
        let has_moved = is_voice && there.is_none_or(|there| there.place != place && there.generation <= generation);
        if has_moved {
            route.destination = Some(place);
        }
        Ruling { deliver: Some(Arc::clone(&route.inbox)), has_moved, ..Ruling::default() }
    }

    /// Lets a place in, unless it belongs to another leg that was heard from there just now.
    fn enter(&mut self, leg: LegKey, place: Place, generation: u32, now: Instant) -> bool {
        if let Some(owner) = self.places.get(&place).copied().filter(|owner| *owner != leg) {
            let heard =
                self.legs.get(&owner).and_then(|route| route.places.iter().find(|entered| entered.place == place));
            if heard.is_some_and(|entered| now - entered.heard < TAKEN_FOR) {
                return false;
            }
            self.leave(place);
        }
        let Some(route) = self.legs.get_mut(&leg) else {
            return false;
        };
        if let Some(entered) = route.places.iter_mut().find(|entered| entered.place == place) {
            entered.heard = now;
            entered.generation = entered.generation.max(generation);
            return true;
        }
        if route.places.len() >= PLACES_PER_LEG {
            let destination = route.destination;
            let others = route.places.iter().enumerate().filter(|(_at, entered)| Some(entered.place) != destination);
            let Some((oldest, _)) = others.min_by_key(|(_at, entered)| entered.heard) else {
                return false;
            };
            let gone = route.places.swap_remove(oldest);
            self.places.remove(&gone.place);
        }
        route.places.push(Entered { place, generation, heard: now });
        self.places.insert(place, leg);
        true
    }

    /// Whether a signed check of the newest offer shows that the leg is at another place, which it then is.
    fn follow_check(&mut self, leg: LegKey, place: Place, nominates: bool, now: Instant) -> bool {
        let Some(route) = self.legs.get_mut(&leg) else {
            return false;
        };
        let there = route.destination.and_then(|there| route.places.iter().find(|entered| entered.place == there));
        let follows = match there {
            None => true,
            Some(there) if there.place == place => false,
            Some(there) => nominates || there.generation < route.generation || now - there.heard > LOST_AFTER,
        };
        if follows {
            route.destination = Some(place);
        }
        // The first place of a leg is no move.
        follows && route.places.len() > 1
    }
}

/// RFC 5761: the packet types of RTCP in the second byte.
fn is_rtcp(datagram: &[u8]) -> bool {
    datagram.get(1).is_some_and(|kind| (192..=223).contains(kind))
}

#[cfg(test)]
mod tests;
