//! Latencies counted in buckets of about 1.5 % width, from nanoseconds to minutes.

/// Buckets per doubling, as a power of two.
const PRECISION_BITS: u32 = 6;
const BUCKETS: usize = (64 - PRECISION_BITS as usize + 1) << PRECISION_BITS;

/// Counted values; any value from zero to `u64::MAX` has a bucket.
pub(crate) struct Histogram {
    counts: Vec<u64>,
    total: u64,
    most: u64,
}

impl Histogram {
    pub(crate) fn new() -> Self {
        Self { counts: vec![0; BUCKETS], total: 0, most: 0 }
    }

    pub(crate) fn add(&mut self, value: u64) {
        if let Some(count) = self.counts.get_mut(bucket(value)) {
            *count += 1;
        }
        self.total += 1;
        self.most = self.most.max(value);
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The value that this share of all values does not exceed, for example 0.99.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank among at most millions of values"
    )]
    pub(crate) fn quantile(&self, share: f64) -> u64 {
        let rank = (self.total as f64 * share).ceil() as u64;
        let mut seen = 0;
        for (index, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= rank.max(1) {
                return upper_end(index).min(self.most);
            }
        }
        self.most
    }
}

fn bucket(value: u64) -> usize {
    let doubling = (u64::BITS - value.leading_zeros()).saturating_sub(PRECISION_BITS + 1);
    let within = usize::try_from(value >> doubling).unwrap_or(usize::MAX);
    within + ((doubling as usize) << PRECISION_BITS)
}

fn upper_end(bucket: usize) -> u64 {
    let per_doubling = 1 << PRECISION_BITS;
    let doubling = (bucket / per_doubling).saturating_sub(1);
    let within = (bucket - doubling * per_doubling) as u64;
    (within + 1).checked_shl(u32::try_from(doubling).unwrap_or(u32::MAX)).map_or(u64::MAX, |end| end - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_values_are_exact() {
        let mut histogram = Histogram::new();
        for value in 1..=100 {
            histogram.add(value);
        }

        assert_eq!(histogram.quantile(0.5), 50);
        assert_eq!(histogram.quantile(1.0), 100);
        assert_eq!(histogram.total(), 100);
    }

    #[test]
    fn every_value_lies_in_its_bucket_within_two_percent() {
        for value in [0, 1, 63, 64, 127, 128, 129, 1_000, 123_456, 987_654_321, 1 << 40] {
            let end = upper_end(bucket(value));

            assert!(end >= value, "{value} in a bucket that ends at {end}");
            assert!(end - value <= value / 60 + 1, "{value} in a bucket that ends at {end}");
        }
    }
}
