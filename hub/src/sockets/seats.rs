//! Rules: how many sockets one visitor, consultant or address prefix may hold.

use std::sync::Arc;

use actors::ids::AccountId;
use dashmap::DashMap;
use dashmap::mapref::entry::Entry;

use crate::client_address::Prefix;

/// Who a socket is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    Prefix(Prefix),
    /// A hash of the visitor's token.
    Visitor(u64),
    Consultant(AccountId),
}

/// The sockets everybody holds.
#[derive(Default)]
pub(super) struct Seats(DashMap<Holder, u32>);

/// One socket that counts; given back when dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    holder: Holder,
}

impl Seats {
    /// Takes a seat; nothing when the holder has `most` already. Everybody may have one.
    pub(super) fn take(self: &Arc<Self>, holder: Holder, most: u32) -> Option<Seat> {
        let mut held = self.0.entry(holder).or_default();
        if *held >= most.max(1) {
            return None;
        }
        *held += 1;
        Some(Seat { seats: Arc::clone(self), holder })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Entry::Occupied(mut held) = self.seats.0.entry(self.holder) {
            match held.get().checked_sub(1) {
                None | Some(0) => drop(held.remove()),
                Some(left) => *held.get_mut() = left,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_that_is_given_back_can_be_taken_again() {
        let seats = Arc::<Seats>::default();
        let vera = Holder::Visitor(1);

        let first = seats.take(vera, 2).unwrap();
        let _second = seats.take(vera, 2).unwrap();
        assert!(seats.take(vera, 2).is_none());

        drop(first);
        assert!(seats.take(vera, 2).is_some());
    }

    #[test]
    fn nobody_leaves_a_trace() {
        let seats = Arc::<Seats>::default();

        drop([seats.take(Holder::Visitor(1), 5), seats.take(Holder::Visitor(1), 1), seats.take(Holder::Visitor(2), 1)]);

        assert!(seats.0.is_empty());
    }
}
