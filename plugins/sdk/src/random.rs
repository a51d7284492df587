//! Randomness that can be replayed.

use crate::types::Context;

/// Numbers that follow from the seed of the call: the same call gives the same numbers.
///
/// Good enough to share work fairly, useless for secrets.
#[derive(Clone, Debug)]
pub struct Random {
    state: u32,
}

impl Random {
    /// Starts from the seed the hub chose for this call.
    pub fn of(ctx: &Context) -> Self {
        Self::from_seed(ctx.seed)
    }

    /// Starts from a seed.
    pub fn from_seed(seed: u32) -> Self {
        Self { state: seed }
    }

    /// A number of all 32 bits: a Weyl sequence through the finalizer of `MurmurHash3`.
    pub fn number(&mut self) -> u32 {
        self.state = self.state.wrapping_add(0x9e37_79b9);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x85eb_ca6b);
        mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
        mixed ^ (mixed >> 16)
    }

    /// A number below `limit`; 0 if the limit is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        // The upper half of the product: no division, and a bias below limit / 2^32.
        u32::try_from((u64::from(self.number()) * u64::from(limit)) >> 32).unwrap_or_default()
    }

    /// One of them, if there is any. Of more than 2^32 only the first can be picked.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(among.len()).unwrap_or(u32::MAX);
        among.get(self.below(count) as usize)
    }

    /// Puts them into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let limit = u32::try_from(end + 1).unwrap_or(u32::MAX);
            items.swap(end, self.below(limit) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let numbers = |seed| {
            let mut random = Random::from_seed(seed);
            [random.number(), random.number(), random.number()]
        };

        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }

    #[test]
    fn every_number_below_the_limit_comes_about_equally_often() {
        let mut random = Random::from_seed(1);
        let mut seen = [0_u32; 5];

        for _ in 0..10_000 {
            seen[random.below(5) as usize] += 1;
        }

        assert!(seen.iter().all(|count| (1_800..2_200).contains(count)), "{seen:?}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
    }

    #[test]
    fn a_shuffle_loses_nothing() {
        let mut items: Vec<u32> = (0..50).collect();

        Random::from_seed(3).shuffle(&mut items);

        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
