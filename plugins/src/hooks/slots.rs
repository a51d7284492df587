//! Slots: which of the free half-hours a plugin offers for an order, best first.
//!
//! Promises: every index is in the question, stands once, and its slot has room.

use std::collections::BTreeSet;

use super::{Checked, Notes, Why};
use crate::wit::exports::click2callme::plugin::working_hours::{Slot, SlotQuery};

/// Has this slot room for one more order?
pub fn has_room(slot: &Slot) -> bool {
    slot.taken < slot.capacity
}

/// Checks which slots are offered; an empty list offers none, which is allowed.
pub fn check(query: &SlotQuery, chosen: Vec<u32>) -> Checked<Vec<u32>> {
    let mut notes = Notes::default();
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (position, index) in chosen.into_iter().enumerate() {
        let slot = usize::try_from(index).ok().and_then(|index| query.slots.get(index));
        let at = format!("/{position}");
        match slot {
            None => notes.add(at, Why::unknown(&index.to_string())),
            Some(slot) if !has_room(slot) => notes.add(at, Why::refused("this slot is full")),
            Some(_) if !seen.insert(index) => notes.add(at, Why::Twice),
            Some(_) => kept.push(index),
        }
    }
    notes.with(kept)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::wit::click2callme::plugin::types::Medium;

    fn query(slots: &[(u32, u32)]) -> SlotQuery {
        let slot = |(index, &(taken, capacity)): (usize, &(u32, u32))| {
            let start = 1_795_426_200 + u32::try_from(index).unwrap() * 1_800;
            Slot { start, end: start + 1_800, taken, capacity }
        };
        let slots = slots.iter().enumerate().map(slot).collect();
        SlotQuery { medium: Medium::Call, topic: None, answers: Vec::new(), slots }
    }

    #[test]
    fn full_unknown_and_repeated_slots_are_dropped() {
        let checked = check(&query(&[(0, 1), (1, 1), (0, 2)]), vec![2, 1, 7, 2, 0]);

        assert_eq!(checked.value, [2, 0], "best first, as told");
        let notes: Vec<_> = checked.notes.iter().map(|note| format!("{} {}", note.at, note.why)).collect();
        assert_eq!(notes, ["/1 this slot is full", "/2 \"7\" was not in the question", "/3 was there already"]);
    }

    proptest! {
        #[test]
        fn only_slots_with_room_are_offered(
            slots in vec((0_u32..3, 0_u32..3), 0..6),
            chosen in vec(prop_oneof![0_u32..8, any::<u32>()], 0..20),
        ) {
            let query = query(&slots);

            let checked = check(&query, chosen);

            let once: BTreeSet<_> = checked.value.iter().collect();
            prop_assert_eq!(once.len(), checked.value.len());
            for index in &checked.value {
                prop_assert!(has_room(&query.slots[usize::try_from(*index).unwrap()]));
            }
            prop_assert!(check(&query, checked.value).notes.is_empty());
        }
    }
}
