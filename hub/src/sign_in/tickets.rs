//! One-use tickets for the desk socket, in memory.
//!
//! A page can only get one with the cookie *and* the right origin, so a foreign
//! page that opens a socket with the browser's cookie still has none.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actors::ports::TokenHash;
use secrecy::SecretString;

use super::secret::{NoRandomness, Purpose};

/// Time for one answer and one socket to arrive on a bad line.
pub(crate) const LIFETIME: Duration = Duration::from_secs(30);
/// Tickets of one sign-in that may be unused at once; a device with many tabs stays below.
const MOST_PER_OWNER: usize = 32;

/// Tickets nobody has used yet, each bound to what `T` names.
pub(crate) struct Tickets<T> {
    unused: Mutex<HashMap<TokenHash, Ticket<T>>>,
}

struct Ticket<T> {
    owner: T,
    until: Instant,
}

impl<T: Clone + Eq> Tickets<T> {
    /// No tickets yet.
    pub(crate) fn new() -> Self {
        Self { unused: Mutex::new(HashMap::new()) }
    }

    /// Makes a ticket for `owner`; its oldest one gives way when there are too many.
    pub(crate) fn issue(&self, owner: T, now: Instant) -> Result<SecretString, NoRandomness> {
        let secret = Purpose::Ticket.make()?;
        let hash = Purpose::Ticket.hash(secrecy::ExposeSecret::expose_secret(&secret)).ok_or(NoRandomness)?;
        let mut unused = self.lock();
        unused.retain(|_, ticket| ticket.until > now);
        let of_owner = || unused.iter().filter(|(_, ticket)| ticket.owner == owner);
        if of_owner().count() >= MOST_PER_OWNER {
            let oldest = of_owner().min_by_key(|(_, ticket)| ticket.until).map(|(hash, _)| *hash);
            oldest.and_then(|hash| unused.remove(&hash));
        }
        unused.insert(hash, Ticket { owner, until: now + LIFETIME });
        Ok(secret)
    }

    /// Uses a ticket up: whose it was, unless it is too old, used or unknown.
    pub(crate) fn take(&self, text: &str, now: Instant) -> Option<T> {
        let hash = Purpose::Ticket.hash(text)?;
        let ticket = self.lock().remove(&hash)?;
        (ticket.until > now).then_some(ticket.owner)
    }

    /// Makes tickets worthless.
    pub(crate) fn revoke(&self, is_meant: impl Fn(&T) -> bool) {
        self.lock().retain(|_, ticket| !is_meant(&ticket.owner));
    }

    // Nothing under the lock can panic half-way, so what a poisoned lock guards is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<TokenHash, Ticket<T>>> {
        self.unused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_ticket_lets_its_owner_in_once() {
        let tickets = Tickets::new();
        let now = Instant::now();
        let ticket = tickets.issue("anna", now).unwrap();

        assert_eq!(tickets.take(ticket.expose_secret(), now), Some("anna"));
        assert_eq!(tickets.take(ticket.expose_secret(), now), None);
    }

    #[test]
    fn an_old_or_foreign_ticket_is_worthless() {
        let tickets = Tickets::new();
        let now = Instant::now();
        let ticket = tickets.issue("anna", now).unwrap();
        let foreign = Purpose::Ticket.make().unwrap();

        assert_eq!(tickets.take(foreign.expose_secret(), now), None);
        assert_eq!(tickets.take("", now), None);
        assert_eq!(tickets.take(ticket.expose_secret(), now + LIFETIME), None);
    }

    #[test]
    fn signing_out_revokes_unused_tickets() {
        let tickets = Tickets::new();
        let now = Instant::now();
        let of_anna = tickets.issue("anna", now).unwrap();
        let of_ben = tickets.issue("ben", now).unwrap();

        tickets.revoke(|owner| *owner == "anna");

        assert_eq!(tickets.take(of_anna.expose_secret(), now), None);
        assert_eq!(tickets.take(of_ben.expose_secret(), now), Some("ben"));
    }

    #[test]
    fn unused_tickets_of_one_owner_are_bounded() {
        let tickets = Tickets::new();
        let now = Instant::now();

        for _ in 0..1_000 {
            tickets.issue("anna", now).unwrap();
        }

        assert_eq!(tickets.lock().len(), MOST_PER_OWNER);
    }
}
