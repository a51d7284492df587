//! Randomness that can be repeated: one seed, printed, gives the whole run.

/// A small generator (`SplitMix64`); quality is enough for choosing who speaks next.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Takes `TEST_SEED` or a fresh seed, and prints it.
    pub fn thrown() -> Self {
        let chosen = std::env::var("TEST_SEED").ok().and_then(|text| text.parse().ok());
        let seed = chosen.unwrap_or_else(|| getrandom::u64().unwrap());
        eprintln!("TEST_SEED={seed}");
        Self { state: seed }
    }

    /// Dice of its own for one participant.
    pub fn split(&mut self) -> Self {
        Self { state: self.next() }
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number of `low..high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low)
    }
}
