//! A listener's stream never jumps, whatever its sources do.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

fn stamp(sequence: u16, timestamp: u32) -> Stamp {
    Stamp { sequence, timestamp, marker: false }
}

const ANNA: Source = Source { leg: 1, ssrc: 7 };
const BEN: Source = Source { leg: 2, ssrc: 7 };

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn a_replaced_leg_goes_on_with_the_next_number_and_the_time_that_passed() {
    let mut rewriter = Rewriter::default();
    assert_eq!(
        rewriter.rewrite(ANNA, stamp(100, 5_000), ms(0)),
        Some(Stamp { sequence: 100, timestamp: 5_000, marker: true })
    );
    assert_eq!(rewriter.rewrite(ANNA, stamp(101, 5_960), ms(20)), Some(stamp(101, 5_960)));
    let first = rewriter.rewrite(BEN, stamp(60_000, 9), ms(520)).unwrap();
    assert_eq!(first, Stamp { sequence: 102, timestamp: 5_960 + 500 * 48, marker: true });
    assert_eq!(rewriter.rewrite(BEN, stamp(60_001, 969), ms(540)), Some(stamp(103, 5_960 + 500 * 48 + 960)));
}

#[test]
fn unmuting_goes_on_without_a_gap_in_the_numbers() {
    let mut rewriter = Rewriter::default();
    rewriter.rewrite(ANNA, stamp(10, 0), ms(0));
    rewriter.interrupt();
    let next = rewriter.rewrite(ANNA, stamp(60, 48_000), ms(1_000)).unwrap();
    assert_eq!(next, Stamp { sequence: 11, timestamp: 48_000, marker: true });
}

#[test]
fn a_straggler_from_before_the_switch_is_dropped() {
    let mut rewriter = Rewriter::default();
    rewriter.rewrite(ANNA, stamp(10, 0), ms(0));
    rewriter.rewrite(BEN, stamp(500, 0), ms(20));
    assert_eq!(rewriter.rewrite(BEN, stamp(499, 0), ms(21)), None);
}

#[test]
fn a_stretch_of_more_than_one_turn_of_the_counter_is_never_cut() {
    let mut rewriter = Rewriter::default();
    for number in 0..200_000_u32 {
        let sequence = u16::try_from(number % 65_536).unwrap();
        let came = rewriter.rewrite(ANNA, stamp(sequence, number.wrapping_mul(960)), ms(u64::from(number) * 20));
        assert_eq!(came.map(|stamp| stamp.sequence), Some(sequence));
    }
}

/// Stretches of packets: of a source, starting anywhere, some swapped with their neighbor.
fn stretches() -> impl Strategy<Value = Vec<(bool, u16, u32, u16, Vec<usize>)>> {
    let stretch = (any::<bool>(), any::<u16>(), any::<u32>(), 1_u16..60, proptest::collection::vec(0_usize..59, 0..6));
    proptest::collection::vec(stretch, 1..8)
}

proptest! {
    #[test]
    fn numbers_are_unique_and_without_gaps_and_time_never_goes_back(stretches in stretches()) {
        let mut rewriter = Rewriter::default();
        let mut clock = 0;
        let mut seen = Vec::new();
        for (leg, (is_same_stream, sequence, timestamp, count, swaps)) in stretches.into_iter().enumerate() {
            let source = Source { leg: leg as u64, ssrc: u32::from(is_same_stream) };
            let mut packets: Vec<Stamp> = (0..count)
                .map(|n| stamp(sequence.wrapping_add(n), timestamp.wrapping_add(u32::from(n) * 960)))
                .collect();
            for at in swaps {
                if at > 0 && at + 1 < packets.len() {
                    packets.swap(at, at + 1);
                }
            }
            for packet in packets {
                clock += 20;
                let is_first = packet.sequence == sequence;
                let came = rewriter.rewrite(source, packet, ms(clock)).unwrap();
                prop_assert_eq!(came.marker, is_first);
                seen.push(came);
            }
        }
        let unique: HashSet<u16> = seen.iter().map(|stamp| stamp.sequence).collect();
        prop_assert_eq!(unique.len(), seen.len());
        let start = seen[0];
        seen.sort_by_key(|stamp| stamp.sequence.wrapping_sub(start.sequence));
        for pair in seen.windows(2) {
            prop_assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1));
            let step = pair[1].timestamp.wrapping_sub(pair[0].timestamp);
            prop_assert!((1..48_000).contains(&step), "{step}");
        }
    }
}
